import { Hono } from 'hono'
import { z } from 'zod'
import { health } from '../graph/health.ts'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { entryOf } from '../world/find.ts'
import { secret } from '../world/ids.ts'
import { messagingOf } from '../world/messaging.ts'
import { send } from '../world/sending.ts'
import type { World } from '../world/world.ts'
import { answer, notFound, unauthorized, wrongPayload } from './answers.ts'
import { profileRoutes } from './messaging-profile.ts'
import { createTemplate, deleteTemplates, templateList } from './templates.ts'

const webhook = z.object({ url: z.url(), headers: z.record(z.string(), z.string()).default({}) })
const message = z.object({ messaging_product: z.literal('whatsapp'), to: z.coerce.string().min(5) })

/** The Messaging API of 360dialog (360dialog.md 6), for the channel whose current key is in `D360-API-KEY`. */
export function messagingRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  routes.use('*', async (c, next) => {
    const key = c.req.header('d360-api-key')
    const row = world.apiKeys.values().find(({ api_key }) => api_key === key)
    if (!key || !row) return unauthorized(c)
    c.set('channel', row.channel_id)
    await next()
  })
  routes.route('/', profileRoutes(ground, world))
  routes.route('/v1/configs/templates', ownTemplates(ground, world))
  routes.get('/health_status', (c) => {
    const found = entryOf(world, c.var.channel)
    if (!found?.number) return notFound(c)
    return answer(c, { health_status: health(world, found.account, found.number), id: found.number.id })
  })
  routes.get('/v1/configs/webhook', (c) => answer(c, messagingOf(world, c.var.channel).webhook))
  routes.post('/v1/configs/webhook', async (c) => {
    const given = webhook.safeParse(await c.req.json().catch(() => undefined)).data
    if (!given) return wrongPayload(c, 'url is a URL, headers are texts')
    world.messaging.set(c.var.channel, { ...messagingOf(world, c.var.channel), webhook: given })
    return answer(c, given)
  })
  routes.post('/messages', async (c) => {
    const given = message.safeParse(await c.req.json().catch(() => undefined)).data
    const number = entryOf(world, c.var.channel)?.number
    if (!given || !number) return wrongPayload(c, 'messaging_product and to are needed')
    const wa_id = given.to.replace(/\D/g, '')
    const refusal = send(world, number, wa_id, ground.clock.now())
    if (refusal) {
      const { code, message, details } = refusal
      return answer(c, { error: { code, message, type: 'OAuthException', error_data: { details } } }, 400)
    }
    const messages = [{ id: `wamid.${secret()}` }]
    return answer(c, { messaging_product: 'whatsapp', contacts: [{ input: given.to, wa_id }], messages })
  })
  return routes
}

/** Templates of the channel's WABA; a deletion goes by name. */
function ownTemplates(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const wabaOf = (channel: string) => entryOf(world, channel)?.waba
  routes.get('/', (c) => {
    const waba = wabaOf(c.var.channel)
    return waba ? templateList(c, world, waba) : notFound(c)
  })
  routes.post('/', async (c) => {
    const waba = wabaOf(c.var.channel)
    return waba ? createTemplate(c, { ground, world, waba, brief: true }) : notFound(c)
  })
  routes.delete('/:name', (c) => {
    const waba = wabaOf(c.var.channel)
    const name = c.req.param('name')
    const rows = world.templates.values().filter((one) => one.waba_account_id === waba?.id && one.name === name)
    return rows.length ? deleteTemplates(c, { ground, world, rows }) : notFound(c)
  })
  return routes
}
