import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Bot, type Context, webhookCallback } from 'grammy'
import { Hono } from 'hono'
import { afterEach, expect, test } from 'vitest'
import { type Served, serve, until } from './served.ts'

const servers: ReturnType<typeof createAdaptorServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const listen = (app: Hono) => listening(createAdaptorServer({ fetch: app.fetch }))

async function listening(server: Server | ReturnType<typeof createAdaptorServer>) {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
}

/** A real grammY bot behind a webhook. */
function hookedBot(world: Served, secret: string, on: (ctx: Context) => unknown) {
  const bot = new Bot(world.token, { client: { apiRoot: world.apiRoot } })
  bot.use(async (ctx) => void (await on(ctx)))
  return listen(new Hono().post('/hook', webhookCallback(bot, 'hono', { secretToken: secret })))
}

test('a grammY bot behind a webhook gets updates with the secret, and answers', async () => {
  const world = await serve()
  const url = await hookedBot(world, 'the-secret', (ctx) => ctx.reply(`You said ${ctx.message?.text}`))
  await world.api.setWebhook(url, { secret_token: 'the-secret', allowed_updates: ['message'] })
  await world.does('message', { user: 'bruno', text: 'oi' })
  await until(() => world.messages(7003).at(-1)?.text === 'You said oi')
  await until(() => world.ground.journal.table('telegram.updates').values().length === 0)
  expect(await world.api.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0, allowed_updates: ['message'] })
})

test('a bot that wants another secret refuses, and the update waits with an error on record', async () => {
  const world = await serve()
  const url = await hookedBot(world, 'right', () => undefined)
  await world.api.setWebhook(url, { secret_token: 'wrong' })
  await world.does('message', { user: 'bruno', text: 'oi' })
  const table = world.ground.journal.table<{ error?: { message: string } }>('telegram.webhook')
  await until(() => table.get('hook')?.error !== undefined)
  expect(await world.api.getWebhookInfo()).toMatchObject({
    pending_update_count: 1,
    last_error_message: 'Wrong response from the webhook: 401 Unauthorized',
  })
  await world.api.deleteWebhook()
  expect(await world.api.getUpdates()).toHaveLength(1)
})

test('a method in the answer is carried out', async () => {
  const world = await serve()
  const bot = new Bot(world.token, { client: { apiRoot: world.apiRoot, canUseWebhookReply: () => true } })
  bot.on('message', (ctx) => void ctx.reply('by the way'))
  await bot.init()
  const url = await listening(createServer(webhookCallback(bot, 'http', { secretToken: 's' })))
  await world.api.setWebhook(url, { secret_token: 's' })
  await world.does('message', { user: 'paula', text: 'hello' })
  await until(() => world.messages(7001).at(-1)?.text === 'by the way')
  expect(world.ground.calls.since(0).at(-1)).toMatchObject({ path: '/telegram/bot***/sendMessage', status: 200 })
})

test('updates of a chat come one after another, repeated until 2xx; other chats are not held up', async () => {
  const world = await serve()
  const seen: string[] = []
  let broken = true
  const app = new Hono()
  app.post('/hook', async (c) => {
    const { message } = (await c.req.json()) as { message: { text: string } }
    seen.push(message.text)
    return message.text.startsWith('paula') && broken ? c.text('not now', 500) : c.text('ok')
  })
  await world.api.setWebhook(await listen(app))
  await world.does('message', { user: 'paula', text: 'paula 1' })
  await world.does('message', { user: 'paula', text: 'paula 2' })
  await world.does('message', { user: 'bruno', text: 'bruno 1' })
  await until(() => seen.filter((text) => text === 'paula 1').length >= 2 && seen.includes('bruno 1'))
  expect(seen).not.toContain('paula 2')
  broken = false
  await until(() => seen.includes('paula 2'))
  expect(seen.lastIndexOf('paula 1')).toBeLessThan(seen.indexOf('paula 2'))
})

test('what could not be delivered is delivered after the sandbox has started again', async () => {
  const before = await serve()
  const seen: string[] = []
  let up = false
  const app = new Hono().post('/hook', async (c) => {
    if (!up) return c.text('starting', 503)
    seen.push(((await c.req.json()) as { message: { text: string } }).message.text)
    return c.json({})
  })
  await before.api.setWebhook(await listen(app))
  await before.does('message', { user: 'paula', text: 'anyone?' })
  await before.does('message', { user: 'paula', text: 'hello?' })
  await before.close()
  up = true
  await serve(before.ground)
  await until(() => seen.length === 2)
  expect(seen).toEqual(['anyone?', 'hello?'])
})

test('a webhook must be on this machine, and its secret in the allowed alphabet', async () => {
  const { api } = await serve()
  await expect(api.setWebhook('https://bot.example.com/hook')).rejects.toThrow('bad webhook')
  await expect(api.setWebhook('http://127.0.0.1:1/', { secret_token: 'no spaces' })).rejects.toThrow(
    '400: Bad Request: secret token contains unallowed characters',
  )
  await api.setWebhook('http://127.0.0.1:1/')
  await api.setWebhook('')
  expect(await api.getWebhookInfo()).toMatchObject({ url: '' })
})
