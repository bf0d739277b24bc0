import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Method } from './arguments.ts'
import { botRequests, requestArgs } from './bot-requests.ts'
import { SlackError } from './errors.ts'
import { receiveFile } from './file-methods.ts'
import { parsed } from './json.ts'
import type { Rates } from './rates.ts'
import { type ResponseUrls, reply } from './response-urls.ts'
import type { Tables } from './tables.ts'

export interface RoutesOptions {
  methods: Record<string, Method>
  tables: Tables
  rates: Rates
  replies: ResponseUrls
}

/** What the bot talks to: the Web API, response URLs and uploads. */
export function botRoutes(ground: Ground, { methods, tables, rates, replies }: RoutesOptions): Hono {
  const routes = new Hono()
  routes.use(botRequests(ground))
  routes.on(['GET', 'POST'], '/api/:method', async (c) => {
    const name = c.req.param('method')
    const args = await requestArgs(c)
    const method = methods[name]
    try {
      authorize(ground, name, tokenOf(c, args.token))
      if (!method) throw new SlackError('unknown_method')
      const wait = rates.take(name, method.tier, String(args.channel ?? ''))
      if (wait) return c.json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(wait) })
      return c.json({ ok: true, ...method.run(args) })
    } catch (error) {
      if (error instanceof SlackError) return c.json(error.body())
      throw error
    }
  })
  routes.post('/response/:id', async (c) => {
    const text = await c.req.text()
    const body = reply.safeParse(parsed(text) ?? text)
    if (!body.success) return c.json({ ok: false, error: 'invalid_payload' }, 400)
    try {
      replies.post(c.req.param('id'), body.data)
      return c.text('ok')
    } catch (error) {
      if (!(error instanceof SlackError)) throw error
      return c.json(error.body(), error.code.endsWith('_url') ? 404 : 400)
    }
  })
  routes.post('/upload/:id', async (c) => {
    const known = receiveFile(tables, c.req.param('id'), await uploaded(c))
    return known ? c.text('OK') : c.text('file not found', 404)
  })
  return routes
}

/** The token of the header, else the one of the body. */
function tokenOf(c: Context, argument: unknown): string {
  const header = c.req.header('authorization')?.replace(/^Bearer\s+/i, '')
  return header ?? z.string().catch('').parse(argument)
}

/** @throws SlackError `not_authed`, `invalid_auth` or `not_allowed_token_type`. */
function authorize({ secrets }: Ground, method: string, token: string): void {
  if (!token) throw new SlackError('not_authed')
  const needsAppToken = method === 'apps.connections.open'
  if (token === (needsAppToken ? secrets.slackAppToken : secrets.slackBotToken)) return
  const other = token === secrets.slackAppToken || token === secrets.slackBotToken
  throw new SlackError(other ? 'not_allowed_token_type' : 'invalid_auth')
}

/** The bytes of an upload as text: the first file of a form, or the body as it is. */
async function uploaded(c: Context): Promise<string> {
  if (!c.req.header('content-type')?.startsWith('multipart/')) return c.req.text()
  const form = await c.req.formData()
  for (const part of form.values()) return typeof part === 'string' ? part : part.text()
  return ''
}
