import { type Context, Hono } from 'hono'
import type { Ground } from '../ground.ts'
import { dropKeys, keysOf, makeKey } from '../world/api-keys.ts'
import type { Bindings } from '../world/door.ts'
import type { World } from '../world/world.ts'
import { answer, done, forbidden, notFound, tooMany } from './answers.ts'
import { limiter } from './limiter.ts'

/** API keys of a channel, made on behalf of its client (360dialog.md 2.3). Mounted at `/channels/:ch/api_keys`. */
export function apiKeyRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  // How many are allowed is not documented.
  const creations = limiter(ground.clock, { max: 5, perMs: 60_000 })
  const channelOf = (c: Context<Bindings>) => {
    const channel = world.channels.get(c.req.param('ch') ?? '')
    return channel?.partner_id === c.var.partner ? channel : undefined
  }
  const address = `${ground.ownUrl}/hub/waba`

  routes.get('/', (c) => {
    const channel = channelOf(c)
    if (!channel) return notFound(c)
    // The secret is shown once, when the key is made.
    const shown = keysOf(world, channel.id).map(({ id, app_id }) => ({ id, app_id, address, api_key: '***' }))
    return answer(c, { api_keys: shown })
  })
  routes.post('/', (c) => {
    const channel = channelOf(c)
    if (!channel) return notFound(c)
    if (!world.asides.get(channel.id)?.shared) return forbidden(c)
    if (world.switches.get('rate') !== false && !creations(channel.id)) return tooMany(c)
    const { id, app_id, api_key } = makeKey(ground, world, channel.id)
    ground.changed()
    return answer(c, { id, app_id, address, api_key }, 201)
  })
  routes.delete('/', (c) => {
    const channel = channelOf(c)
    if (!channel) return notFound(c)
    if (!world.asides.get(channel.id)?.shared) return forbidden(c)
    dropKeys(world, channel.id)
    ground.changed()
    return done(c, 'API keys were deleted')
  })
  return routes
}
