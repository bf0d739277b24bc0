import { Temporal } from 'temporal-polyfill'
import type { QuietHours, Telling } from './target.ts'

const saturday = 6
/** The longest quiet there is: a night, a weekend and a night. */
const longestDays = 4

/**
 * The first moment that is not quiet any more, if `at` is quiet. By the clock on the wall: an hour that a time zone
 * leaves out or repeats is left out or repeated. Ms since the epoch, both. Pure.
 */
export function quietUntil(at: number, hours: QuietHours): number | undefined {
  const minute = Math.floor(at / 60_000)
  const key = `${minute} ${hours.from} ${hours.to} ${hours.timeZone} ${hours.weekends}`
  if (known.has(key)) return known.get(key)
  const until = findQuietUntil(at, hours)
  if (known.size >= mostKnown) known.clear()
  known.set(key, until)
  return until
}

/** By the minute: time zones are slow to ask, and in a storm every group asks for the same minute. */
const known = new Map<string, number | undefined>()
const mostKnown = 1000

function findQuietUntil(at: number, hours: QuietHours): number | undefined {
  const start = wallOf(at, hours.timeZone)
  if (!isQuiet(start, hours)) return undefined
  const ends = endsFrom(start, hours).filter((end) => end.epochMilliseconds > at && !isQuiet(end, hours))
  return ends.length ? Math.min(...ends.map((end) => end.epochMilliseconds)) : undefined
}

/** When the next digest is told, later than `at`: each day, or each Monday, at that time on the wall. Ms since the epoch. Pure. */
export function nextDigest(at: number, { every, at: time, timeZone }: NonNullable<Telling['digest']>): number {
  const today = wallOf(at, timeZone).toPlainDate()
  const first = every === 'day' ? today : today.subtract({ days: today.dayOfWeek - 1 })
  const step = every === 'day' ? { days: 1 } : { weeks: 1 }
  for (let day = first; ; day = day.add(step)) {
    const told = firstAt(day, time, timeZone).epochMilliseconds
    if (told > at) return told
  }
}

const wallOf = (at: number, timeZone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)

function isQuiet(moment: Temporal.ZonedDateTime, { from, to, weekends }: QuietHours): boolean {
  if (weekends && moment.dayOfWeek >= saturday) return true
  const time = moment.toPlainTime().toString({ smallestUnit: 'minute' })
  return from <= to ? from <= time && time < to : from <= time || time < to
}

/** Every moment at which quiet hours that last at `start` may end. */
function endsFrom(start: Temporal.ZonedDateTime, { to, timeZone }: QuietHours): Temporal.ZonedDateTime[] {
  const days = Array.from({ length: longestDays + 1 }, (_, days) => start.toPlainDate().add({ days }))
  const mornings = days.flatMap((day) => bothAt(day, to, timeZone))
  const midnights = days.map((day) => day.toZonedDateTime(timeZone))
  const jump = start.getTimeZoneTransition('next')
  return [...mornings, ...midnights, ...(jump ? [jump] : [])]
}

/** A time that the clocks show twice on one day, or once. */
function bothAt(day: Temporal.PlainDate, time: string, timeZone: string): Temporal.ZonedDateTime[] {
  const wall = day.toPlainDateTime(time)
  return (['earlier', 'later'] as const).map((disambiguation) => wall.toZonedDateTime(timeZone, { disambiguation }))
}

/** That time on that day; where the clocks jump over it, the moment of the jump. */
function firstAt(day: Temporal.PlainDate, time: string, timeZone: string): Temporal.ZonedDateTime {
  const wall = day.toPlainDateTime(time)
  const moment = wall.toZonedDateTime(timeZone)
  return moment.toPlainDateTime().equals(wall) ? moment : (moment.getTimeZoneTransition('previous') ?? moment)
}
