import { expect, test } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import { SendError } from '../../../src/bot/surface.ts'
import { telegramSurface } from '../../../src/bot/telegram/surface.ts'
import type { Fault } from '../../../src/sandbox/faults.ts'
import { serve } from '../../sandbox/telegram/served.ts'

const card: Card = {
  title: 'PD-142',
  text: ['See https://example.com'],
  buttons: [{ label: 'Details', press: 'd|3y' }],
}
const room = { surface: 'telegram', id: '7001' } as const
const options = { key: 'k1' }

const opened = async () => {
  const world = await serve()
  return { ...world, surface: telegramSurface(world.api) }
}

const problemOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SendError)
  return (error as SendError).problem
}

test('a card is posted once and then edited in place', async () => {
  const { surface, messages, ground } = await opened()
  const messageId = await surface.show(room, card, options)
  expect(await surface.show(room, { ...card, title: 'PD-142 · Done' }, { messageId, ...options })).toBe(messageId)
  expect(messages(7001)).toMatchObject([
    { text: 'PD-142 · Done\n\nSee https://example.com', message_id: Number(messageId) },
  ])
  for (const { body } of ground.calls.since(0)) {
    expect(body).toMatchObject({ parse_mode: 'HTML', link_preview_options: { is_disabled: true } })
  }
})

test('an edit that changes nothing is done', async () => {
  const { surface } = await opened()
  const messageId = await surface.show(room, card, options)
  expect(await surface.show(room, card, { messageId, ...options })).toBe(messageId)
})

test('a thread is a reply, and a message that is gone is no reason to keep quiet', async () => {
  const { surface, messages } = await opened()
  const thread = await surface.show(room, card, options)
  await surface.say(room, { title: 'A reminder' }, { ...options, thread })
  await surface.say(room, { title: 'Another' }, { ...options, thread: '999' })
  expect(messages(7001).map(({ reply_to }) => reply_to)).toEqual([undefined, Number(thread), undefined])
})

test('a message goes into the topic of a forum', async () => {
  const { surface, ground } = await opened()
  await surface.say({ ...room, topic: 5 }, card, options).catch(() => undefined)
  expect(ground.calls.since(0).at(-1)?.body).toMatchObject({ message_thread_id: 5 })
})

test('what may have been said is said again: at least once', async () => {
  const { surface, messages } = await opened()
  await surface.say(room, card, options)
  await surface.say(room, card, { ...options, perhapsSaid: {} })
  expect(messages(7001)).toHaveLength(2)
})

test('a message that was deleted, or never was, is gone', async () => {
  const { surface, api } = await opened()
  const messageId = await surface.show(room, card, options)
  await api.deleteMessage(7001, Number(messageId))
  expect(await problemOf(surface.show(room, card, { messageId, ...options }))).toMatchObject({ kind: 'gone' })
  expect(await problemOf(surface.show(room, card, { messageId: '17.2', ...options }))).toMatchObject({ kind: 'gone' })
})

test('a chat that shuts the bot out, or does not exist, is broken until somebody acts', async () => {
  const { surface, does } = await opened()
  const nobody = { surface: 'telegram', id: '123' } as const
  expect(await problemOf(surface.say(nobody, card, options))).toMatchObject({
    kind: 'broken',
    words: expect.stringContaining('chat not found'),
  })
  await does('bar', { chat: 7001, kind: 'blocked' })
  expect(await problemOf(surface.say(room, card, options))).toEqual({
    kind: 'broken',
    words: 'The bot may not write in this chat. Telegram says: Forbidden: bot was blocked by the user',
  })
})

test('a group that became a supergroup has moved', async () => {
  const { surface, does } = await opened()
  const { chat } = await does('upgrade', { chat: -100200300 })
  expect(await problemOf(surface.say({ surface: 'telegram', id: '-100200300' }, card, options))).toMatchObject({
    kind: 'moved',
    to: String(chat),
  })
})

test.each<[Fault['kind'], object]>([
  ['429', { kind: 'retry', afterMs: 7000 }],
  ['500', { kind: 'retry', words: 'Telegram says: Internal Server Error', unsure: true }],
  ['html', { kind: 'retry', words: 'Telegram could not be reached', unsure: true }],
  ['cut', { kind: 'retry', words: 'Telegram could not be reached', unsure: true }],
  ['401', { kind: 'retry', afterMs: 60_000, words: expect.stringContaining('TELEGRAM_BOT_TOKEN') }],
])('%s is worth another try', async (kind, problem) => {
  const { surface, ground } = await opened()
  ground.faults.add({ system: 'telegram', path: '', kind, times: 1, ms: 1, retryAfter: 7 })
  expect(await problemOf(surface.say(room, card, options))).toMatchObject(problem)
})

test('no error carries the token', async () => {
  const { surface, ground, token } = await opened()
  ground.faults.add({ system: 'telegram', path: '', kind: 'cut', times: 1, ms: 1, retryAfter: 7 })
  const error: unknown = await surface.say(room, card, options).catch((reason: unknown) => reason)
  const cause = error instanceof SendError ? error.cause : undefined
  expect(String(cause)).toContain('/bot***/sendMessage')
  expect(String(cause)).not.toContain(token)
})
