import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { driver, migrator } from './drizzle.ts'
import { connectionOf } from './postgres.ts'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any number that nothing else in the database uses as an advisory lock. */
const LOCK = 7_678_337_335

export async function migratePglite(pglite: PGlite): Promise<void> {
  await migrator.pglite().migrate(driver.pglite().drizzle({ client: pglite }), { migrationsFolder })
}

/** Replicas that start together migrate one after the other; all but the first find nothing to do. */
export async function migratePostgres(url: string): Promise<void> {
  // Its own connection: without a time limit for statements, and the lock goes with it whatever happens.
  const client = new pg.Client(connectionOf(url))
  client.on('error', () => undefined) // the statement that was running reports it
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await migrator.postgres().migrate(driver.postgres().drizzle({ client }), { migrationsFolder })
  } finally {
    await client.end()
  }
}
