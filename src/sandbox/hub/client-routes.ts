import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { requestCancellation, revokeCancellation } from '../world/cancellation.ts'
import type { Bindings } from '../world/door.ts'
import { messagingOf } from '../world/messaging.ts'
import type { ChannelRow, ClientRow } from '../world/rows.ts'
import { zuluTime } from '../world/times.ts'
import type { World } from '../world/world.ts'
import { answer, notFound, tooMany, wrongPayload } from './answers.ts'
import { filterKeys } from './filter-keys.ts'
import { limiter } from './limiter.ts'
import { list } from './list.ts'
import { channelBalance, clientBalance, spanOf, usageRows } from './money.ts'
import { channelView, clientView } from './views.ts'

const clientChange = z.strictObject({
  partner_payload: z.string().optional(),
  max_channels: z.number().int().positive().optional(),
})
const enabledBody = z.object({ enabled: z.boolean().default(true) })
const granularities = ['day', 'month']

/** What belongs to one client: money, permissions, cancellation (360dialog.md 2.1, 2.4, 2.7). */
export function clientRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const balanceCalls = limiter(ground.clock, { max: 5, perMs: 30_000 })
  const clientOf = (c: Context<Bindings>): ClientRow | undefined => {
    const client = world.clients.get(c.req.param('c') ?? '')
    return client?.partner_id === c.var.partner ? client : undefined
  }
  const channelOf = (c: Context<Bindings>): ChannelRow | undefined => {
    const channel = world.channels.get(c.req.param('ch') ?? '')
    return channel && channel.client_id === clientOf(c)?.id ? channel : undefined
  }

  routes.patch('/', async (c) => {
    const client = clientOf(c)
    const change = clientChange.safeParse(await c.req.json().catch(() => undefined)).data
    if (!client) return notFound(c)
    if (!change) return wrongPayload(c, 'only partner_payload (text) and max_channels (number) can be changed')
    const row: ClientRow = {
      ...client,
      partner_payload: change.partner_payload ?? client.partner_payload,
      max_channels: change.max_channels ?? client.max_channels,
      modified_at: zuluTime(ground.clock.now()),
    }
    world.clients.set(client.id, row)
    return answer(c, clientView(world, row))
  })
  routes.get('/info/balance', (c) => {
    const client = clientOf(c)
    if (!client) return notFound(c)
    if (world.switches.get('rate') !== false && !balanceCalls(client.id)) return tooMany(c)
    const granularity = (c.req.query('granularity') ?? 'month').toLowerCase()
    if (!granularities.includes(granularity)) return wrongPayload(c, 'granularity is day or month')
    const span = spanOf(c, ground.clock.now())
    if (!span) return wrongPayload(c, 'start_date and end_date are unix seconds')
    return answer(c, clientBalance(world, client, { ...span, granularity }))
  })
  routes.get('/shared_client_numbers', (c) => {
    const client = clientOf(c)
    if (!client) return notFound(c)
    const shared = world.channels
      .values()
      .filter((channel) => channel.client_id === client.id && world.asides.get(channel.id)?.shared)
    return list(c, {
      collection: 'shared_client_numbers',
      rows: shared.map(({ id, setup_info }) => ({ id, channel_id: id, phone_number: setup_info.phone_number })),
      filterKeys: filterKeys.shared_client_numbers,
    })
  })
  routes.get('/channels/:ch/info/balance', (c) => {
    const aside = world.asides.get(channelOf(c)?.id ?? '')
    return aside ? answer(c, channelBalance(aside)) : notFound(c)
  })
  routes.get('/channels/:ch/info/usage', (c) => {
    const channel = channelOf(c)
    if (!channel) return notFound(c)
    const granularity = c.req.query('granularity')?.toLowerCase() ?? ''
    const span = c.req.query('start_date') && c.req.query('end_date') ? spanOf(c, ground.clock.now()) : undefined
    if (!span || !granularities.includes(granularity)) {
      return wrongPayload(c, 'start_date, end_date (unix seconds) and granularity (day or month) are needed')
    }
    return answer(c, { granularity, usage: usageRows({ ...span, granularity }) })
  })
  routes.get('/channels/:ch/whatsapp_commerce_settings', (c) => {
    const channel = channelOf(c)
    if (!channel) return notFound(c)
    const flags = { id: channel.external_id, ...messagingOf(world, channel.id).commerce }
    return answer(c, { data: channel.external_id ? [flags] : [] })
  })
  routes.post('/channels/:ch/control/cancellation_request', async (c) => {
    const channel = channelOf(c)
    const body = enabledBody.safeParse(await c.req.json().catch(() => ({}))).data
    if (!channel) return notFound(c)
    if (!body) return wrongPayload(c, 'enabled is true or false')
    if (channel.terminated_at) return wrongPayload(c, 'the channel is terminated')
    const change = body.enabled ? requestCancellation : revokeCancellation
    return answer(c, channelView(world, change(ground, world, channel)))
  })
  routes.post('/channels/:ch/control/reactivate', (c) => {
    const channel = channelOf(c)
    if (!channel) return notFound(c)
    if (channel.terminated_at) return wrongPayload(c, 'the channel is terminated')
    return answer(c, channelView(world, revokeCancellation(ground, world, channel)))
  })
  return routes
}
