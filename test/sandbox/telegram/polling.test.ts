import { Bot } from 'grammy'
import { afterEach, expect, test } from 'vitest'
import { serve, until } from './served.ts'

const bots: Bot[] = []
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop().catch(() => undefined)
})

function polls(bot: Bot) {
  bots.push(bot)
  return new Promise<void>((ready, broken) => {
    bot.start({ onStart: () => ready() }).catch(broken)
  })
}

test('a grammY bot polls, answers a person and their button press', async () => {
  const world = await serve()
  const bot = new Bot(world.token, { client: { apiRoot: world.apiRoot } })
  bot.command('start', (ctx) =>
    ctx.reply('Hello <b>Paula</b>', {
      parse_mode: 'HTML',
      reply_markup: { inline_keyboard: [[{ text: 'Begin', callback_data: 'a:1' }]] },
    }),
  )
  bot.callbackQuery('a:1', async (ctx) => {
    await ctx.answerCallbackQuery('Begun')
    await ctx.editMessageText('We have begun')
  })
  await polls(bot)
  expect(bot.botInfo.username).toBe('portdesk_bot')

  expect(await world.does('message', { user: 'paula', chat: 'Paula', text: '/start' })).toMatchObject({ ok: true })
  await until(() => world.messages(7001).length === 2)
  const card = world.messages(7001).at(-1)
  expect(card).toMatchObject({ bot: true, text: 'Hello Paula', html: 'Hello <b>Paula</b>' })

  const press = { user: 7001, chat: 7001, message_id: card?.message_id, button: 'Begin' }
  expect(await world.does('press', press)).toEqual({ status: 200, ok: true, toast: 'Begun' })
  await until(() => world.messages(7001).at(-1)?.text === 'We have begun')
  expect(world.telegram.state().toasts).toEqual([{ user: 7001, text: 'Begun', alert: false }])

  const again = await world.does('press', press)
  expect(again).toMatchObject({ status: 409, error: expect.stringContaining('no button "Begin" any more') })
})

test('updates come again until an offset confirms them', async () => {
  const { api, does } = await serve()
  await does('message', { user: 'paula', text: 'one' })
  await does('message', { user: 'bruno', text: 'two' })
  const first = await api.getUpdates()
  expect(first.map(({ message }) => message?.text)).toEqual(['one', 'two'])
  expect(await api.getUpdates()).toEqual(first)
  const offset = (first[0]?.update_id ?? 0) + 1
  expect((await api.getUpdates({ offset })).map(({ message }) => message?.text)).toEqual(['two'])
  expect((await api.getUpdates({ limit: 1 })).map(({ message }) => message?.text)).toEqual(['two'])
  await does('message', { user: 'bruno', text: 'three' })
  expect((await api.getUpdates({ offset: -1 })).map(({ message }) => message?.text)).toEqual(['three'])
  expect(await api.getUpdates()).toHaveLength(1)
})

test('a poll waits for the next update', async () => {
  const { api, does, polls } = await serve()
  const waiting = api.getUpdates({ timeout: 20 })
  await polls(1)
  await does('message', { user: 'paula', text: 'here' })
  expect((await waiting)[0]?.message).toMatchObject({
    text: 'here',
    from: { id: 7001, language_code: 'en' },
    chat: { id: 7001, type: 'private', first_name: 'Paula' },
  })
})

test('a second poller ends the first with 409', async () => {
  const { api, does, polls } = await serve()
  const first = api.getUpdates({ timeout: 20 }).catch((error: Error) => error.message)
  await polls(1)
  const second = api.getUpdates({ timeout: 20 })
  expect(await first).toContain('409: Conflict: terminated by other getUpdates request')
  await does('message', { user: 'paula', text: 'to the second' })
  expect(await second).toHaveLength(1)
})

test('a poller is refused while a webhook is set', async () => {
  const { api, polls } = await serve()
  const waiting = api.getUpdates({ timeout: 20 }).catch((error: Error) => error.message)
  await polls(1)
  await api.setWebhook('http://127.0.0.1:1/hook')
  expect(await waiting).toContain('409: Conflict: terminated by setWebhook request')
  await expect(api.getUpdates()).rejects.toThrow("409: Conflict: can't use getUpdates method while webhook is active")
  await api.deleteWebhook()
  expect(await api.getUpdates()).toEqual([])
})

test('only kinds that the bot asked for are queued', async () => {
  const { api, does } = await serve()
  await api.getUpdates({ allowed_updates: ['callback_query'] })
  await does('message', { user: 'paula', text: 'unheard' })
  expect(await api.getUpdates()).toEqual([])
  await api.getUpdates({ allowed_updates: [] })
  await does('message', { user: 'paula', text: 'heard' })
  expect(await api.getUpdates()).toHaveLength(1)
})

test('what is not confirmed outlives the sandbox', async () => {
  const before = await serve()
  await before.does('message', { user: 'zoe', text: 'hello?' })
  await before.close()
  const after = await serve(before.ground)
  expect(await after.api.getUpdates()).toMatchObject([{ message: { text: 'hello?', message_id: 1 } }])
  await after.api.sendMessage(7009, 'Hello Zoe')
  expect(after.messages(7009).map(({ message_id }) => message_id)).toEqual([1, 2])
})
