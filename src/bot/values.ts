import { displayPhone } from '../cases/phone.ts'
import type { Finding } from '../flows/engine/types.ts'
import type { Texts } from './texts.ts'

type Values = NonNullable<Finding['evidence']>

const day = /^\d{4}-\d\d-\d\d$/
const moment = /^\d{4}-\d\d-\d\dT/
const phones = /\+(\d{7,15})\b/g
const money = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/

/** A computed value as people read it: days, moments, numbers (`+49…`, also several), money (`12.50 EUR`) and flags in words, everything else as it came. */
export function showValue(texts: Texts, value: Values[string]): string {
  const known = `common.values.${value}`
  if (texts.has(known)) return texts.t(known)
  if (typeof value !== 'string') return String(value)
  if (day.test(value)) return texts.date(value)
  if (value.startsWith('+')) return value.replace(phones, (_, digits: string) => displayPhone(digits))
  const [, amount = '', currency = ''] = money.exec(value) ?? []
  if (currency) return texts.money(Number(amount.replace('.', '')), currency)
  const at = moment.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? value : texts.time(at)
}

/** What a text mentions, ready to be put in. Numbers stay numbers, so that a text can count with them. */
export function showValues(texts: Texts, values: Values = {}): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : showValue(texts, value)]),
  )
}
