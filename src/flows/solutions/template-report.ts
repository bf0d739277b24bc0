import type { TemplateCounts } from '../../meta/facts.ts'
import type { Finding } from '../engine/types.ts'

/** What became of the templates that were to come along (procedures.md ms-s6). */
export interface TemplateReport {
  arrived: string[]
  /** There, but rejected when their category was looked at. */
  rejected: string[]
  missing: string[]
}

/**
 * Compares a WABA's templates with those of the one that its number moved to. Nothing when the destination has more
 * templates than are listed by name: then what is not listed may still be there.
 */
export function templateReport(before: TemplateCounts, after: TemplateCounts): TemplateReport | undefined {
  const there = new Map([
    ...(after.coming ?? []).map((name) => [name, 'APPROVED'] as const),
    ...(after.staying ?? []).map(({ name, why }) => [name, why] as const),
  ])
  if (there.size < after.total && before.coming?.some((name) => !there.has(name))) return undefined
  const report: TemplateReport = { arrived: [], rejected: [], missing: [] }
  for (const name of before.coming ?? []) {
    const status = there.get(name)
    const place = status === undefined ? 'missing' : status === 'REJECTED' ? 'rejected' : 'arrived'
    report[place].push(name)
  }
  return report
}

/** The report in evidence: counts, and the names of those that have to be made again. */
export function reportEvidence({ arrived, rejected, missing }: TemplateReport): NonNullable<Finding['evidence']> {
  return {
    templates_arrived: arrived.length,
    ...(rejected.length > 0 && { templates_rejected: rejected.join(', ') }),
    ...(missing.length > 0 && { templates_missing: missing.join(', ') }),
  }
}
