import { Temporal } from 'temporal-polyfill'

export type Day = Temporal.PlainDate

/** The day it is in UTC. The time zone of Meta's window is not documented (procedures.md 11, "Algorithm"). */
export const dayOf = (ms: number, zone = 'UTC'): Day =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate()

/** Midnight UTC of a day, ms since the epoch. */
export const startOf = (day: Day): number => day.toZonedDateTime('UTC').epochMilliseconds

/** A day as it was answered; `undefined` for what is no day. */
export const readDay = (answer: unknown): Day | undefined =>
  typeof answer === 'string' ? Temporal.PlainDate.from(answer) : undefined

export const later = (a: Day, b: Day): Day => (Temporal.PlainDate.compare(a, b) >= 0 ? a : b)

/** Meta takes a credit line for a switched customer on all but the last 3 and the first 4 days of a month. */
export const allowed = (day: Day): boolean => day.day >= firstAllowed && day.day <= day.daysInMonth - blockedAtEnd

/** The first allowed day that is not before `day`. */
export function nextShareDay(day: Day): Day {
  if (allowed(day)) return day
  return (day.day < firstAllowed ? day : nextMonth(day)).with({ day: firstAllowed })
}

/** The first of the month after the credit line was shared: messages work again. */
export const resume = (shareDay: Day): Day => nextMonth(shareDay)

/** The last day of a month on which unsharing, signup and sharing can all happen. */
export const latestStart = (month: Day): Day => month.with({ day: month.daysInMonth - blockedAtEnd })

/** The best day of a month to begin: late, with days to spare before the last allowed one (P). */
export function recommended(month: Day, bufferDays = 1): Day {
  return month.with({ day: Math.max(firstAllowed, month.daysInMonth - blockedAtEnd - bufferDays) })
}

/** The day to begin on, decided today; later than recommended it is tight, yet still this month. */
export function plan(today: Day, bufferDays = 1): Day {
  const best = recommended(today, bufferDays)
  if (Temporal.PlainDate.compare(today, best) <= 0) return best
  if (Temporal.PlainDate.compare(today, latestStart(today)) <= 0) return today
  return recommended(nextMonth(today), bufferDays)
}

/** Days without sending, from the unsharing to the first of the month after the sharing. */
export function downtimeDays(unshareDay: Day, shareDay: Day): number {
  return unshareDay.until(resume(shareDay), { largestUnit: 'day' }).days
}

/** Where Meta may count its days: nobody says (procedures.md 11). */
export const windowZones = ['UTC', 'America/Los_Angeles'] as const

/** Whether some part of a UTC day is a blocked day in one of the zones: sharing may be refused (P). */
export function edgeDay(day: Day, zones: readonly string[] = windowZones): boolean {
  const [first, last] = [startOf(day), startOf(day.add({ days: 1 })) - 1]
  return allowed(day) && zones.some((zone) => !allowed(dayOf(first, zone)) || !allowed(dayOf(last, zone)))
}

/** The same of a moment: an allowed day here is a blocked one there. */
export function edgeMoment(ms: number, zones: readonly string[] = windowZones): boolean {
  return allowed(dayOf(ms)) && zones.some((zone) => !allowed(dayOf(ms, zone)))
}

const firstAllowed = 5
const blockedAtEnd = 3

const nextMonth = (day: Day): Day => day.with({ day: 1 }).add({ months: 1 })
