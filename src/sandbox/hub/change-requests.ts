import { Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { approveChange, otherProcessor, sameProcessor } from '../world/partner-change.ts'
import type { PartnerChangeRow } from '../world/rows-hub.ts'
import type { World } from '../world/world.ts'
import { answer, notFound, wrongPayload } from './answers.ts'
import { filterKeys } from './filter-keys.ts'
import { list } from './list.ts'

const settings = z.object({ auto_approve: z.boolean() })

/**
 * Changes of the integration partner (360dialog.md 2.6): both partners see a request, the new one approves it. There is no
 * way to decline one.
 */
export function changeRequestRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  routes.get('/selective_partner_change_requests', (c) =>
    list(c, {
      collection: 'selective_partner_change_requests',
      rows: world.partnerChanges
        .values()
        .filter((row) => [row.source_partner_id, row.target_partner_id].includes(c.var.partner))
        .map(view),
      filterKeys: filterKeys.selective_partner_change_requests,
      searched: ['id', 'source_client_id', 'target_client_id'],
    }),
  )
  routes.post('/selective_partner_change_requests/:id/approve', (c) => {
    const row = world.partnerChanges.get(c.req.param('id'))
    if (row?.target_partner_id !== c.var.partner) return notFound(c)
    if (row.status !== 'created') return wrongPayload(c, `the request is ${row.status}`)
    if (!sameProcessor(world, row.source_partner_id, row.target_partner_id)) return wrongPayload(c, otherProcessor)
    return answer(c, view(approveChange(ground, world, row)))
  })
  routes.patch('/settings/partner_change_request', async (c) => {
    const partner = world.partners.get(c.var.partner)
    const given = settings.safeParse(await c.req.json().catch(() => undefined)).data
    if (!partner) return notFound(c)
    if (!given) return wrongPayload(c, 'auto_approve is true or false')
    world.partners.set(partner.id, { ...partner, ...given })
    ground.changed()
    return answer(c, given)
  })
  return routes
}

const view = (row: PartnerChangeRow) => ({ ...row })
