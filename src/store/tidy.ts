import type { Logger } from 'pino'
import type { Database } from './db.ts'

/** Real time, ms. A server looks once a minute; here a burst would leave more behind than is cleared in a moment. */
const tidyEvery = 30_000
/** It waits so long for a moment in which nobody is in the way, ms. */
const patience = 60_000
/** Such a moment: no statement for so long, ms. It is looked for as often. */
const lull = 100
/** Bytes of log. A checkpoint of that takes about as long as making one more file for it. */
const checkpointFrom = 32 * 1024 * 1024

/**
 * What autovacuum and the checkpointer do on a server: PGlite runs no background workers, so tables that change a lot and
 * the log that is replayed after a crash would grow for ever. Everybody else waits meanwhile, so it is done between bursts:
 * `idleFor` tells for how long nobody asked the database, in ms. Returns what stops it.
 */
export function keepTidy(db: Pick<Database, 'execute'>, log: Logger | undefined, idleFor: () => number): () => void {
  let dueAt = performance.now() + tidyEvery
  let working = false
  const work = async () => {
    working = true
    await tidy(db)
    await shortenLog(db)
  }
  const timer = setInterval(() => {
    const now = performance.now()
    if (working || now < dueAt || (idleFor() < lull && now < dueAt + patience)) return
    dueAt = now + tidyEvery
    work()
      .catch((error) => log?.warn({ err: error }, 'the database could not be tidied'))
      .finally(() => {
        working = false
      })
  }, lull)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * Frees the space of rows that were changed or deleted, one table at a time, for everybody else waits meanwhile. Returns
 * the tables it worked on.
 */
export async function tidy({ execute }: Pick<Database, 'execute'>, atLeast = 1000): Promise<string[]> {
  await execute('select pg_stat_force_next_flush()') // else the counts may be a second old
  const { rows } = await execute(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
     where n_dead_tup >= $1 and n_dead_tup > n_live_tup / 5`,
    [atLeast],
  )
  const names = rows.map(({ name }) => String(name))
  for (const name of names) await execute(`vacuum (analyze) ${name}`)
  return names
}

/** Lets the log begin anew once that much was written. Returns whether it did. */
export async function shortenLog({ execute }: Pick<Database, 'execute'>, from = checkpointFrom): Promise<boolean> {
  const { rows } = await execute(
    'select pg_current_wal_insert_lsn() - redo_lsn >= $1::numeric as long from pg_control_checkpoint()',
    [from],
  )
  if (!rows[0]?.long) return false
  await execute('checkpoint')
  return true
}
