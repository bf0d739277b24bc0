import { z } from 'zod'
import type { TemplateCounts, TemplateSeen } from '../facts.ts'
import { given, id, maybeText, maybeTime } from '../loose.ts'
import { countTemplates, type Template, templateShape } from '../template.ts'
import { type TemplateName, templateSeen } from '../template-seen.ts'
import type { HubLine } from './line.ts'
import { all, type ListQuery, rows } from './lists.ts'

/** What a new template is made of (platform/360dialog.md 2.9). */
export interface TemplateDraft {
  name: string
  /** `de`, `pt_BR` … */
  language: string
  /** `AUTHENTICATION`, `MARKETING`, `UTILITY`. */
  category: string
  /** In Meta's shape. */
  components: unknown[]
  allowCategoryChange?: boolean
}

/** The templates of a WABA, by the Hub's WABA id. */
export interface HubTemplates {
  /** LK-TPL; the words for status stay as the Hub writes them, in lower case. */
  list(wabaId: string, query?: ListQuery): AsyncIterable<Template>
  count(wabaId: string): Promise<TemplateCounts>
  /** The one of that name. */
  named(wabaId: string, name: TemplateName): Promise<TemplateSeen | undefined>
  /** Hands one in for review. Not to be repeated blindly: the name is taken from then on. */
  create(wabaId: string, draft: TemplateDraft): Promise<Template>
  update(
    wabaId: string,
    id: string,
    change: { components: unknown[]; allowCategoryChange?: boolean },
  ): Promise<Template | undefined>
  remove(wabaId: string, id: string): Promise<void>
}

export function hubTemplates({ http, at }: HubLine): HubTemplates {
  const path = (wabaId: string, ...more: string[]) => at('waba_accounts', wabaId, 'waba_templates', ...more)
  const call = { account: 'templates', pace: { key: 'templates', calls: 400, perMs: 60_000 } }
  async function* list(wabaId: string, query: ListQuery = {}) {
    const where = { row: template, collection: 'waba_templates', key: (row: Template) => row.id, limit: 100 }
    yield* rows(http, path(wabaId), { ...where, ...query, call })
  }
  return {
    list,
    count: async (wabaId) => countTemplates(await all(list(wabaId))),
    named: async (wabaId, name) => templateSeen(await all(list(wabaId)), name),
    create: async (wabaId, { allowCategoryChange, ...draft }) =>
      http.post(path(wabaId), {
        schema: template,
        body: { ...draft, ...given({ allow_category_change: allowCategoryChange }) },
      }),
    update: async (wabaId, id, { components, allowCategoryChange }) =>
      http.patch(path(wabaId, id), {
        schema: maybeTemplate,
        body: { components, ...given({ allow_category_change: allowCategoryChange }) },
      }),
    remove: async (wabaId, id) => {
      await http.delete(path(wabaId, id), { schema: z.unknown() })
    },
  }
}

/** A template of the Hub (platform/360dialog.md 2.9). */
export const template = z
  .looseObject({ id, external_id: maybeText, modified_at: maybeTime, ...templateShape })
  .transform(
    ({ id, external_id, modified_at, quality_score, rejected_reason, components, ...row }): Template =>
      given({
        id,
        externalId: external_id,
        name: row.name,
        language: row.language,
        category: row.category,
        status: row.status,
        quality: quality_score?.score,
        rejectedReason: rejected_reason,
        changedAt: modified_at,
        components: components ?? undefined,
      }),
  )

/** What an edit answers was not seen: the template, or a bare "done". */
const maybeTemplate = z.union([template, z.unknown().transform(() => undefined)])
