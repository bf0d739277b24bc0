import type { Finding } from '../flows/engine/types.ts'
import type { Texts } from './texts.ts'
import { showEvidence } from './words.ts'

/**
 * A platform's word as people read it, with its own spelling behind: `high (GREEN)`. A word that nobody told us about is
 * shown as it came. `fact` says what it is about: `quality`, `hub_status`.
 */
export function platformWord(texts: Texts, fact: string, raw: string): string
export function platformWord(texts: Texts, fact: string, raw: string | undefined): string | undefined
export function platformWord(texts: Texts, fact: string, raw: string | undefined): string | undefined {
  if (raw === undefined || !/^\w+$/.test(raw)) return raw
  const key = `desk.platform.${fact}.${raw.toLowerCase()}`
  if (!texts.has(key)) return raw
  const friendly = texts.t(key)
  return friendly.toLowerCase() === raw.toLowerCase() ? raw : `${friendly} (${raw})`
}

/** Evidence in one line, its words with their meaning. */
export function platformEvidence(texts: Texts, values: Finding['evidence'] = {}): string {
  return Object.entries(values)
    .map(([fact, value]) =>
      showEvidence(texts, fact, typeof value === 'string' ? platformWord(texts, fact, value) : value),
    )
    .join(', ')
}
