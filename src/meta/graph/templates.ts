import { z } from 'zod'
import type { TemplateCounts } from '../facts.ts'
import { given, id } from '../loose.ts'
import { countTemplates, type Template, templateShape } from '../template.ts'
import { everyone, type GraphLine, type Node } from './line.ts'

/** Which templates to list; Meta compares for equality. */
export interface TemplateFilter {
  status?: string
  category?: string
  language?: string
  name?: string
}

export interface MigrateTemplates {
  sourceWabaId: string
  /** Counts from 0. */
  page?: number
  /** Templates in one page, at most 500; fewer when a call runs into its time limit. */
  count?: number
  /** Only these, to try them again. */
  templateIds?: string[]
}

/** Which templates were made anew in the destination, and why others were not. */
export interface MigratedTemplates {
  migrated: string[]
  failed: { id: string; reason?: string }[]
}

/** Templates as Meta keeps them (platform/meta.md 3.11). */
export interface GraphTemplates {
  /** MK-TPL, page by page. */
  list(wabaId: string, filter?: TemplateFilter): AsyncIterable<Template>
  count(wabaId: string): Promise<TemplateCounts>
  /** Makes the templates of one WABA anew in another one of the same business; takes up to half a minute. */
  migrate(wabaId: string, from: MigrateTemplates): Promise<MigratedTemplates>
}

const migrationTimeMs = 45_000

export function graphTemplates(line: GraphLine): GraphTemplates {
  const list = (wabaId: string, filter: TemplateFilter = {}) =>
    line.walk(wabaId, 'message_templates', template, { ...filter })
  return {
    list,
    count: async (wabaId) => countTemplates(await everyone(list(wabaId))),
    migrate: (wabaId, { sourceWabaId, page, count, templateIds }) =>
      line.post([wabaId, 'migrate_message_templates'], {
        schema: migratedTemplates,
        body: {
          source_waba_id: sourceWabaId,
          ...given({ page_number: page, count, template_ids: templateIds }),
        },
        timeoutMs: migrationTimeMs,
      }),
  }
}

/** MK-TPL. */
export const template: Node<Template> = {
  fields: ['id', 'name', 'language', 'status', 'category', 'quality_score', 'rejected_reason'],
  schema: z.looseObject({ id, ...templateShape }).transform(
    ({ id, name, language, category, status, quality_score, rejected_reason, components }): Template =>
      given({
        id,
        name,
        language,
        category,
        status,
        quality: quality_score?.score,
        rejectedReason: rejected_reason,
        components: components ?? undefined,
      }),
  ),
}

/** The documentation shows `failed_templates` as a list and, in its sample, as a map. */
export const migratedTemplates = z
  .looseObject({
    migrated_templates: z.array(id),
    failed_templates: z
      .union([
        z.array(id).transform((ids) => ids.map((each): { id: string; reason?: string } => ({ id: each }))),
        z
          .record(z.string(), z.string())
          .transform((reasons) => Object.entries(reasons).map(([key, reason]) => ({ id: key, reason }))),
      ])
      .nullish(),
  })
  .transform((row): MigratedTemplates => ({ migrated: row.migrated_templates, failed: row.failed_templates ?? [] }))
