import { Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { hubWebhookSecret } from '../world/hub-webhook-secret.ts'
import type { World } from '../world/world.ts'
import { answer, notFound, tooMany, wrongPayload } from './answers.ts'
import { filterKeys } from './filter-keys.ts'
import { limiter } from './limiter.ts'
import { list } from './list.ts'
import { channelView, clientView, partnerView, templateView, wabaView } from './views.ts'

const settings = z.object({ auto_approve: z.boolean() })

/** What a partner reads about itself, its clients, channels, WABAs and templates (360dialog.md 2.1, 2.2, 2.5, 2.8, 2.9). */
export function partnerRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const templateCalls = limiter(ground.clock, { max: 400, perMs: 60_000 })
  const own = <T extends { partner_id: string }>(rows: T[], partner: string) =>
    rows.filter((row) => row.partner_id === partner)

  routes.get('/', (c) => {
    const partner = world.partners.get(c.var.partner)
    if (!partner) return notFound(c)
    return answer(c, partnerView(partner, `${ground.botUrl}/webhooks/hub/${hubWebhookSecret(ground)}`))
  })
  routes.patch('/settings/partner_change_request', async (c) => {
    const partner = world.partners.get(c.var.partner)
    const given = settings.safeParse(await c.req.json().catch(() => undefined)).data
    if (!partner) return notFound(c)
    if (!given) return wrongPayload(c, 'auto_approve is true or false')
    world.partners.set(partner.id, { ...partner, ...given })
    return answer(c, given)
  })
  routes.get('/balance', (c) => answer(c, world.partners.get(c.var.partner)?.balance ?? []))

  routes.get('/clients', (c) =>
    list(c, {
      collection: 'clients',
      rows: own(world.clients.values(), c.var.partner).map(clientView),
      filterKeys: filterKeys.clients,
    }),
  )
  routes.get('/channels', (c) =>
    list(c, {
      collection: 'partner_channels',
      rows: own(world.channels.values(), c.var.partner).map((channel) => channelView(world, channel)),
      filterKeys: filterKeys.channels,
      searched: ['id', 'setup_info.phone_number', 'setup_info.phone_name', 'client.name', 'client.contact_info.email'],
    }),
  )
  routes.get('/channels/:ch', (c) => {
    const channel = own(world.channels.values(), c.var.partner).find(({ id }) => id === c.req.param('ch'))
    return channel ? answer(c, channelView(world, channel)) : notFound(c)
  })
  routes.get('/waba_accounts/:w', (c) => {
    const waba = own(world.wabas.values(), c.var.partner).find(({ id }) => id === c.req.param('w'))
    return waba ? answer(c, wabaView(waba)) : notFound(c)
  })
  routes.get('/waba_accounts/:w/waba_templates', (c) => {
    const waba = own(world.wabas.values(), c.var.partner).find(({ id }) => id === c.req.param('w'))
    if (!waba) return notFound(c)
    if (world.switches.get('rate') !== false && !templateCalls(c.var.partner)) return tooMany(c)
    return list(c, {
      collection: 'waba_templates',
      rows: world.templates
        .values()
        .filter((template) => template.waba_account_id === waba.id)
        .map(templateView),
      filterKeys: filterKeys.waba_templates,
      aliases: { 'business_templates.name': 'name' },
    })
  })
  return routes
}
