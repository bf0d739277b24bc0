import { Hono } from 'hono'
import type { Ground } from '../ground.ts'
import { type Bindings, door } from '../world/door.ts'
import type { World } from '../world/world.ts'
import { notFound, refuse } from './answers.ts'
import { clientRoutes } from './client-routes.ts'
import { keys } from './keys.ts'
import { messagingRoutes } from './messaging.ts'
import { partnerRoutes } from './partner-routes.ts'

/**
 * A fake 360dialog for the little world, mounted at `/hub`: the Partner API v2 at `/hub/api/v2`, the Messaging API at
 * `/hub/waba`.
 */
export function fakeHub(ground: Ground, world: World): { routes: Hono<Bindings> } {
  const { check, token } = keys(ground, world)
  const routes = new Hono<Bindings>()
  routes.use('*', door(ground, { system: 'hub', refuse }))
  routes.post('/api/v2/token', token)
  routes.use('/api/v2/partners/:p/*', check)
  routes.route('/api/v2/partners/:p', partnerRoutes(ground, world))
  routes.route('/api/v2/partners/:p/clients/:c', clientRoutes(ground, world))
  routes.route('/waba', messagingRoutes(ground, world))
  routes.all('*', notFound)
  return { routes }
}
