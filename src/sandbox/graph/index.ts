import { type Context, Hono } from 'hono'
import type { Ground } from '../ground.ts'
import { type Bindings, door } from '../world/door.ts'
import type { World } from '../world/world.ts'
import { answer, badParameter, badToken, noField, noObject, refuse, usageHeader } from './answers.ts'
import { edge } from './edge.ts'
import { account, business } from './fields.ts'
import { accountsOf, type Node, nodeOf, numbersOf, pick, templatesOf } from './nodes.ts'

/** A fake Meta Graph for the little world. Mounted at `/graph`; the path goes on with the version, `/v26.0/…`. */
export function fakeGraph(ground: Ground, world: World): { routes: Hono<Bindings> } {
  const routes = new Hono<Bindings>()
  routes.use('*', door(ground, { system: 'graph', refuse }))
  routes.use('*', async (c, next) => {
    const given = c.req.header('authorization')?.replace(/^bearer\s+/i, '') ?? c.req.query('access_token')
    if (given !== ground.secrets.graphToken) return badToken(c)
    await next()
  })
  routes.get('/:version{v[0-9]+\\.[0-9]+}/debug_token', (c) => debugToken(c, ground, world))
  routes.get('/:version{v[0-9]+\\.[0-9]+}/:id', (c) => {
    const node = nodeOf(world, c.req.param('id'))
    if (!node) return noObject(c, c.req.param('id'))
    usageHeader(c, usageId(node))
    const picked = pick(node, c.req.query('fields'))
    return 'unknown' in picked ? noField(c, picked.unknown, node.kind.name) : answer(c, picked.shown)
  })
  routes.get('/:version{v[0-9]+\\.[0-9]+}/:id/:edge', (c) => {
    const { id, edge: name } = c.req.param()
    const node = nodeOf(world, id)
    if (!node) return noObject(c, id)
    usageHeader(c, usageId(node))
    return edgeOf(c, world, node, name) ?? noField(c, name, node.kind.name)
  })
  routes.get('*', (c) => badParameter(c, `Unknown path components: ${new URL(c.req.url).pathname}`))
  routes.all('*', (c) => {
    const call = `${c.req.method} ${new URL(c.req.url).pathname}`
    return badParameter(c, `Unsupported request: this Graph only reads, it has no ${call}`)
  })
  return { routes }
}

function edgeOf(c: Context<Bindings>, world: World, { kind, row }: Node, name: string): Response | undefined {
  if (kind === account) {
    if (name === 'phone_numbers') return edge(c, numbersOf(world, row.id))
    if (name === 'message_templates') return edge(c, templatesOf(world, row.id).filter(asked(c)))
    if (name === 'subscribed_apps') return answer(c, { data: [{ whatsapp_business_api_data: app }] })
  }
  if (kind === business) {
    if (name === 'owned_whatsapp_business_accounts') return edge(c, accountsOf(world, row.id, 'owned'))
    if (name === 'client_whatsapp_business_accounts') return edge(c, accountsOf(world, row.id, 'client'))
  }
  return undefined
}

/** `status`, `category`, `language` and `name` narrow the list of templates (meta.md 3.11). */
function asked(c: Context<Bindings>) {
  const wanted = ['status', 'category', 'language', 'name'].flatMap((key) => {
    const value = c.req.query(key)
    return value ? [[key, value] as const] : []
  })
  return ({ row }: Node) => wanted.every(([key, value]) => row[key] === value)
}

const app = { id: '440019283746551', name: 'Portdesk sandbox', link: 'https://portdesk.example' }

function debugToken(c: Context<Bindings>, ground: Ground, world: World): Response {
  const is_valid = c.req.query('input_token') === ground.secrets.graphToken
  const target_ids = world.accounts.values().map(({ id }) => id)
  const scope = 'whatsapp_business_management'
  const known = { scopes: [scope], granular_scopes: [{ scope, target_ids }], user_id: '61000000000001' }
  return answer(c, {
    data: {
      app_id: app.id,
      type: 'SYSTEM_USER',
      application: app.name,
      expires_at: 0,
      is_valid,
      ...(is_valid && known),
    },
  })
}

/** Calls are counted per WABA; a business counts for itself. */
const usageId = ({ row }: Node) => (typeof row.waba_id === 'string' ? row.waba_id : row.id)
