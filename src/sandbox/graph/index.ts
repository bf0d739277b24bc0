import { type Context, Hono } from 'hono'
import type { Ground } from '../ground.ts'
import { type Bindings, door } from '../world/door.ts'
import type { World } from '../world/world.ts'
import { answer, badParameter, badToken, noField, noObject, problem, refuse } from './answers.ts'
import { handlersOf } from './handlers.ts'
import { type Node, nodeOf, pick } from './nodes.ts'
import { debugToken, exchange, isToken } from './tokens.ts'
import { usageMeter } from './usage.ts'

/** Every version from v20.0 on is served alike. */
const version = '/:version{v[2-9][0-9]\\.[0-9]+}'

/** A fake Meta Graph for the little world. Mounted at `/graph`; the path goes on with the version, `/v26.0/…`. */
export function fakeGraph(ground: Ground, world: World): { routes: Hono<Bindings> } {
  const routes = new Hono<Bindings>()
  const meter = usageMeter(ground, world)
  routes.use('*', door(ground, { system: 'graph', refuse }))
  routes.get(`${version}/oauth/access_token`, (c) => exchange(c, ground, world))
  routes.use('*', async (c, next) => {
    const given = c.req.header('authorization')?.replace(/^bearer\s+/i, '') ?? c.req.query('access_token')
    if (!isToken(ground, world, given)) return badToken(c)
    const made = world.graphErrors.take(new URL(c.req.url).pathname)
    if (made) return problem(c, made)
    await next()
  })
  routes.get(`${version}/debug_token`, (c) => debugToken(c, ground, world))

  const act = async (c: Context<Bindings>, id: string, name?: string) => {
    const node = nodeOf(world, id)
    if (!node) return noObject(c, id)
    const limit = meter(c, usageId(node))
    if (limit) return limit
    if (node.row.status === 'DELETED' && node.row.waba_id) {
      return problem(c, { status: 400, code: 33, message: '(#33) The phone number was deleted' })
    }
    const handler = handlersOf(node.kind)[name ? `${c.req.method} ${name}` : c.req.method]
    if (handler) return handler({ c, ground, world, id })
    if (c.req.method !== 'GET') return noObject(c, id)
    return name ? noField(c, name, node.kind.name) : show(c, node)
  }
  routes.all(`${version}/:id`, (c) => act(c, c.req.param('id')))
  routes.all(`${version}/:id/:edge`, (c) => act(c, c.req.param('id'), c.req.param('edge')))
  routes.all('*', (c) => badParameter(c, `Unknown path components: ${new URL(c.req.url).pathname}`))
  return { routes }
}

function show(c: Context<Bindings>, node: Node): Response {
  const picked = pick(node, c.req.query('fields'))
  return 'unknown' in picked ? noField(c, picked.unknown, node.kind.name) : answer(c, picked.shown)
}

/** Calls are counted per WABA; a business counts for itself. */
const usageId = ({ row }: Node) => (typeof row.waba_id === 'string' ? row.waba_id : row.id)
