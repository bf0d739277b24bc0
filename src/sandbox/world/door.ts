import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import type { Fault } from '../faults.ts'
import type { Ground } from '../ground.ts'

/**
 * What both fake platforms carry through a request: `partner` is set once the Hub knows who asks, `channel` once the
 * Messaging API does.
 */
export type Bindings = { Bindings: Partial<HttpBindings>; Variables: { partner: string; channel: string } }

/** The kinds of fault that a platform answers in its own error shape. */
export type Refusal = Extract<Fault['kind'], '401' | '403' | '404' | '429'> | '500'

export interface DoorOptions {
  system: 'hub' | 'graph'
  /** The platform's own answer for a fault. */
  refuse(c: Context<Bindings>, kind: Refusal, fault: Fault): Response
}

/** What must not stand in the list of calls. A country code or a template's code is no secret; a one-time code is. */
const secretNames = ['access_token', 'input_token', 'client_secret', 'verify_token', 'password', 'pin', 'code']
const secretWords = new RegExp(`(\\b(?:${secretNames.join('|')})=)[^&]*`, 'g')

/** Stands before every route of a fake platform: writes the call down and plays the faults that are switched on. */
export function door(ground: Ground, { system, refuse }: DoorOptions): MiddlewareHandler<Bindings> {
  return async (c, next) => {
    const url = new URL(c.req.url)
    const path = `${url.pathname.replace(new RegExp(`^/${system}(?=/)`), '')}${url.search}`.replace(
      secretWords,
      '$1***',
    )
    const note = async (status: number) =>
      ground.calls.add({ at: now(ground), system, method: c.req.method, path, body: await bodyOf(c), status })

    const fault = ground.faults.take(system, path)
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms))
    if (!fault || fault.kind === 'delay' || fault.kind === 'done-but-500') {
      await next()
      if (fault?.kind === 'done-but-500') c.res = refuse(c, '500', fault)
      return note(c.res.status)
    }
    if (fault.kind === 'cut') {
      await note(0)
      c.env?.incoming?.socket.destroy()
      return c.body(null, 502)
    }
    const answer = fault.kind === 'html' ? badGateway(c) : refuse(c, fault.kind, fault)
    await note(answer.status)
    return answer
  }
}

const now = (ground: Ground) => new Date(ground.clock.now()).toISOString()

const badGateway = (c: Context<Bindings>) =>
  c.html('<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>', 502)

/** The body as JSON where it is JSON, without passwords, PINs and codes. */
async function bodyOf(c: Context<Bindings>): Promise<unknown> {
  const text = await c.req.text()
  if (!text) return undefined
  try {
    return JSON.parse(text, (key, value) => (secretNames.includes(key) ? '***' : value))
  } catch {
    return text.replace(secretWords, '$1***')
  }
}
