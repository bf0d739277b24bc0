import { Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { entryOf } from '../world/find.ts'
import { messagingOf } from '../world/messaging.ts'
import type { World } from '../world/world.ts'
import { answer, wrongPayload } from './answers.ts'

const profile = z.strictObject({
  messaging_product: z.literal('whatsapp').optional(),
  about: z.string().min(1).max(139).optional(),
  address: z.string().max(256).optional(),
  description: z.string().max(512).optional(),
  email: z.string().max(128).optional(),
  profile_picture_handle: z.string().optional(),
  vertical: z.string().optional(),
  websites: z.array(z.string().max(256)).max(2).optional(),
})
const commerce = z.object({ is_cart_enabled: z.boolean().optional(), is_catalog_visible: z.boolean().optional() })
const flags = ['is_cart_enabled', 'is_catalog_visible'] as const

/** What a number shows of its business, and its catalog switches (360dialog.md 6.3). */
export function profileRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  routes.get('/whatsapp_business_profile', (c) => {
    const { profile } = messagingOf(world, c.var.channel)
    const fields = c.req.query('fields')?.split(',') ?? Object.keys(profile)
    const asked = fields.flatMap((field) => (profile[field] === undefined ? [] : [[field, profile[field]]]))
    return answer(c, { data: [{ ...Object.fromEntries(asked), messaging_product: 'whatsapp' }] })
  })
  routes.post('/whatsapp_business_profile', async (c) => {
    const given = profile.safeParse(await c.req.json().catch(() => undefined))
    if (!given.success) {
      return wrongPayload(c, ...given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
    }
    const row = messagingOf(world, c.var.channel)
    const { messaging_product: _, ...said } = given.data
    world.messaging.set(row.id, { ...row, profile: { ...row.profile, ...said } })
    ground.changed()
    return answer(c, { success: true })
  })
  routes.get('/whatsapp_commerce_settings', (c) => {
    const { id, commerce } = messagingOf(world, c.var.channel)
    return answer(c, { data: [{ ...commerce, id: entryOf(world, id)?.number?.id ?? null }] })
  })
  routes.post('/whatsapp_commerce_settings', async (c) => {
    const inQuery = flags.flatMap((flag) => {
      const value = c.req.query(flag)
      return value ? [[flag, value === 'true']] : []
    })
    const body: unknown = inQuery.length ? Object.fromEntries(inQuery) : await c.req.json().catch(() => undefined)
    const given = commerce.safeParse(body).data
    if (!given) return wrongPayload(c, 'is_cart_enabled and is_catalog_visible are true or false')
    const row = messagingOf(world, c.var.channel)
    const { is_cart_enabled: cart, is_catalog_visible: catalog } = { ...row.commerce, ...given }
    const turned = {
      is_cart_enabled: cart ?? row.commerce.is_cart_enabled,
      is_catalog_visible: catalog ?? row.commerce.is_catalog_visible,
    }
    world.messaging.set(row.id, { ...row, commerce: turned })
    ground.changed()
    return answer(c, { success: true })
  })
  return routes
}
