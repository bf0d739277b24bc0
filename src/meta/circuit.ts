/** Keeps us from hammering a platform that is down: after `limit` bad calls in a row nothing is asked for `restMs`. */
export interface Circuit {
  /** Milliseconds to wait until the next try; 0 when a call may go. While half open, one call goes and the rest wait. */
  restMs(): number
  good(): void
  bad(): void
}

export function circuit(options: { now: () => number; limit?: number; restMs?: number }): Circuit {
  const { now, limit = 5, restMs = 15_000 } = options
  let inARow = 0
  let closedUntil = 0
  return {
    restMs() {
      if (inARow < limit) return 0
      const left = closedUntil - now()
      if (left > 0) return left
      // Half open: this call tries; were it never to report back, the next one may go after another rest.
      closedUntil = now() + restMs
      return 0
    },
    good: () => {
      inARow = 0
    },
    bad: () => {
      inARow += 1
      if (inARow >= limit) closedUntil = now() + restMs
    },
  }
}
