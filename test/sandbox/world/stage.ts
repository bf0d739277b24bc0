import { Hono } from 'hono'
import { faultSchema } from '../../../src/sandbox/faults.ts'
import { fakeGraph } from '../../../src/sandbox/graph/index.ts'
import { fakeHub } from '../../../src/sandbox/hub/index.ts'
import type { Journal } from '../../../src/sandbox/journal.ts'
import { levers } from '../../../src/sandbox/world/levers.ts'
import { littleWorld } from '../../../src/sandbox/world/world.ts'
import { testGround } from '../ground.ts'
import { listeningBot } from './listening-bot.ts'

const closing: (() => Promise<unknown>)[] = []

/** Ends what the scenes of a test have started. */
export async function closeScenes() {
  for (const close of closing.splice(0)) await close()
}

interface Ask {
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

/** Both platforms with their levers, and a bot that listens. */
export async function stage({ journal }: { journal?: Journal } = {}) {
  const bot = await listeningBot()
  closing.push(bot.close)
  const ground = testGround({ botUrl: bot.url, ...(journal && { journal }) })
  const world = littleWorld(ground)
  const app = new Hono()
    .route('/hub', fakeHub(ground, world).routes)
    .route('/graph', fakeGraph(ground, world).routes)
    .route('/api', levers(ground, world, { limits: () => undefined }).routes)
  const ask = async (path: string, { method = 'GET', body, headers = {} }: Ask = {}) => {
    const answer = await app.request(path, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: text.startsWith('{') ? JSON.parse(text) : text,
    }
  }
  const graph = (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') =>
    ask(`/graph/v26.0${path}`, { method, body, headers: { authorization: `Bearer ${ground.secrets.graphToken}` } })
  const hub = (path: string, { partner = 'BrghtlPA', ...more }: Ask & { partner?: string } = {}) =>
    ask(`/hub/api/v2/partners/${partner}${path}`, {
      headers: { 'x-api-key': ground.secrets.hubKeys[partner] ?? '' },
      ...more,
    })
  /** `[status, code, subcode]` of what the Graph refuses. */
  const refused = async (path: string, body?: unknown, method?: string) => {
    const answer = await graph(path, body, method)
    const { code, error_subcode } = answer.body.error ?? {}
    return [answer.status, code, error_subcode]
  }
  /** Pulls levers; gives what was done, in words. */
  const pull = async (body: unknown): Promise<string[]> => {
    const answer = await ask('/api/world', { method: 'POST', body })
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.body.done
  }
  /** What the bot heard: `channel_live` of the Hub, `security PIN_CHANGED` of Meta. */
  const heard = async (): Promise<string[]> => {
    await world.webhooks.idle()
    return bot.bodies().map(({ event, entry }) => {
      const change = entry?.[0].changes[0]
      return event ?? [change.field, change.value.event].filter(Boolean).join(' ')
    })
  }
  const fault = (given: object) => ground.faults.add(faultSchema.parse(given))
  return { bot, ground, world, app, ask, graph, hub, refused, pull, heard, fault }
}

const minute = 60_000
export const ms = { second: 1000, minute, hour: 60 * minute, day: 24 * 60 * minute }
