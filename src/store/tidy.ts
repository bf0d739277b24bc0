import type { PGlite } from '@electric-sql/pglite'
import type { Logger } from 'pino'

const EVERY = 10 * 60_000

/**
 * What autovacuum does on a server: PGlite runs no background workers, so tables that change a lot would grow for ever.
 * One table at a time, for the process waits meanwhile. Returns what stops it.
 */
export function keepTidy(pglite: PGlite, log: Logger | undefined): () => void {
  const timer = setInterval(() => {
    tidy(pglite).catch((error) => log?.warn({ err: error }, 'the database could not be tidied'))
  }, EVERY)
  timer.unref()
  return () => clearInterval(timer)
}

/** Frees the space of rows that were changed or deleted. Returns the tables it worked on. */
export async function tidy(pglite: PGlite, atLeast = 1000): Promise<string[]> {
  await pglite.query('select pg_stat_force_next_flush()') // else the counts may be a second old
  const { rows } = await pglite.query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
     where n_dead_tup >= $1 and n_dead_tup > n_live_tup / 5`,
    [atLeast],
  )
  for (const { name } of rows) await pglite.exec(`vacuum (analyze) ${name}`)
  return rows.map((row) => row.name)
}
