import type { Context } from 'hono'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { businessToken } from '../world/sharing.ts'
import { ownApp, systemUser } from '../world/sides.ts'
import type { World } from '../world/world.ts'
import { answer, problem } from './answers.ts'
import { given } from './given.ts'

/** Whether a call may be made with that token: the system user's, or one of a business that signed up. */
export const isToken = (ground: Ground, world: World, token: string | undefined): boolean =>
  token === ground.secrets.graphToken || (token !== undefined && world.tokens.get(token)?.kind === 'business')

const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging', 'business_management']

/** `GET /debug_token` (meta.md 3.10). The newest WABA comes first. */
export function debugToken(c: Context<Bindings>, ground: Ground, world: World): Response {
  const is_valid = isToken(ground, world, c.req.query('input_token'))
  const target_ids = world.accounts
    .values()
    .map(({ id }) => id)
    .reverse()
  const granular_scopes = [{ scope: scopes[0], target_ids }, ...scopes.slice(1).map((scope) => ({ scope }))]
  const known = { scopes, granular_scopes, user_id: systemUser.id }
  const data = { app_id: ownApp.id, type: 'SYSTEM_USER', application: ownApp.name, data_access_expires_at: 0 }
  return answer(c, { data: { ...data, expires_at: 0, is_valid, ...(is_valid && known) } })
}

/** `GET /oauth/access_token`: a code of Embedded Signup for a business token, once and within 30 seconds. */
export async function exchange(c: Context<Bindings>, ground: Ground, world: World): Promise<Response> {
  const { client_id, client_secret, code } = await given(c)
  if (client_id !== ownApp.id || client_secret !== ground.secrets.metaAppSecret) {
    return problem(c, { status: 400, code: 1, message: 'Error validating client secret.' })
  }
  const row = world.tokens.get(String(code))
  const wrong = (message: string, subcode?: number) =>
    problem(c, { status: 400, code: 100, message, ...(subcode !== undefined && { subcode }) })
  if (row?.kind !== 'code') return wrong('Invalid verification code format.')
  if (row.used) return wrong('This authorization code has been used.', 36009)
  if (row.until !== null && ground.clock.now() > row.until) return wrong('This authorization code has expired.', 36007)
  world.tokens.set(row.id, { ...row, used: true })
  return answer(c, { access_token: businessToken(world), token_type: 'bearer' })
}
