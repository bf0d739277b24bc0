import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { Bindings } from '../world/door.ts'
import { hubId, metaId } from '../world/ids.ts'
import type { TemplateRow, WabaRow } from '../world/rows.ts'
import { mostTemplates } from '../world/template-copies.ts'
import { submitTemplate, templatesOfAccount } from '../world/template-life.ts'
import { components, makeTemplate, nameIsGoing, newTemplate, takenBy } from '../world/template-making.ts'
import { zuluTime } from '../world/times.ts'
import type { World } from '../world/world.ts'
import { answer, done, notFound, tooMany, wrongPayload } from './answers.ts'
import { filterKeys } from './filter-keys.ts'
import { limiter } from './limiter.ts'
import { list } from './list.ts'
import { templateView } from './views.ts'

const day = 86_400_000
const edit = z.strictObject({ components, allow_category_change: z.boolean().optional() })

/** Templates of a WABA (360dialog.md 2.9). Mounted at `/waba_accounts/:w/waba_templates`. */
export function templateRoutes(ground: Ground, world: World): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  const calls = limiter(ground.clock, { max: 400, perMs: 60_000 })
  const wabaOf = (c: Context<Bindings>): WabaRow | undefined => {
    const waba = world.wabas.get(c.req.param('w') ?? '')
    return waba?.partner_id === c.var.partner ? waba : undefined
  }
  const templateOf = (c: Context<Bindings>): TemplateRow | undefined => {
    const row = world.templates.get(c.req.param('t') ?? '')
    return row && row.waba_account_id === wabaOf(c)?.id ? row : undefined
  }

  routes.get('/', (c) => {
    const waba = wabaOf(c)
    if (!waba) return notFound(c)
    if (world.switches.get('rate') !== false && !calls(c.var.partner)) return tooMany(c)
    return templateList(c, world, waba)
  })
  routes.post('/', async (c) => {
    const waba = wabaOf(c)
    return waba ? createTemplate(c, { ground, world, waba }) : notFound(c)
  })
  routes.patch('/:t', async (c) => {
    const row = templateOf(c)
    const given = edit.safeParse(await c.req.json().catch(() => undefined)).data
    if (!row) return notFound(c)
    if (!given) return wrongPayload(c, 'only components and allow_category_change can be changed')
    const now = ground.clock.now()
    const edits = (row.edits ?? []).filter((at) => at > now - 30 * day)
    const tooSoon = row.status === 'APPROVED' && edits.some((at) => at > now - day)
    if (tooSoon || edits.length >= 10) return wrongPayload(c, 'the template was edited too often')
    const changed = { ...row, components: given.components, edits: [...edits, now], modified_at: zuluTime(now) }
    const submitted = submitTemplate(world, changed)
    ground.changed()
    return answer(c, templateView(submitted))
  })
  routes.delete('/:t', (c) => {
    const row = templateOf(c)
    return row ? deleteTemplates(c, { ground, world, rows: [row] }) : notFound(c)
  })
  return routes
}

export const templateList = (c: Context<Bindings>, world: World, waba: WabaRow) =>
  list(c, {
    collection: 'waba_templates',
    rows: world.templates
      .values()
      .filter((template) => template.waba_account_id === waba.id)
      .map(templateView),
    filterKeys: filterKeys.waba_templates,
    aliases: { 'business_templates.name': 'name' },
  })

interface Work {
  ground: Ground
  world: World
}

/** Hands a template in; the answer is shorter where the Messaging API gives it. */
export async function createTemplate(
  c: Context<Bindings>,
  { ground, world, waba, brief = false }: Work & { waba: WabaRow; brief?: boolean },
): Promise<Response> {
  const given = newTemplate.safeParse(await c.req.json().catch(() => undefined))
  if (!given.success) {
    return wrongPayload(c, ...given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  }
  const there = templatesOfAccount(world, waba.external_id)
  if (there.length >= mostTemplates) return wrongPayload(c, '(#100) 2388019: 250 message templates are reached')
  if (nameIsGoing(ground, world, waba.external_id, given.data)) {
    return wrongPayload(c, '(#100) 2388023: the template is being deleted')
  }
  if (takenBy(there, given.data)) return wrongPayload(c, '(#100) 2388024: the template name is already in use')
  const ids = { id: hubId('WT', 22), external_id: metaId() }
  const row = makeTemplate(ground, world, waba.external_id, given.data, ids)
  if (!brief) return answer(c, templateView(row), 201)
  const { name, language, category, status, namespace } = row
  return answer(
    c,
    { id: row.id, name, language, category, namespace, components: row.components, status: status.toLowerCase() },
    201,
  )
}

/** Takes templates of one name away; the name is blocked for 30 days. */
export function deleteTemplates(
  c: Context<Bindings>,
  { ground, world, rows }: Work & { rows: TemplateRow[] },
): Response {
  for (const row of rows) {
    world.templates.delete(row.id)
    const account = world.wabas.get(row.waba_account_id)?.external_id ?? row.waba_account_id
    world.gone.set(`${account}/${row.name}/${row.language}`, ground.clock.now())
  }
  ground.changed()
  return done(c, `template name=${rows[0]?.name} was deleted`)
}
