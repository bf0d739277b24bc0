import { parsePhone } from '../../cases/phone.ts'
import { type Family, families, fitsSomeKind } from '../../notify/families.ts'
import { severities } from '../../notify/notice.ts'
import type { MuteScope, Subscription } from '../../notify/notices.ts'

/** What a person typed, understood; or what was wrong with it: a text under `notice-desk.problems.*` and the word it is about. */
export type Understood<T> = ({ ok: true } & T) | { ok: false; problem: string; word: string }

const wrong = (problem: string, word = '') => ({ ok: false, problem, word }) as const

/** Longest text that a subscription looks for, and longest wish for a mute that is read. */
const longestText = 100
const longestRequest = 600

/**
 * Reads `templates quality critical @DE Acme`: families and kinds of notices (`template-*`), severities, `@` and a
 * country; all other words are looked for in the notices.
 */
export function readSubscription(words: string): Understood<{ match: Subscription['match'] }> {
  const kinds = new Set<string>()
  const wantedSeverities = new Set<string>()
  const countries = new Set<string>()
  const rest: string[] = []
  for (const word of words.split(/[\s,]+/).filter(Boolean)) {
    const small = word.toLowerCase()
    if (word.startsWith('@')) {
      const country = countryOf(word.slice(1))
      if (country === undefined) return wrong('country', word)
      countries.add(country)
    } else if (severities.some((severity) => severity === small)) {
      wantedSeverities.add(small)
    } else if (isFamily(small)) {
      for (const kind of families[small]) kinds.add(kind)
    } else if (fitsSomeKind(small)) {
      kinds.add(small)
    } else if (word.includes('*')) {
      return wrong('kind', word)
    } else {
      rest.push(word)
    }
  }
  const text = rest.join(' ')
  if (text.length > longestText) return wrong('text', text.slice(0, 40))
  const match = {
    ...(kinds.size && { kinds: [...kinds] }),
    ...(wantedSeverities.size && { severities: [...wantedSeverities] }),
    ...(countries.size && { countries: [...countries] }),
    ...(text && { text }),
  }
  return Object.keys(match).length ? { ok: true, match } : wrong('subscribe')
}

export const isFamily = (word: string): word is Family => Object.hasOwn(families, word)

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** By the code that numbers have: `UK` is `GB`. */
function countryOf(code: string): string | undefined {
  if (!/^[a-z]{2}$/i.test(code) || regions.of(code.toUpperCase()) === undefined) return undefined
  return new Intl.Locale(`und-${code}`).region
}

const units: Record<string, number> = { m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** `1h`, `30 min`, `3d` in ms; `undefined` when it is none. */
export function readLength(text: string): number | undefined {
  const [, amount = '', unit = ''] = /^(\d{1,5})\s*([a-z]+)$/i.exec(text.trim()) ?? []
  const size = units[unit.toLowerCase()]
  return size === undefined || Number(amount) === 0 ? undefined : Number(amount) * size
}

/** Reads `+49 30 1234567 for 3d we are moving it`: what shall be silent, how long in ms, and why. */
export function readMute(words: string): Understood<{ scope: MuteScope; length: number; reason: string }> {
  const [, what = '', amount = '', unit = '', reason = ''] =
    /^(.+?)\s+for\s+(\S*\d)\s*([a-z]*)(?:\s+([\s\S]*))?$/i.exec(words.trim().slice(0, longestRequest)) ?? []
  if (!what) return wrong('mute')
  const length = readLength(amount + unit)
  if (length === undefined) return wrong('length', amount + unit)
  const scope = readScope(what.trim())
  if (!scope) return wrong('what', what.slice(0, 40))
  if (!reason.trim()) return wrong('reason')
  return { ok: true, scope, length, reason: reason.trim() }
}

function readScope(what: string): MuteScope | undefined {
  const small = what.toLowerCase()
  if (small === 'meta') return { source: 'meta' }
  if (small === 'hub' || small === '360dialog') return { source: 'hub' }
  const [, type, id] = /^(waba|client|partner)[\s:]+([\w-]{1,64})$/i.exec(what) ?? []
  if (type && id) return { subject: `${type.toLowerCase()}:${id}` }
  // Everything at once is silenced a platform at a time, so that nobody does it by accident.
  if (/\w/.test(small) && fitsSomeKind(small)) return { kind: small }
  const phone = parsePhone(what)
  return phone.ok ? { subject: `phone:${phone.digits}` } : undefined
}

/** Reads the number of an entry in a list: `12`, `#12`. */
export const readEntry = (words: string): number | undefined => {
  const [, digits] = /^#?(\d{1,9})$/.exec(words.trim()) ?? []
  return digits === undefined ? undefined : Number(digits)
}
