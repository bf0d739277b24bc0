import { Hono } from 'hono'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import type { World } from '../world/world.ts'
import { accountSharing } from './account-sharing.ts'
import { answer, notFound } from './answers.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { changeRequestRoutes } from './change-requests.ts'
import { filterKeys } from './filter-keys.ts'
import { list } from './list.ts'
import { partnerSettings } from './partner-settings.ts'
import { templateRoutes } from './templates.ts'
import { channelView, clientView, wabaView } from './views.ts'

/** What belongs to a partner: itself, its clients, channels and WABAs (360dialog.md 2). */
export function partnerRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const own = <T extends { partner_id: string }>(rows: T[], partner: string) =>
    rows.filter((row) => row.partner_id === partner)

  routes.route('/', partnerSettings(ground, world))
  routes.route('/', changeRequestRoutes(ground, world))
  routes.route('/account_sharing', accountSharing(ground, world))
  routes.route('/channels/:ch/api_keys', apiKeyRoutes(ground, world))
  routes.route('/waba_accounts/:w/waba_templates', templateRoutes(ground, world))
  routes.get('/clients', (c) =>
    list(c, {
      collection: 'clients',
      rows: own(world.clients.values(), c.var.partner).map((client) => clientView(world, client)),
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
  return routes
}
