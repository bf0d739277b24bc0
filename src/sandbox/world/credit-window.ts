/**
 * When Meta takes a credit line for a WABA that changes its Solution Partner (meta.md 4.2, procedures.md 11): not on the
 * last 3 and the first 4 days of a month. The time zone is not documented; here it is UTC.
 */
export function windowIsOpen(ms: number): boolean {
  const date = new Date(ms)
  const day = date.getUTCDate()
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return day >= 5 && day <= days - 3
}

/** When a line that is shared now becomes active: the first moment of the next month. */
export function activeFrom(ms: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}
