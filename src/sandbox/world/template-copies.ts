import type { Ground } from '../ground.ts'
import { hubId, metaId } from './ids.ts'
import type { TemplateRow } from './rows.ts'
import { templateOwner, templatesOfAccount } from './template-life.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

/** The most templates of one WABA (meta.md 2). */
export const mostTemplates = 250

/** When Meta looks at the category of a copy again. */
const recheckMs = 3_600_000

export interface Copying {
  /** Meta WABA ids. */
  from: string
  to: string
  /** Quality scores of templates that come along. */
  wanted: string[]
  /** Which of them, by Meta's template id; all when not given. */
  only?: string[]
  /** Says of each asked-for template that stays why it stays. */
  explain?: boolean
}

/** What became of them, by Meta's id of the original. */
export interface Copied {
  copied: string[]
  failed: Record<string, string>
}

/**
 * Approved templates of good quality are made again in another WABA: as many as fit, none over one of the same name
 * (meta.md 4.3). Copies start approved with quality unknown; a misfiled one is rejected when its category is looked at.
 */
export function copyTemplates(
  ground: Ground,
  world: World,
  { from, to, wanted, only, explain = false }: Copying,
): Copied {
  const result: Copied = { copied: [], failed: {} }
  for (const row of templatesOfAccount(world, from)) {
    if (only && !only.includes(row.external_id)) continue
    const there = templatesOfAccount(world, to)
    const good = row.status === 'APPROVED' && wanted.includes(row.quality_score?.score ?? 'UNKNOWN')
    const taken = there.some(({ name, language }) => name === row.name && language === row.language)
    if (!good && explain) result.failed[row.external_id] = 'The template is not approved, or its quality is low.'
    if (!good || taken) continue
    if (there.length >= mostTemplates) {
      result.failed[row.external_id] = 'The destination has 250 templates already.'
      continue
    }
    copy(ground, world, row, to)
    result.copied.push(row.external_id)
  }
  return result
}

function copy(ground: Ground, world: World, row: TemplateRow, to: string) {
  const now = zuluTime(ground.clock.now())
  const waba = world.wabas.get(templateOwner(world, to))
  const made: TemplateRow = {
    ...row,
    id: hubId('WT', 22),
    external_id: metaId(),
    partner_id: waba?.partner_id ?? '',
    waba_account_id: templateOwner(world, to),
    namespace: String(world.accounts.get(to)?.message_template_namespace ?? row.namespace),
    quality_score: { reasons: null, score: 'UNKNOWN' },
    created_at: now,
    modified_at: now,
  }
  world.templates.set(made.id, made)
  if (row.misfiled) world.agenda.in(recheckMs, 'template-rechecked', made.id)
}
