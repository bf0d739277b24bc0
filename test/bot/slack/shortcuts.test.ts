import { afterEach, expect, it } from 'vitest'
import { soon } from '../../kit/soon.ts'
import { type Desk, type DeskOptions, desk } from './desk.ts'

let open: Desk | undefined
const start = async (options?: DeskOptions) => {
  open = await desk(options)
  return open
}
afterEach(async () => {
  await open?.close()
  open = undefined
})

const shortcut = (ts: string, channel = 'cases', user = 'ana', callback_id = 'explain-error') => ({
  user,
  channel,
  ts,
  callback_id,
})

it.each([false, true])('"Explain this error" asks about the text of the message, Socket Mode %s', async (socket) => {
  const d = await start({ socket })
  d.talk.command.mockResolvedValue([{ do: 'show', card: { title: 'What this error means' } }])
  const { ts } = await d.act('message', { user: 'ben', channel: 'lounge', text: 'we get (#100) 2388103 & wait' })
  expect(await d.act('shortcut', shortcut(ts, 'lounge'))).toMatchObject({ ok: true })
  await soon(() => expect(d.whispers('C0LOUNGE', 'U0ANA')).toMatchObject([{ text: 'What this error means' }]))
  const [actor, name, text, said] = d.talk.command.mock.calls[0] ?? []
  expect([actor?.name, name, text]).toEqual(['Ana', 'explain', 'we get (#100) 2388103 & wait'])
  expect(said?.key).toMatch(/^slack:/)
})

it('reads what apps write into blocks, and answers in the thread of the message', async () => {
  const d = await start()
  d.talk.command.mockResolvedValue([{ do: 'show', card: { title: 'Explained' } }])
  const root = await d.app.surface.say({ surface: 'slack', id: 'C0CASES' }, { title: 'Alert' }, { key: 'a' })
  const card = { title: 'A call failed', text: ['register'], fields: [{ label: 'Error', value: '133016' }] }
  const ts = await d.app.surface.say({ surface: 'slack', id: 'C0CASES' }, card, { key: 'b', thread: root })
  await d.act('shortcut', shortcut(ts))
  await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toMatchObject([{ text: 'Explained', thread_ts: root }]))
  expect(d.talk.command.mock.calls[0]?.[2]).toContain('133016')
})

it('is for people of the desk, and for no other shortcut', async () => {
  const d = await start()
  const { ts } = await d.act('message', { user: 'ben', channel: 'cases', text: '133016' })
  await d.act('shortcut', shortcut(ts, 'cases', 'eve'))
  await soon(() => expect(d.whispers('C0CASES', 'U0EVE')).toMatchObject([{ text: 'I do not know you yet.' }]))
  expect(await d.act('shortcut', shortcut(ts, 'cases', 'ana', 'something-else'))).toMatchObject({ ok: true })
  expect(d.talk.command).not.toHaveBeenCalled()
})

it('the sandbox offers shortcuts only on messages that are there for everybody', async () => {
  const d = await start()
  expect(await d.act('shortcut', shortcut('1.000001'))).toMatchObject({ status: 404 })
  d.talk.command.mockResolvedValue([{ do: 'show', card: { title: 'Only for you' } }])
  await d.act('command', { user: 'ana', channel: 'cases', command: '/portdesk', text: 'cases' })
  await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toHaveLength(1))
  const [whisper] = d.whispers('C0CASES', 'U0ANA')
  expect(await d.act('shortcut', shortcut(whisper?.ts ?? ''))).toMatchObject({ status: 409 })
})
