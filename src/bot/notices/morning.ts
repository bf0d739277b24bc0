import { Temporal } from 'temporal-polyfill'

/** Nine o'clock tomorrow where somebody is; ms since the epoch. */
export function tomorrowMorning(now: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .add({ days: 1 })
    .withPlainTime('09:00').epochMilliseconds
}
