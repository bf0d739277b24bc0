import { z } from 'zod'
import type { Ground } from '../ground.ts'
import type { TemplateRow } from './rows.ts'
import { submitTemplate, templateOwner } from './template-life.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

export const components = z.array(z.looseObject({ type: z.string().min(1) })).min(1)

/** What a new template has to say of itself (360dialog.md 2.9, meta.md 3.11). */
export const newTemplate = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'small letters, digits and underscores'),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'such as en or pt_BR'),
  category: z.enum(['AUTHENTICATION', 'MARKETING', 'UTILITY']),
  components,
})

type NewTemplate = z.output<typeof newTemplate>

/** A deleted template keeps its name for 30 days. */
const goingMs = 30 * 86_400_000

export const nameIsGoing = (ground: Ground, world: World, account: string, { name, language }: NewTemplate) =>
  (world.gone.get(`${account}/${name}/${language}`) ?? Number.NEGATIVE_INFINITY) > ground.clock.now() - goingMs

export const takenBy = (rows: TemplateRow[], { name, language }: NewTemplate) =>
  rows.find((row) => row.name === name && row.language === language)

/** A template is handed in for a WABA by its Meta id. */
export function makeTemplate(
  ground: Ground,
  world: World,
  account: string,
  given: NewTemplate,
  ids: { id: string; external_id: string },
): TemplateRow {
  const owner = templateOwner(world, account)
  const waba = world.wabas.get(owner)
  const now = zuluTime(ground.clock.now())
  const row = submitTemplate(world, {
    ...ids,
    ...given,
    partner_id: waba?.partner_id ?? '',
    waba_account_id: owner,
    status: 'SUBMITTED',
    namespace: waba?.namespace ?? '',
    rejected_reason: null,
    quality_score: null,
    created_at: now,
    modified_at: now,
  })
  ground.changed()
  return row
}
