import type { Database } from '../store/db.ts'

/** Longer than any platform repeats an update, in ms. */
const keptFor = 8 * 24 * 3_600_000
const sweepEvery = 3_600_000

/** Idempotency keys of updates that came in, kept as rows: the database decides who was first. */
export interface Seen {
  has(key: string): Promise<boolean>
  /** True when nobody had added it before. */
  add(key: string): Promise<boolean>
  close(): void
}

export function seenIn(db: Database): Seen {
  const sweep = () => db.run('delete from seen where at < $1', [new Date(Date.now() - keptFor)]).catch(() => undefined)
  const timer = setInterval(sweep, sweepEvery).unref()
  return {
    has: async (key) => (await db.run('select 1 from seen where key = $1', [key])).length > 0,
    async add(key) {
      const sql = 'insert into seen (key, at) values ($1, $2) on conflict do nothing returning key'
      return (await db.run(sql, [key, new Date()])).length > 0
    },
    close: () => clearInterval(timer),
  }
}
