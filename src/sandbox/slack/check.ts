import { isJson, type Json } from './json.ts'

/** Notes one thing that is wrong, with the place as a JSON pointer. */
type Report = (message: string, at: string) => void

/** Looks at a part of what the bot sent. */
export type Check = (value: unknown, at: string, report: Report) => void

interface Range {
  min?: number
  max?: number
}

const codePoints = (text: string) => [...text].length

/** Text of so many code points. */
export function str({ min = 0, max = Number.POSITIVE_INFINITY }: Range = {}): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') return report('must be a string', at)
    if (codePoints(value) < min) report(`must be more than ${min - 1} characters`, at)
    if (codePoints(value) > max) report(`must be less than ${max + 1} characters`, at)
  }
}

/** A list of so many items. */
export function list(item: Check, { min = 0, max = Number.POSITIVE_INFINITY }: Range = {}): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report('must be an array', at)
    if (value.length < min) report(`no less than ${min} items allowed`, at)
    if (value.length > max) report(`no more than ${max} items allowed`, at)
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, report)
  }
}

/** An object with these fields; others are left alone. */
export function shape(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value, at, report) => {
    if (!isJson(value)) return report('must be an object', at)
    for (const [field, check] of Object.entries(required)) {
      if (value[field] === undefined || value[field] === null) report(`missing required field: ${field}`, at)
      else check(value[field], `${at}/${field}`, report)
    }
    for (const [field, check] of Object.entries(optional)) {
      if (value[field] !== undefined && value[field] !== null) check(value[field], `${at}/${field}`, report)
    }
  }
}

/** An object whose `type` is one of those, checked as that one. `also` runs for each of them. */
export function byType(types: Record<string, Check>, also: Check = () => undefined): Check {
  return (value, at, report) => {
    if (!isJson(value)) return report('must be an object', at)
    const check = typeof value.type === 'string' ? types[value.type] : undefined
    if (!check) return report(`unsupported type: ${String(value.type)}`, `${at}/type`)
    check(value, at, report)
    also(value, at, report)
  }
}

/** All of them. */
export const all =
  (...checks: Check[]): Check =>
  (value, at, report) => {
    for (const check of checks) check(value, at, report)
  }

/** A rule over a whole object: the message when it is broken. */
export const rule =
  (broken: (value: Json) => { message: string; at?: string } | undefined): Check =>
  (value, at, report) => {
    const found = isJson(value) ? broken(value) : undefined
    if (found) report(found.message, `${at}${found.at ?? ''}`)
  }

/** Runs a check; the complaints in Slack's words. */
export function complaints(check: Check, value: unknown, at: string): string[] {
  const found: string[] = []
  check(value, at, (message, pointer) => found.push(`[ERROR] ${message} [json-pointer:${pointer}]`))
  return found
}
