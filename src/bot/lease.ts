import type { Database } from '../store/db.ts'

/** A message that a process took and did not finish for so long belongs to a dead process, in ms of real time. */
const lease = 15_000

/**
 * Tells the real time before which what was taken is free again. On the embedded database nobody else can be at work:
 * there it is all that was taken before this start.
 */
export function freeBefore({ kind }: Pick<Database, 'kind'>): () => Date {
  const bootedAt = kind === 'pglite' ? Date.now() : 0
  return () => new Date(Math.max(bootedAt, Date.now() - lease))
}
