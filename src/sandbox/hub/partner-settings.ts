import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { hubWebhookSecret } from '../world/hub-webhook-secret.ts'
import type { World } from '../world/world.ts'
import { answer, notFound, wrongPayload } from './answers.ts'
import { partnerView } from './views.ts'

/** Outside of the sandbox it has to be HTTPS without a port; here the bot listens on one. */
const webhookUrl = z.url({ protocol: /^https?$/ }).refine((url) => !new URL(url).hostname.includes('_'))

const change = z.strictObject({ webhook_url: webhookUrl.optional(), partner_redirect_url: z.url().optional() })
const hook = z.strictObject({ webhook_url: webhookUrl })

/** What a partner reads and changes about itself (360dialog.md 2.5). */
export function partnerSettings(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const ownDoor = () => `${ground.botUrl}/webhooks/hub/${hubWebhookSecret(ground)}`
  const partnerOf = (c: Context<Bindings>) => world.partners.get(c.var.partner)
  const shown = (c: Context<Bindings>) => {
    const partner = partnerOf(c)
    return partner ? answer(c, partnerView(partner, partner.webhook_url ?? ownDoor())) : notFound(c)
  }
  const turn = (schema: typeof change | typeof hook) => async (c: Context<Bindings>) => {
    const partner = partnerOf(c)
    const given = schema.safeParse(await c.req.json().catch(() => undefined)).data
    if (!partner) return notFound(c)
    if (!given) return wrongPayload(c, 'webhook_url and partner_redirect_url are URLs')
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    world.partners.set(partner.id, { ...partner, ...said })
    ground.changed()
    return shown(c)
  }
  routes.get('/', shown)
  routes.patch('/', turn(change))
  routes.get('/webhook_url', (c) => answer(c, { webhook_url: partnerOf(c)?.webhook_url ?? ownDoor() }))
  routes.post('/webhook_url', turn(hook))
  routes.get('/balance', (c) => answer(c, partnerOf(c)?.balance ?? []))
  return routes
}
