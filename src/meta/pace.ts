/** At most `calls` calls in any `perMs` milliseconds, counted for each `key`. */
export interface Pace {
  key: string
  calls: number
  perMs: number
}

/**
 * Spaces calls out. `take` books a place and returns the milliseconds to wait for it; when the wait is longer than
 * `patienceMs` nothing is booked and the caller should give up.
 */
export function pacer(options: { now: () => number; patienceMs: number }): { take(pace: Pace): number } {
  const { now, patienceMs } = options
  const booked = new Map<string, number[]>()
  return {
    take({ key, calls, perMs }) {
      const at = now()
      forgetOld(booked, at - perMs)
      const places = booked.get(key) ?? []
      const oldest = places.at(-calls)
      const waitMs = oldest === undefined ? 0 : Math.max(0, oldest + perMs - at)
      if (waitMs <= patienceMs) booked.set(key, [...places, at + waitMs])
      return waitMs
    },
  }
}

function forgetOld(booked: Map<string, number[]>, before: number): void {
  for (const [key, places] of booked) {
    const kept = places.filter((place) => place > before)
    if (kept.length === 0) booked.delete(key)
    else booked.set(key, kept)
  }
}
