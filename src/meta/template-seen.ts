import type { TemplateSeen } from './facts.ts'
import { given } from './loose.ts'
import type { Template } from './template.ts'

/** What names a template: its name and, where somebody said it, its language. */
export interface TemplateName {
  name: string
  language?: string
}

/** Reads `order_update, de` as people write it; undefined where no name of a template is in it. */
export function templateNamed(text: string): TemplateName | undefined {
  const [name, ...rest] = text
    .toLowerCase()
    .split(/[^a-z0-9_-]+/)
    .filter(Boolean)
  if (name === undefined) return undefined
  const language = rest.map((word) => word.replace('-', '_')).find((word) => /^[a-z]{2,3}(_[a-z]{2,4})?$/.test(word))
  return given({ name, language })
}

/** The template that is meant; of several languages, the one that was changed last. */
export function templateSeen(all: readonly Template[], { name, language }: TemplateName): TemplateSeen | undefined {
  const meant = all.filter((one) => one.name?.toLowerCase() === name && speaks(one, language))
  const [newest] = meant.sort((a, b) => (b.changedAt ?? '').localeCompare(a.changedAt ?? ''))
  if (newest === undefined) return undefined
  const { status, rejectedReason, changedAt } = newest
  const reason = rejectedReason === 'NONE' ? undefined : rejectedReason
  return given({ name, language: newest.language, status: status?.toUpperCase(), reason, changedAt })
}

/** `pt` also means `pt_BR`. */
function speaks({ language = '' }: Template, wanted: string | undefined): boolean {
  const own = language.toLowerCase()
  return wanted === undefined || own === wanted || own.startsWith(`${wanted}_`)
}
