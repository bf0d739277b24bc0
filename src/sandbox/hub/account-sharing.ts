import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { newClient } from '../world/new-client.ts'
import { beginOnboarding } from '../world/onboarding.ts'
import { wabaFor } from '../world/sharing-in.ts'
import type { World } from '../world/world.ts'
import { answer, notFound, serverError, tooMany, wrongPayload } from './answers.ts'
import { clientView } from './views.ts'

const client = z.object({ name: z.string().min(1), email: z.email(), user_name: z.string().optional() })
const numbers = z
  .object({
    solution_id: z.coerce.string().min(1),
    waba_external_id: z.coerce.string().min(1),
    client_id: z.string().optional(),
    waba_business_id: z.coerce.string().optional(),
    channel_external_id: z.coerce.string().optional(),
    tier: z.enum(['basic', 'regular', 'premium', '']).nullish(),
  })
  .refine(({ client_id, waba_business_id }) => client_id || waba_business_id, 'client_id or waba_business_id is needed')

/**
 * Clients and numbers that signed up at the partner's own page (360dialog.md 2.10). On demand the work is done and the
 * answer is an error all the same.
 */
export function accountSharing(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const withFault = (c: Context<Bindings>, good: Response) => {
    const fault = world.sharingFaults.take()
    if (fault === undefined) return good
    return fault === 429 ? tooMany(c) : serverError(c)
  }
  routes.post('/clients', async (c) => {
    const given = client.safeParse(await c.req.json().catch(() => undefined)).data
    if (!given) return wrongPayload(c, 'name and email are needed')
    const taken = world.clients.values().some((one) => one.contact_info.email === given.email.toLowerCase())
    if (taken) return wrongPayload(c, 'a client with this email exists')
    const row = newClient(ground, world, {
      partner: c.var.partner,
      name: given.name,
      email: given.email,
      contact: given.user_name ?? given.name,
    })
    return withFault(c, answer(c, clientView(world, row), 201))
  })
  routes.post('/numbers', async (c) => {
    const given = numbers.safeParse(await c.req.json().catch(() => undefined)).data
    if (!given) return wrongPayload(c, 'solution_id, waba_external_id and client_id or waba_business_id are needed')
    const account = world.accounts.get(given.waba_external_id)
    if (!account || !world.solutions.get(given.solution_id)) return notFound(c)
    const waba = wabaFor(ground, world, { account, partner: c.var.partner, client: given.client_id })
    if (!waba) return notFound(c)
    const known = new Set(world.channels.values().flatMap(({ external_id }) => external_id ?? []))
    const wanted = world.numbers
      .values()
      .filter((one) => one.waba_id === account.id && (given.channel_external_id ?? one.id) === one.id)
    if (wanted.length === 0) return notFound(c)
    for (const number of wanted) if (!known.has(number.id)) beginOnboarding(ground, world, number, waba)
    ground.changed()
    return withFault(c, answer(c, { ...given, message: 'Accepted, the onboarding is running.' }))
  })
  return routes
}
