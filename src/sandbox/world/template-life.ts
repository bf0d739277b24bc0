import type { Ground } from '../ground.ts'
import type { TemplateRow } from './rows.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

/** How long Meta takes to look at a template, on the sandbox's clock (360dialog.md 2.9). */
export const reviewMs = 30_000

/** The templates of a WABA by Meta's id. A WABA that 360dialog does not know keeps them under that id. */
export function templatesOfAccount(world: World, account: string): TemplateRow[] {
  const owners = [account, ...hubWabas(world, account)]
  return world.templates.values().filter(({ waba_account_id }) => owners.includes(waba_account_id))
}

/** Under which id the templates of a WABA are kept. */
export const templateOwner = (world: World, account: string) => hubWabas(world, account)[0] ?? account

const hubWabas = (world: World, account: string) =>
  world.wabas.values().flatMap(({ id, external_id }) => (external_id === account ? [id] : []))

/** Meta's WABA id of a template. */
export const accountOfTemplate = (world: World, { waba_account_id }: TemplateRow) =>
  world.wabas.get(waba_account_id)?.external_id ?? waba_account_id

/** Hands a template in for review: `SUBMITTED` now, `APPROVED` in 30 s unless somebody decides otherwise before. */
export function submitTemplate(world: World, row: TemplateRow): TemplateRow {
  const submitted = { ...row, status: 'SUBMITTED', rejected_reason: null }
  world.templates.set(row.id, submitted)
  world.agenda.in(reviewMs, 'template-reviewed', row.id)
  return submitted
}

/** A template gets another status, and both platforms say so. */
export function templateStatus(ground: Ground, world: World, row: TemplateRow, status: string, reason = 'NONE'): void {
  const now = zuluTime(ground.clock.now())
  world.templates.set(row.id, { ...row, status, rejected_reason: reason, modified_at: now })
  const account = accountOfTemplate(world, row)
  const { id, external_id, name, language } = row
  const template = { id, external_id, name, language, new_status: status, rejected_reason: reason }
  if (row.partner_id) world.webhooks.hub('waba_template_status_changed', { id: account, template }, row.partner_id)
  world.webhooks.meta(account, 'message_template_status_update', {
    event: status,
    ...inMeta(row),
    reason,
    message_template_category: row.category,
  })
  ground.changed()
}

export function templateQuality(ground: Ground, world: World, row: TemplateRow, score: string): void {
  world.templates.set(row.id, { ...row, quality_score: { reasons: null, score } })
  world.webhooks.meta(accountOfTemplate(world, row), 'message_template_quality_update', {
    previous_quality_score: row.quality_score?.score ?? 'UNKNOWN',
    new_quality_score: score,
    ...inMeta(row),
  })
  ground.changed()
}

export function templateCategory(ground: Ground, world: World, row: TemplateRow, category: string): void {
  world.templates.set(row.id, { ...row, category })
  const account = accountOfTemplate(world, row)
  const { id, external_id, name, language } = row
  const template = { id, external_id, name, language, new_category: category }
  if (row.partner_id) world.webhooks.hub('waba_template_category_changed', { id: account, template }, row.partner_id)
  const changed = { previous_category: row.category, new_category: category }
  world.webhooks.meta(account, 'template_category_update', { ...inMeta(row), ...changed })
  ground.changed()
}

/** Meta writes template ids as JSON numbers. */
const inMeta = ({ external_id, name, language }: TemplateRow) => ({
  message_template_id: Number(external_id),
  message_template_name: name,
  message_template_language: language,
})

/** What the agenda does to templates. */
export function templateActs(ground: Ground, world: World) {
  return {
    'template-reviewed': (id: string) => {
      const row = world.templates.get(id)
      if (row?.status === 'SUBMITTED') templateStatus(ground, world, row, 'APPROVED')
    },
    'template-rechecked': (id: string) => {
      const row = world.templates.get(id)
      if (row?.status === 'APPROVED') templateStatus(ground, world, row, 'REJECTED', 'INCORRECT_CATEGORY')
    },
  }
}
