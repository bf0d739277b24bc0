import type { TemplateCounts } from '../meta/facts.ts'
import type { Finding, View } from './engine/types.ts'

/** How many templates come along when a number moves, and how many stay (procedures.md 1, "What moves"; 0.8 K3). */
export function comingAlong({ total, eligible = 0 }: TemplateCounts): { coming: number; staying: number } {
  return { coming: eligible, staying: total - eligible }
}

/** The same by name, with what keeps those that stay: their status, or their quality. */
export function previewTexts({ facts: { templates } }: View): NonNullable<Finding['evidence']> {
  const { coming = 0, staying = 0 } = templates ? comingAlong(templates) : {}
  return {
    coming,
    staying,
    come: listed(templates?.coming ?? [], coming),
    stay: listed(
      (templates?.staying ?? []).map(({ name, why }) => `${name} (${why})`),
      staying,
    ),
  }
}

/** Only the first names are kept; the rest is counted. */
function listed(names: readonly string[], total: number): string {
  if (total === 0 || names.length === 0) return '-'
  const more = total - names.length
  return more > 0 ? `${names.join(', ')} +${more}` : names.join(', ')
}
