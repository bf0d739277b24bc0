import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import type { Fault } from '../faults.ts'
import type { Ground } from '../ground.ts'
import { isJson, type Json, parsed } from './json.ts'

/** What a request of the bot says, from query and body, JSON or form. */
export async function requestArgs(c: Context): Promise<Json> {
  const query = c.req.query()
  const type = c.req.header('content-type') ?? ''
  if (c.req.method === 'GET' || type.startsWith('multipart/')) return query
  const text = await c.req.text()
  if (!type.startsWith('application/json')) return { ...query, ...Object.fromEntries(new URLSearchParams(text)) }
  const body = parsed(text)
  return isJson(body) ? { ...query, ...body } : query
}

/** Writes down every request of the bot and lets people's faults hit it. */
export function botRequests(ground: Ground): MiddlewareHandler {
  return async (c, next) => {
    const path = shownPath(c)
    const { token: _, ...body } = await requestArgs(c)
    const fault = ground.faults.take('slack', path)
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms))
    if (!fault || fault.kind === 'delay' || fault.kind === 'done-but-500') await next()
    const answer = fault && faultAnswer(fault, c)
    // Hono keeps the headers of a response that is replaced, so the old one goes first.
    if (answer) {
      c.res = undefined
      c.res = answer
    }
    const at = new Date(ground.clock.now()).toISOString()
    const status = fault?.kind === 'cut' ? 0 : c.res.status
    ground.calls.add({ at, system: 'slack', method: c.req.method, path, body, status })
  }
}

function shownPath(c: Context): string {
  const url = new URL(c.req.url)
  url.searchParams.delete('token')
  return url.pathname + url.search
}

function faultAnswer(fault: Fault, c: Context<{ Bindings: Partial<HttpBindings> }>): Response | undefined {
  switch (fault.kind) {
    case 'delay':
      return undefined
    case 'cut':
      c.env?.incoming?.socket.destroy()
      return RESPONSE_ALREADY_SENT
    case 'html':
      return new Response('<html><body><h1>502 Bad Gateway</h1></body></html>', {
        status: 502,
        headers: { 'content-type': 'text/html' },
      })
    case '429':
      return Response.json(
        { ok: false, error: 'ratelimited' },
        { status: 429, headers: { 'retry-after': String(fault.retryAfter) } },
      )
    case '500':
    case 'done-but-500':
      return Response.json({ ok: false, error: 'internal_error' }, { status: 500 })
    case '401':
      return refused(fault, c, { error: 'invalid_auth' })
    case '403':
      return refused(fault, c, { error: 'missing_scope', needed: 'chat:write', provided: 'none' })
    case '404':
      return refused(fault, c, { error: notFound(c.req.path) })
  }
}

/** Apart from 429 and 5xx the Web API refuses with 200 and an error code; response URLs do it with the status. */
const refused = ({ kind }: Fault, c: Context, body: Json) =>
  Response.json({ ok: false, ...body }, { status: c.req.path.includes('/api/') ? 200 : Number(kind) })

function notFound(path: string): string {
  if (path.includes('views.')) return 'not_found'
  return path.includes('users.') ? 'user_not_found' : 'channel_not_found'
}
