import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { PrivateMessage } from '../../src/bot/private-message.ts'
import { SendError, type SendProblem } from '../../src/bot/surface.ts'
import { openTexts } from '../../src/bot/texts.ts'
import { whisperer } from '../../src/bot/whisper.ts'
import type { By } from '../../src/flows/engine/events.ts'
import { secretOf } from '../../src/meta/secret.ts'
import { config } from '../cases/people.ts'

const ana: By = { role: 'lead', id: 'slack:U0ANA', name: 'Ana' }
const paula: By = { role: 'partner', id: 'telegram:7001', name: 'Paula', partner: 'brightline' }
const about = { case: 12, phone: '4930123456', call: 'create-api-key' }

function postRoom(...problems: SendProblem[]) {
  const sent: { surface: string; user: string; message: PrivateMessage }[] = []
  const pauses: number[] = []
  const to = (surface: string) => async (user: string, message: PrivateMessage) => {
    const problem = problems.shift()
    if (problem) throw new SendError(problem)
    sent.push({ surface, user, message })
  }
  const whisper = whisperer({
    inPrivate: { slack: to('slack'), telegram: to('telegram') },
    config,
    textsOf: openTexts(new URL('../../locales/', import.meta.url)),
    log: pino({ level: 'silent' }),
    sleep: async (ms) => pauses.push(ms),
  })
  return { whisper, sent, pauses }
}

it('goes to the person on the platform where the person acted, first without and then with the secret', async () => {
  const { whisper, sent } = postRoom()
  expect(await whisper({ ...about, to: paula })).toBe(true)
  expect(await whisper({ ...about, to: ana, secret: secretOf('k3y') })).toBe(true)
  expect(sent).toMatchObject([
    {
      surface: 'telegram',
      user: '7001',
      message: { text: [expect.stringMatching(/^PD-12 · \+49 30 123456: your key/)] },
    },
    { surface: 'slack', user: 'U0ANA', message: { secret: { value: 'k3y', copy: 'Copy' } } },
  ])
  expect(sent[0]?.message.secret).toBeUndefined()
  expect(sent[1]?.message.text.join()).not.toContain('k3y')
})

it('waits out a short trouble', async () => {
  const { whisper, sent, pauses } = postRoom(
    { kind: 'retry', words: 'slow down', afterMs: 3000 },
    { kind: 'retry', words: '?' },
  )
  expect(await whisper({ ...about, to: paula })).toBe(true)
  expect(pauses).toEqual([3000, 1000])
  expect(sent).toHaveLength(1)
})

it.each<SendProblem>([
  { kind: 'broken', words: 'blocked' },
  { kind: 'retry', words: 'a long pause', afterMs: 60_000 },
])('does not reach a person behind "$words"', async (problem) => {
  const { whisper, sent } = postRoom(problem)
  expect(await whisper({ ...about, to: paula })).toBe(false)
  expect(sent).toEqual([])
})

it('gives up after some tries, and reaches nobody who is no person', async () => {
  const { whisper, pauses } = postRoom(...Array.from({ length: 9 }, () => ({ kind: 'retry', words: '?' }) as const))
  expect(await whisper({ ...about, to: paula })).toBe(false)
  expect(pauses).toHaveLength(3)
  expect(await postRoom().whisper({ ...about, to: { role: 'system', id: 'system', name: 'Portdesk' } })).toBe(false)
})
