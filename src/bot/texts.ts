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
  const has = (key: string | readonly string[]) => i18n.exists(typeof key === 'string' ? key : [...key])
  return {
    language,
    has,
    t: (key, params = {}) => i18n.t(typeof key === 'string' ? key : [...key], params),
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
