import { Temporal } from 'temporal-polyfill'

type Day = Temporal.PlainDate

/** When Meta lets a credit line be shared with a switched customer (procedures.md 11, "Algorithm"). Days are UTC. */
export const dayOf = (ms: number): Day =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC').toPlainDate()

/** Midnight UTC of a day, ms since the epoch. */
export const startOf = (day: Day): number => day.toZonedDateTime('UTC').epochMilliseconds

export const allowed = (day: Day): boolean => day.day >= 5 && day.day <= day.daysInMonth - 3

export function nextShareDay(day: Day): Day {
  if (allowed(day)) return day
  return (day.day < 5 ? day : day.add({ months: 1 })).with({ day: 5 })
}

/** The first of the month after the credit line was shared: sending works again. */
export const resume = (shareDay: Day): Day => shareDay.with({ day: 1 }).add({ months: 1 })

export const latestStart = (month: Day): Day => month.with({ day: month.daysInMonth - 3 })

export function recommended(month: Day, bufferDays = 1): Day {
  return month.with({ day: Math.max(5, month.daysInMonth - 3 - bufferDays) })
}

/** The day to unshare and share on, decided today. */
export function planFrom(today: Day): Day {
  const best = recommended(today)
  if (Temporal.PlainDate.compare(today, best) <= 0) return best
  if (Temporal.PlainDate.compare(today, latestStart(today)) <= 0) return today
  return recommended(today.with({ day: 1 }).add({ months: 1 }))
}

/** Days without sending. */
export function downtimeDays(unshareDay: Day, shareDay: Day): number {
  return unshareDay.until(resume(shareDay), { largestUnit: 'day' }).days
}
