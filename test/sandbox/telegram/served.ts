import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Api } from 'grammy'
import { Hono } from 'hono'
import { afterEach, expect } from 'vitest'
import type { Ground } from '../../../src/sandbox/ground.ts'
import type { TelegramMessage } from '../../../src/sandbox/state.ts'
import { type FakeTelegram, fakeTelegram } from '../../../src/sandbox/telegram/index.ts'
import { soon } from '../../kit/soon.ts'
import { testGround } from '../ground.ts'

/** A fake Telegram behind a real HTTP server. */
export interface Served {
  ground: Ground
  telegram: FakeTelegram
  /** The bot's `client.apiRoot`. */
  apiRoot: string
  token: string
  api: Api
  /** Calls the control API. */
  does(act: string, body: Record<string, unknown>): Promise<Record<string, unknown> & { status: number }>
  messages(chat: number): TelegramMessage[]
  /** Resolves when so many polls in all are waiting, or have waited. */
  polls(count: number): Promise<void>
  close(): Promise<void>
}

const opened: Served[] = []

afterEach(async () => {
  for (const served of opened.splice(0)) {
    expectKnownCalls(served.ground)
    await served.close()
  }
})

/** Real time is short in tests. */
const hurried = { patience: 150, delays: { first: 5, most: 40, answer: 5000 } }

/** Serves a fake Telegram on a free port; it is closed, and its calls are checked, after the test. */
export async function serve(ground: Ground = testGround()): Promise<Served> {
  const telegram = fakeTelegram(ground, hurried)
  let polls = 0
  const app = new Hono()
  app.use('/telegram/:bot/getUpdates', async (c, next) => {
    await c.req.text() // kept by Hono: the rest happens in this turn
    polls += 1
    await next()
  })
  app.route('/telegram', telegram.routes).route('/api/telegram', telegram.control)
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const token = ground.secrets.telegramToken
  const apiRoot = `${root}/telegram`
  let closed = false
  const served: Served = {
    ground,
    telegram,
    apiRoot,
    token,
    api: new Api(token, { apiRoot }),
    async does(act, body) {
      const response = await fetch(`${root}/api/telegram/${act}`, { method: 'POST', body: JSON.stringify(body) })
      return { ...((await response.json()) as Record<string, unknown>), status: response.status }
    },
    async polls(count) {
      await until(() => polls >= count)
      await new Promise(setImmediate)
    },
    messages: (chat) => telegram.state().chats.find(({ id }) => id === chat)?.messages ?? [],
    async close() {
      if (closed) return
      closed = true
      await telegram.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  opened.push(served)
  return served
}

interface Method {
  fields?: { name: string; required: boolean }[]
}

const specFile = new URL('../../../../shared/specs/telegram-bot-api-10.1.json', import.meta.url)

/** Every call that was answered with success names a method and parameters of the Bot API. */
function expectKnownCalls({ calls }: Ground) {
  if (!existsSync(specFile)) return console.warn('The Bot API specification is not here: calls are not checked')
  const { methods } = JSON.parse(readFileSync(specFile, 'utf8')) as { methods: Record<string, Method> }
  for (const { path, body, status } of calls.since(0)) {
    if (status !== 200) continue
    const name = path.split('?')[0]?.split('/').at(-1) ?? ''
    const method = methods[name]
    expect(method, `${name} is a method`).toBeDefined()
    const given = Object.keys(body as object)
    const required = (method?.fields ?? []).filter((field) => field.required).map((field) => field.name)
    expect(given, `${name} has its required parameters`).toEqual(expect.arrayContaining(required))
    expect(method?.fields?.map((field) => field.name) ?? [], `${name} has known parameters`).toEqual(
      expect.arrayContaining(given),
    )
  }
}

/** Waits until the condition holds. */
export const until = (condition: () => boolean) => soon(() => expect(condition()).toBe(true))
