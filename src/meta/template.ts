import { z } from 'zod'
import type { TemplateCounts } from './facts.ts'
import { maybeText } from './loose.ts'

/** A message template, as either platform tells it. Words stay as they came: 360dialog writes status in lower case. */
export interface Template {
  id: string
  /** Meta's id, where the Hub tells both. */
  externalId?: string
  name?: string
  language?: string
  category?: string
  status?: string
  /** `GREEN`, `YELLOW`, `RED`, `UNKNOWN`. */
  quality?: string
  rejectedReason?: string
  /** ISO 8601; only the Hub tells it. */
  changedAt?: string
  /** In Meta's shape. */
  components?: unknown[]
}

/** What both platforms write alike. */
export const templateShape = {
  name: maybeText,
  language: maybeText,
  category: maybeText,
  status: maybeText,
  rejected_reason: maybeText,
  quality_score: z.looseObject({ score: maybeText }).nullish(),
  components: z.array(z.unknown()).nullish(),
}

/**
 * Only approved templates of high quality come along when a number moves (platform/meta.md 4.3, procedures.md 0.8 K3).
 */
export function comesAlong({ status = '', quality = '' }: Template): boolean {
  return status.toUpperCase() === 'APPROVED' && quality.toUpperCase() === 'GREEN'
}

const mostNames = 25

/** What keeps a template from coming along: its status, else its quality. */
function keptBy({ name = '?', status = '?', quality = 'UNKNOWN' }: Template): { name: string; why: string } {
  return { name, why: status.toUpperCase() === 'APPROVED' ? quality.toUpperCase() : status.toUpperCase() }
}

export function countTemplates(templates: readonly Template[]): TemplateCounts {
  const coming = templates.filter(comesAlong)
  const staying = templates.filter((template) => !comesAlong(template))
  return {
    total: templates.length,
    byStatus: counted(templates.map(({ status = 'unknown' }) => status)),
    byQuality: counted(templates.map(({ quality = 'UNKNOWN' }) => quality)),
    eligible: coming.length,
    coming: coming.slice(0, mostNames).map(({ name = '?' }) => name),
    staying: staying.slice(0, mostNames).map(keptBy),
  }
}

function counted(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
