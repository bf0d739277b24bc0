import { readdirSync, readFileSync } from 'node:fs'
import { createInstance } from 'i18next'
import { parse } from 'yaml'

/** The texts of one language, with dates for one time zone. */
export interface Texts {
  language: string
  /** A text by its key, or by the first of several keys that exists. */
  t(key: string | readonly string[], params?: Record<string, string | number>): string
  has(key: string | readonly string[]): boolean
  /** `2 Dec, 14:05`. `at` in ms since the epoch. */
  time(at: number): string
  /** `2 December 2026` from `2026-12-02`. */
  date(day: string): string
  /** `3 min ago`, `in 2 days`. */
  relative(at: number, now: number): string
  /** `12.50 EUR`; `amount` in minor units. */
  money(amount: number, currency: string): string
}

export type TextsOf = (language: string, timeZone: string) => Texts

/**
 * Loads `locales/<language>/<name>.yaml`; a file's texts are under its name. A language that is not there falls back to
 * English, and so does a missing text.
 */
export function openTexts(folder: URL): TextsOf {
  const languages = readdirSync(folder)
  const resources = Object.fromEntries(languages.map((language) => [language, { translation: load(folder, language) }]))
  const made = new Map<string, Texts>()
  return (wanted, timeZone) => {
    const language = languages.includes(wanted) ? wanted : 'en'
    const key = `${language} ${timeZone}`
    const texts = made.get(key) ?? textsIn(language, timeZone, resources)
    made.set(key, texts)
    return texts
  }
}

function load(folder: URL, language: string): Record<string, unknown> {
  const files = readdirSync(new URL(`${language}/`, folder)).filter((name) => name.endsWith('.yaml'))
  return Object.fromEntries(
    files.map((name) => [name.slice(0, -5), parse(readFileSync(new URL(`${language}/${name}`, folder), 'utf8'))]),
  )
}

type Resources = Record<string, { translation: Record<string, unknown> }>

function textsIn(language: string, timeZone: string, resources: Resources): Texts {
  const i18n = createInstance()
  // Cards hold plain text; each surface escapes it. `initAsync` off: the texts are here already.
  void i18n.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    resources,
    interpolation: { escapeValue: false },
  })
  const clock = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  const has = remembered((key) => i18n.exists(key))
  const plain = remembered((key) => i18n.t(key))
  const template = remembered((key) => {
    const text = i18n.t(key, { skipInterpolation: true })
    return isSimple(text) ? text : null
  })
  return {
    language,
    has: (key) => (typeof key === 'string' ? has(key) : key.some(has)),
    t(key, params) {
      // A count chooses among keys, which `has` does not know.
      if (params && 'count' in params) return i18n.t([key].flat(), params)
      const found = typeof key === 'string' ? key : (key.find(has) ?? key.at(-1) ?? '')
      if (!params) return plain(found)
      const simple = template(found)
      return simple?.replaceAll(valueName, (_, name) => String(params[name] ?? '')) ?? i18n.t(found, params)
    },
    time: (at) => clock.format(at),
    date: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    relative(at, now) {
      const [amount, unit] = distance(at - now)
      return ago.format(amount, unit)
    },
    money(amount, currency) {
      const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' })
      return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    },
  }
}

const valueName = /\{\{([\w-]+)\}\}/g

/** Whether a text holds nothing to fill in but names of values. */
const isSimple = (template: string) => !/\{\{|\$t\(/.test(template.replaceAll(valueName, ''))

/** Looking a text up takes longer than all else about a card. Keys come from values of the platforms, too: not too many. */
function remembered<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const value = find(key)
    if (known.size < 10_000) known.set(key, value)
    return value
  }
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

function distance(ms: number): [number, Intl.RelativeTimeFormatUnit] {
  const [unit, size] = units.find(([, each]) => Math.abs(ms) >= each) ?? units[3]
  return [Math.trunc(ms / size) || 0, unit]
}
