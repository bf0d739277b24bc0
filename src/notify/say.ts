import { minorUnits } from '../meta/money.ts'
import { displayPhone } from '../meta/phone.ts'
import type { Line } from './group.ts'

/** The words of one language, as far as notices need them; dates are shown in the room's time zone. */
export interface LineTexts {
  t(key: string, params?: Record<string, string | number>): string
  has(key: string): boolean
  /** `at` in ms since the epoch. */
  time(at: number): string
  /** From `2026-12-02`. */
  date(day: string): string
  /** `amount` in minor units. */
  money(amount: number, currency: string): string
}

type Said = Pick<Line, 'kind' | 'params'> & Partial<Pick<Line, 'clientName' | 'count' | 'template'>>

/**
 * A line in words: `notices.kinds.<kind>.text`, or the template that the set-up has for it. Placeholders are `{{name}}`; a
 * part in square brackets is left out when something in it is not known: `Template {{name}}[: {{reason}}].` A `count`
 * chooses the plural form of our own texts and is how often the line was told, or how many things one event told of.
 *
 * Params are plain: `phone` is `+49…`, `date`, `until` and `resumes` are a day or a moment in ISO 8601, `balance` is
 * `-3.20 EUR`; what a platform names by a word of its own is said as `notices.values.<param>.<WORD>` has it, else as the
 * platform spells it.
 */
export function sayLine(line: Said, texts: LineTexts): string {
  const params = { ...line.params, ...meant(line) }
  const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, show(name, value, texts)]))
  return fill(line.template ?? textOf(line.kind, params, texts), shown)
}

function meant({ params, clientName, count }: Said): Record<string, string | number> {
  const many = Math.max(count ?? 1, typeof params.count === 'number' ? params.count : 1)
  return {
    ...(params.count !== undefined && { count: many }),
    client: params.client || clientName || '',
  }
}

/** Our text with its placeholders still in it, in the right plural form. */
function textOf(kind: string, params: Record<string, string | number>, texts: LineTexts): string {
  const key = `notices.kinds.${kind}.text`
  if (!texts.has(key) && !texts.has(`${key}_other`)) return kind
  const kept = Object.entries(params).map(([name, value]) => [name, name === 'count' ? value : `{{${name}}}`])
  return texts.t(key, Object.fromEntries(kept))
}

const placeholder = /\{\{\s*(\w+)\s*\}\}/g

function fill(text: string, shown: Record<string, string>): string {
  const whole = text.replace(/\[([^[\]]*)\]/g, (bracketed, inside: string) => {
    const names = [...inside.matchAll(placeholder)].map(([, name = '']) => name)
    if (names.length === 0) return bracketed
    return names.every((name) => shown[name]) ? inside : ''
  })
  return whole.replace(placeholder, (_, name: string) => shown[name] ?? '').trim()
}

function show(name: string, value: string | number, texts: LineTexts): string {
  if (typeof value === 'number') return String(value)
  return formats[name]?.(value, texts) ?? inWords(name, value, texts)
}

const formats: Record<string, (value: string, texts: LineTexts) => string | undefined> = {
  phone: (value) => (/^\+\d{7,15}$/.test(value) ? displayPhone(value.slice(1)) : undefined),
  date: showTime,
  until: showTime,
  resumes: showTime,
  balance: showMoney,
}

function showTime(value: string, texts: LineTexts): string | undefined {
  const at = /^\d{4}-\d\d-\d\d(T.*)?$/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at)) return undefined
  return value.includes('T') ? texts.time(at) : texts.date(value)
}

function showMoney(value: string, texts: LineTexts): string | undefined {
  const [, amount = '', currency = ''] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value) ?? []
  const minor = currency ? minorUnits(amount, currency) : undefined
  return minor === undefined ? undefined : texts.money(minor, currency)
}

/** One word of a platform, or several with commas between. */
function inWords(name: string, value: string, texts: LineTexts): string {
  const known = (word: string) => {
    const key = `notices.values.${name}.${word.replaceAll(' ', '_')}`
    return /^[\w -]{1,80}$/.test(word) && texts.has(key) ? texts.t(key) : word
  }
  return value.split(', ').map(known).join(', ')
}
