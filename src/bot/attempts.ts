import type { SendProblem } from './surface.ts'

/** Pauses between attempts to say something, in ms; the last one goes on. */
const pauses = [500, 1000, 2000, 5000, 15_000]
const longestPause = 60_000

/** How long to wait before the next attempt, in ms: as long as the platform says, else the longer the more `attempts` failed before. */
export const pauseAfter = (problem: SendProblem, attempts: number): number =>
  (problem.kind === 'retry' ? problem.afterMs : undefined) ?? pauses[attempts] ?? longestPause

/** After so many a person has to look at it. */
export const mostAttempts = 30
