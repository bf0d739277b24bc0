import type { Context } from 'hono'
import type { Bindings, Refusal } from '../world/door.ts'
import { asciiJson, sortedKeys } from '../world/wire.ts'

type HubContext = Context<Bindings>

/** An answer in the Hub's habits: sorted keys, ASCII only, one newline at the end (360dialog.md 1.2). */
export const answer = (c: HubContext, body: unknown, status: 200 | 201 | 400 | 401 | 403 | 404 | 429 | 500 = 200) =>
  c.body(`${asciiJson(sortedKeys(body))}\n`, status, { 'content-type': 'application/json', vary: 'Origin' })

const meta = (
  c: HubContext,
  http_code: 400 | 401 | 403 | 404 | 429 | 500,
  developer_message: string,
  details: string[] = [],
) => answer(c, { meta: { success: false, http_code, developer_message, details } }, http_code)

export const wrongPayload = (c: HubContext, ...details: string[]) => meta(c, 400, 'Wrong payload', details)
export const unauthorized = (c: HubContext) => meta(c, 401, 'Unauthorized')
export const forbidden = (c: HubContext) => meta(c, 403, 'Forbidden')
export const notFound = (c: HubContext) => meta(c, 404, 'Not found')
export const serverError = (c: HubContext) => meta(c, 500, 'Internal server error')

/** What a deletion answers (360dialog.md 5). */
export const done = (c: HubContext, developer_message: string) =>
  answer(c, { meta: { success: true, http_code: 200, developer_message } })
export const tooMany = (c: HubContext) => meta(c, 429, 'Too many requests')

/** The Hub's words for a fault that a person switched on. */
export function refuse(c: HubContext, kind: Refusal, { retryAfter }: { retryAfter: number }): Response {
  if (kind === '401') return unauthorized(c)
  if (kind === '403') return forbidden(c)
  if (kind === '404') return notFound(c)
  if (kind === '500') return serverError(c)
  c.header('Retry-After', String(retryAfter))
  return tooMany(c)
}
