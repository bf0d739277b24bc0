import { Temporal } from 'temporal-polyfill'

/** An ISO 8601 duration such as `PT72H` or `P14D`; a day is 24 hours. */
export type Duration = `P${string}`

/** Milliseconds of a duration. Throws a RangeError on text that is no duration. */
export function durationMs(duration: Duration): number {
  const known = read.get(duration)
  if (known !== undefined) return known
  const ms = Temporal.Duration.from(duration).total({ unit: 'milliseconds', relativeTo: epoch })
  read.set(duration, ms)
  return ms
}

const epoch = Temporal.PlainDate.from('2001-01-01')

/** Flows name a handful of durations, and each plan asks for them again. */
const read = new Map<Duration, number>()
