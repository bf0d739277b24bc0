import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import type { World } from '../world/world.ts'
import { answer, forbidden, unauthorized } from './answers.ts'

const signIn = z.object({ username: z.string(), password: z.string() })
const lifeSeconds = 86_400

interface TokenRow {
  partner: string
  /** Sandbox time in milliseconds. */
  until: number
}

/**
 * Who asks: `X-API-Key`, or a bearer from `POST /token` (360dialog.md 1). A wrong one is a 401, another partner's path
 * a 403.
 */
export function keys(ground: Ground, world: World) {
  const tokens = ground.journal.table<TokenRow>('hub.tokens')
  const partnerOf = (c: Context<Bindings>) => {
    const key = c.req.header('x-api-key')
    if (key) return Object.entries(ground.secrets.hubKeys).find(([, secret]) => same(secret, key))?.[0]
    const token = tokens.get(c.req.header('authorization')?.replace(/^bearer\s+/i, '') ?? '')
    return token && token.until > ground.clock.now() ? token.partner : undefined
  }
  const check: MiddlewareHandler<Bindings> = async (c, next) => {
    const partner = partnerOf(c)
    if (!partner) return unauthorized(c)
    if (c.req.param('p') !== partner) return forbidden(c)
    c.set('partner', partner)
    await next()
  }
  const token = async (c: Context<Bindings>) => {
    const given = signIn.safeParse(await c.req.json().catch(() => undefined)).data
    const partner = world.partners.values().find((one) => one.email === given?.username.toLowerCase())
    const secret = partner && ground.secrets.hubKeys[partner.id]
    if (!given || !secret || !same(secret, given.password)) return unauthorized(c)
    const access_token = randomBytes(32).toString('base64url')
    tokens.set(access_token, { partner: partner.id, until: ground.clock.now() + lifeSeconds * 1000 })
    const refresh_token = randomBytes(24).toString('base64url')
    return answer(c, { access_token, expires_in: lifeSeconds, refresh_token, token_type: 'Bearer' })
  }
  return { check, token }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
