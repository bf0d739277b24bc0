import { describe, expect, test } from 'vitest'
import { undeliveredCard, undeliveredTalk } from '../../../src/bot/notices/undelivered-talk.ts'
import { decodePress } from '../../../src/bot/press.ts'
import { openTexts } from '../../../src/bot/texts.ts'
import type { Actor } from '../../../src/cases/actor.ts'
import type { DeadLetters, Undelivered, UndeliveredReport } from '../../../src/notify/carried.ts'
import { ana, cleo } from '../../cases/people.ts'
import { expectFits } from '../limits.ts'

const texts = openTexts(new URL('../../../locales/', import.meta.url))('en', 'UTC')
const now = Date.parse('2026-11-24T12:00:00Z')

const entry = (id: string, more: Partial<Undelivered> = {}): Undelivered => ({
  id,
  what: 'notice',
  where: 'slack:C0ALERTS',
  error: 'Slack refuses the message: invalid_blocks',
  since: now - 60_000,
  ...more,
})

const empty: UndeliveredReport = { entries: [], total: 0, waiting: {}, late: [] }

/** Dead letters that a test lays out, and what was done about them. */
function openDesk(entries: Undelivered[]) {
  let left = entries
  const done: string[] = []
  const mayAct = (actor: Actor) => actor.role === 'lead'
  const take = (id: string | undefined) => {
    const taken = left.filter((each) => id === undefined || each.id === id)
    left = left.filter((each) => !taken.includes(each))
    return taken.length
  }
  const deadLetters: DeadLetters = {
    report: async (actor) => (mayAct(actor) ? { ...empty, entries: left, total: left.length } : undefined),
    async retry(actor, id) {
      done.push(`retry ${id}`)
      return mayAct(actor) ? take(id) : undefined
    },
    async drop(actor, id) {
      done.push(`drop ${id}`)
      return mayAct(actor) ? take(id) : undefined
    },
  }
  const talk = undeliveredTalk({ deadLetters, clock: { now: () => now }, textsFor: () => texts })
  return {
    done,
    async list(actor: Actor) {
      const [reply] = await talk.list(actor)
      return reply
    },
    async press(actor: Actor, label: string) {
      const [reply] = await talk.list(cleo)
      const button = reply?.do === 'show' ? reply.card.buttons?.find((each) => each.label === label) : undefined
      const press = decodePress(button?.press ?? '')
      if (!press) throw new Error(`There is no button "${label}"`)
      return talk.press(actor, press)
    },
  }
}

describe('/portdesk undelivered', () => {
  test('lists what did not get through, with two buttons each', () => {
    const card = undeliveredCard(
      { ...empty, entries: [entry('n:1'), entry('d:2', { what: 'card', case: 142 })], total: 2 },
      texts,
      now,
    )
    expect(card.title).toBe('2 things did not get through')
    expect(card.items?.map(({ title }) => title)).toEqual([
      '1. A notice to slack:C0ALERTS',
      '2. The card of PD-142 in slack:C0ALERTS',
    ])
    expect(card.items?.[0]?.notes[0]).toContain('invalid_blocks')
    expect(card.buttons?.map(({ label }) => label)).toEqual(['Retry all', 'Retry 1', 'Drop 1', 'Retry 2', 'Drop 2'])
    expect(card.buttons?.filter(({ label }) => label.startsWith('Drop')).every(({ confirm }) => confirm)).toBe(true)
  })

  test('says that all is well', () => {
    const card = undeliveredCard(empty, texts, now)
    expect(card.title).toBe('Everything has reached its room')
    expect(card.state?.tone).toBe('done')
    expect(card.buttons).toEqual([])
  })

  test('tells what is late and how long the queues wait', () => {
    const late = [{ what: 'inbox', count: 7, late: 600_000 }] as const
    const card = undeliveredCard({ ...empty, late: [...late], waiting: { inbox: now - 600_000 } }, texts, now)
    expect(card.state?.tone).toBe('attention')
    expect(card.items?.[0]).toMatchObject({ mark: 'warning', notes: ['7, the oldest 10 min late'] })
    expect(card.fields?.[0]).toEqual({ label: 'Oldest unread webhook', value: '10 min. ago' })
  })

  test('fits both surfaces however much there is', () => {
    const entries = Array.from({ length: 50 }, (_, index) =>
      entry(`p:${1_000_000 + index}:telegram:-1001234567890123:question`, {
        error: 'x'.repeat(500),
        where: 'telegram:-1001234567890123',
      }),
    )
    const late = (['inbox', 'notice', 'group', 'message', 'card', 'case'] as const).map((what) => ({
      what,
      count: 9,
      late: 900_000,
    }))
    const card = undeliveredCard({ ...empty, entries, total: 400, late }, texts, now)
    expectFits(card)
    expect(card.text).toEqual(['390 more are not listed here.'])
  })

  test('a press does what it says and shows what is left', async () => {
    const desk = openDesk([entry('n:1'), entry('d:2')])
    expect(await desk.press(cleo, 'Retry 1')).toMatchObject([
      { do: 'toast', text: 'It is tried again now.' },
      { do: 'replace', card: { title: 'One thing did not get through' } },
    ])
    expect(await desk.press(cleo, 'Drop 1')).toMatchObject([
      { do: 'toast', text: 'It was dropped.' },
      { do: 'replace', card: { title: 'Everything has reached its room' } },
    ])
    expect(desk.done).toEqual(['retry n:1', 'drop d:2'])
  })

  test('all can be tried again at once', async () => {
    const desk = openDesk([entry('n:1'), entry('d:2'), entry('j:3')])
    expect((await desk.press(cleo, 'Retry all'))?.[0]).toMatchObject({ text: '3 are tried again now.' })
    expect(desk.done).toEqual(['retry undefined'])
  })

  test('whoever comes second is told so', async () => {
    const talk = undeliveredTalk({
      deadLetters: { report: async () => empty, retry: async () => 0, drop: async () => 0 },
      clock: { now: () => now },
      textsFor: () => texts,
    })
    expect(await talk.press(cleo, { verb: 'undelivered-drop', target: 'n:1' })).toMatchObject([
      { text: 'Somebody else has dealt with it already.' },
      { do: 'replace' },
    ])
  })

  test('is not for everybody', async () => {
    const desk = openDesk([entry('n:1'), entry('d:2')])
    const refused = { do: 'toast', text: 'Only leads and admins see what did not get through.', alert: true }
    expect(await desk.list(ana)).toEqual(refused)
    expect(await desk.press(ana, 'Retry all')).toEqual([refused])
    expect(await desk.press(ana, 'Drop 1')).toEqual([refused])
  })
})
