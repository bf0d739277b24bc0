/** One measured number, and what it has to be. */
export interface Bar {
  /** What was measured, as one line of a table: `PGlite, 10 events: press to card, p50`. */
  name: string
  value: number
  unit: string
  /** Without one the number is for information. */
  target?: Target
}

interface Target {
  is: 'below' | 'above'
  value: number
}

export const below = (value: number): Target => ({ is: 'below', value })
export const above = (value: number): Target => ({ is: 'above', value })

/** Whether a bar is met; `undefined` when it has no target. */
export function met({ value, target }: Bar): boolean | undefined {
  if (!target) return undefined
  return target.is === 'below' ? value <= target.value : value >= target.value
}

export function targetText({ unit, target }: Bar): string {
  if (!target) return ''
  return `${target.is === 'below' ? '≤' : '≥'} ${plain(target.value)} ${unit}`.trim()
}

export const valueText = ({ value, unit }: Bar): string => `${plain(value)} ${unit}`.trim()

/** A number with the digits that mean something. */
function plain(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return Number(value.toFixed(digits)).toLocaleString('en')
}

/** The value that the given share of the values does not exceed: `percentile(times, 0.99)`. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
