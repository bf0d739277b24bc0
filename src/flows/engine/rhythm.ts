import { durationMs } from './duration.ts'

const minutes = (n: number) => n * 60_000

/** How long a conversation may rest before a nudge, and before it expires (P). */
export const intakeNudge = durationMs('PT24H')
export const intakeExpiry = durationMs('P7D')

/**
 * Milliseconds until the next look-up of something that has been open for `openFor` ms: every 2 min for the first
 * 30 min, every 15 min for 6 h, then hourly (procedures.md 0.4); `slow` is hourly from the start.
 */
export function pollInterval(every: 'poll' | 'slow', openFor: number): number {
  if (every === 'slow') return minutes(60)
  if (openFor < minutes(30)) return minutes(2)
  return openFor < minutes(360) ? minutes(15) : minutes(60)
}
