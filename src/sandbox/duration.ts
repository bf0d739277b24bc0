const shape =
  /^P(?=.)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const unitMs = [7 * 24 * 3_600_000, 24 * 3_600_000, 3_600_000, 60_000, 1000]
const tenYears = 3653 * 24 * 3_600_000

/**
 * Milliseconds of an ISO 8601 duration made of weeks, days, hours, minutes and seconds: `PT48H`, `P1DT30M`.
 * Years and months are not taken, because their length depends on the date. `undefined` when it is not such a
 * duration, is not longer than zero, or is longer than ten years.
 */
export function durationMs(text: string): number | undefined {
  const parts = shape.exec(text.trim().toUpperCase())?.slice(1)
  if (!parts) return undefined
  const ms = Math.round(unitMs.reduce((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0))
  return ms > 0 && ms <= tenYears ? ms : undefined
}
