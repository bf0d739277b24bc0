import type { Journal } from './journal.ts'

/** The sandbox's time: real time plus an offset that people move forward. */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** How far people have moved it, ms. */
  offset(): number
  /** Moves the clock forward by that many milliseconds and tells everyone who listens. */
  advance(ms: number): void
  /** Called after each move. Returns the way to stop listening. */
  onJump(listener: () => void): () => void
}

export function sandboxClock(journal: Journal): SandboxClock {
  const table = journal.table<number>('clock')
  const listeners = new Set<() => void>()
  let offset = table.get('offset') ?? 0
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    advance(ms) {
      offset += ms
      table.set('offset', offset)
      for (const listener of listeners) listener()
    },
    onJump(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
