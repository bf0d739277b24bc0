/** Keeps us from hammering a platform that is down. One is shared by everyone who asks the same platform. */
export interface Circuit {
  /** Milliseconds to wait until the next try; 0 when a call may go. While half open, one call goes and the rest wait. */
  restMs(): number
  /** For how long there has been no proper answer. */
  silentMs(): number
  good(): void
  /** `silentSince`: when the call began that nobody answered in time. */
  bad(failure?: { silentSince?: number }): void
}

/**
 * Opens for `restMs` after `limit` bad calls in a row, or at once when a call waited for its whole time limit and nothing
 * else was answered meanwhile: a dead platform costs that wait once, not `limit` times.
 */
export function circuit(options: { now: () => number; limit?: number; restMs?: number }): Circuit {
  const { now, limit = 5, restMs = 15_000 } = options
  let inARow = 0
  let closedUntil = 0
  let firstBad = 0
  let lastGood = Number.NEGATIVE_INFINITY
  return {
    restMs() {
      if (inARow < limit) return 0
      const left = closedUntil - now()
      if (left > 0) return left
      // Half open: this call tries; were it never to report back, the next one may go after another rest.
      closedUntil = now() + restMs
      return 0
    },
    silentMs: () => (inARow === 0 ? 0 : now() - firstBad),
    good: () => {
      inARow = 0
      lastGood = now()
    },
    bad: ({ silentSince } = {}) => {
      if (inARow === 0) firstBad = silentSince ?? now()
      const dead = silentSince !== undefined && lastGood < silentSince
      inARow = dead ? Math.max(limit, inARow + 1) : inARow + 1
      if (inARow >= limit) closedUntil = now() + restMs
    },
  }
}
