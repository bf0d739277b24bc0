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
  const booked = new Map<string, { places: number[]; perMs: number }>()
  const forgetOld = () => {
    for (const [key, { places, perMs }] of booked) {
      const kept = places.filter((place) => place > now() - perMs)
      if (kept.length === 0) booked.delete(key)
      else booked.set(key, { places: kept, perMs })
    }
  }
  return {
    take({ key, calls, perMs }) {
      forgetOld()
      const places = booked.get(key)?.places ?? []
      const oldest = places.at(-calls)
      const waitMs = oldest === undefined ? 0 : Math.max(0, oldest + perMs - now())
      if (waitMs <= patienceMs) booked.set(key, { places: [...places, now() + waitMs], perMs })
      return waitMs
    },
  }
}
