import type { App, Receiver } from '@slack/bolt'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { type Held, held, type Taker } from './held.ts'
import { isSigned } from './signature.ts'

export interface HttpReceiverOptions {
  /** Signing secrets; any of them will do. */
  secrets: string[]
  /** Real time, ms since the epoch: signatures are about the wire, not about the desk's clock. */
  wallTime: () => number
  /** Whether requests can be worked on; until then Slack is asked to come again. */
  ready: () => boolean
  /** Real milliseconds before an unfinished request is answered. */
  holdMs: number
}

export interface HttpReceiver extends Receiver {
  /** `POST /events`. */
  routes: Hono
}

const json = z.record(z.string(), z.unknown())

/** Slack over HTTP: signed requests on one path. */
export function httpReceiver({ secrets, wallTime, ready, holdMs }: HttpReceiverOptions): HttpReceiver {
  let app: Taker | undefined
  const routes = new Hono()
  routes.use(bodyLimit({ maxSize: 1024 * 1024, onError: (c) => c.text('too large', 413) }))
  routes.post('/events', async (c) => {
    const bytes = Buffer.from(await c.req.arrayBuffer())
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    if (isForm && isSslCheck(bytes)) return c.body(null, 200)
    const timestamp = c.req.header('x-slack-request-timestamp')
    const signature = c.req.header('x-slack-signature')
    if (!isSigned({ timestamp, signature, body: bytes }, secrets, wallTime())) return c.text('not signed', 401)
    const body = bodyOf(bytes, isForm)
    if (!body) return c.text('malformed', 400)
    if (body.type === 'url_verification') return c.json({ challenge: String(body.challenge ?? '') })
    if (!app || !ready()) return c.text('starting', 503)
    const retry = z.coerce.number().int().safeParse(c.req.header('x-slack-retry-num'))
    const retryReason = c.req.header('x-slack-retry-reason')
    const event = { body, ...(retry.success && { retryNum: retry.data }), ...(retryReason && { retryReason }) }
    return answer(await held(app, event, holdMs), body.type === 'event_callback')
  })
  return {
    routes,
    init(bolt: App) {
      app = bolt
    },
    start: async () => undefined,
    stop: async () => undefined,
  }
}

/** An event that is not done is not acknowledged: Slack delivers it again. All else Slack delivers only once. */
function answer(result: Held, isEvent: boolean): Response {
  const undone = result === 'late' || result === 'failed'
  if (isEvent && undone) return new Response('not done', { status: 503 })
  const body = typeof result === 'object' ? result.acked : undefined
  if (body === undefined || body === '') return new Response(null, { status: 200 })
  return typeof body === 'string' ? new Response(body) : Response.json(body)
}

const isSslCheck = (bytes: Buffer) => new URLSearchParams(bytes.toString()).get('ssl_check') === '1'

/** The request as an object; `undefined` when it is none. */
function bodyOf(bytes: Buffer, isForm: boolean): z.infer<typeof json> | undefined {
  const text = bytes.toString()
  const fields = isForm ? Object.fromEntries(new URLSearchParams(text)) : undefined
  if (fields && fields.payload === undefined) return Object.keys(fields).length ? fields : undefined
  try {
    return json.safeParse(JSON.parse(fields?.payload ?? text)).data
  } catch {
    return undefined
  }
}
