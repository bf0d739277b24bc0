/** Pauses between attempts to say something, in ms; the last one goes on. */
const pauses = [500, 1000, 2000, 5000, 15_000]
const longestPause = 60_000

/** How long to wait after so many failed attempts before this one, in ms. */
export const pauseAfter = (attempts: number): number => pauses[attempts] ?? longestPause

/** After so many a person has to look at it. */
export const mostAttempts = 30
