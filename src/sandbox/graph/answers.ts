import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { Bindings, Refusal } from '../world/door.ts'
import type { Refusal as MetaRefusal } from '../world/refusals.ts'
import { asciiJson } from '../world/wire.ts'

type GraphContext = Context<Bindings>
type Status = 200 | 400 | 401 | 403 | 404 | 500 | 503

export const answer = (c: GraphContext, body: unknown, status: Status = 200) =>
  c.body(asciiJson(body), status, {
    'content-type': 'application/json; charset=UTF-8',
    'facebook-api-version': /^\/graph\/(v\d+\.\d+)\//.exec(c.req.path)?.[1] ?? 'v26.0',
  })

interface GraphError extends Omit<MetaRefusal, 'status'> {
  status: Status
  type?: string
}

/** An error in Meta's shape (meta.md 6.1). */
export function problem(
  c: GraphContext,
  { message, code, subcode, status, type = 'OAuthException', ...more }: GraphError,
) {
  const fbtrace_id = `A${randomBytes(11).toString('base64url')}`
  const { title, text, details } = more
  const error = {
    message,
    type,
    code,
    ...(subcode !== undefined && { error_subcode: subcode }),
    ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
    ...(title !== undefined && { is_transient: false, error_user_title: title, error_user_msg: text }),
    fbtrace_id,
  }
  return answer(c, { error }, status)
}

export const success = (c: GraphContext) => answer(c, { success: true })

export const badToken = (c: GraphContext) =>
  problem(c, { status: 401, code: 190, message: 'Invalid OAuth access token - Cannot parse access token' })

/** What Meta says about an id that is not there, or that the token may not see. */
export function noObject(c: GraphContext, id: string) {
  const method = c.req.method.toLowerCase()
  const message = `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`
  return problem(c, { status: 400, code: 100, subcode: 33, type: 'GraphMethodException', message })
}

export const noField = (c: GraphContext, field: string, node: string) =>
  badParameter(c, `Tried accessing nonexisting field (${field}) on node type (${node})`)

export const badParameter = (c: GraphContext, message: string) =>
  problem(c, { status: 400, code: 100, message: `(#100) ${message}` })

/** Meta's words for a fault that a person switched on. Graph limits rates with a 400 and a code, not with a 429. */
export function refuse(c: GraphContext, kind: Refusal, { retryAfter }: { retryAfter: number }): Response {
  if (kind === '401') return badToken(c)
  if (kind === '403') return problem(c, { status: 403, code: 200, message: '(#200) Permissions error' })
  if (kind === '404')
    return problem(c, { status: 404, code: 803, message: '(#803) Some of the aliases you requested do not exist' })
  if (kind === '500') return problem(c, { status: 500, code: 1, message: 'An unknown error occurred' })
  c.header('Retry-After', String(retryAfter))
  return tooManyCalls(c, '0', Math.floor(retryAfter / 60))
}

/** The limit of one WABA is used up (meta.md 6.3). */
export function tooManyCalls(c: GraphContext, id: string, waitMinutes: number) {
  usageHeader(c, id, { percent: 100, waitMinutes })
  const message =
    '(#80007) There have been too many calls from this WhatsApp Business account. Wait a bit and try again.'
  return problem(c, { status: 400, code: 80007, message })
}

/** The limit of the whole app is used up. */
export function appLimit(c: GraphContext) {
  c.header('X-App-Usage', JSON.stringify({ call_count: 100, total_cputime: 25, total_time: 25 }))
  return problem(c, { status: 400, code: 4, message: '(#4) Application request limit reached' })
}

/** `X-Business-Use-Case-Usage` (meta.md 6.3): percent used, and minutes to wait. */
export function usageHeader(c: GraphContext, id: string, { percent = 1, waitMinutes = 0 } = {}) {
  const usage = { type: 'whatsapp_business_management', call_count: percent, total_cputime: 1, total_time: 1 }
  c.header(
    'X-Business-Use-Case-Usage',
    JSON.stringify({ [id]: [{ ...usage, estimated_time_to_regain_access: waitMinutes }] }),
  )
}
