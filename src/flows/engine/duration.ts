import { Temporal } from 'temporal-polyfill'

/** An ISO 8601 duration such as `PT72H` or `P14D`; a day is 24 hours. */
export type Duration = `P${string}`

/** Milliseconds of a duration. Throws a RangeError on text that is no duration. */
export function durationMs(duration: Duration): number {
  return Temporal.Duration.from(duration).total({ unit: 'milliseconds', relativeTo: epoch })
}

const epoch = Temporal.PlainDate.from('2001-01-01')
