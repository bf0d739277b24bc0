import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import type { Fault } from '../faults.ts'
import { ApiError, forbidden, tooManyRequests } from './error.ts'

/** The refusal that a fault stands for, in Telegram's words; undefined for faults of another kind. */
export function faultError({ kind, retryAfter }: Fault): ApiError | undefined {
  if (kind === '401') return new ApiError(401, 'Unauthorized')
  if (kind === '403') return forbidden('bot was blocked by the user')
  if (kind === '404') return new ApiError(404, 'Not Found')
  if (kind === '429') return tooManyRequests(retryAfter)
  if (kind === '500') return new ApiError(500, 'Internal Server Error')
  return undefined
}

/** What a gateway in front of Telegram answers when Telegram is away. */
export const gatewayPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n'

/** Hangs up without an answer. */
export function hangUp(c: Context) {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  incoming?.socket.destroy()
}
