import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { drizzle, migrate } from './drizzle.ts'
import { connectionOf } from './postgres.ts'

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

/** Any number that nothing else in the database uses as an advisory lock. */
const LOCK = 7_678_337_335

/** Brings the tables of a database up to date that nobody else is at. */
export async function migrateWith(client: pg.Pool | pg.Client): Promise<void> {
  await migrate(drizzle({ client }), { migrationsFolder })
}

/** Replicas that start together migrate one after the other; all but the first find nothing to do. */
export async function migrateServer(url: string): Promise<void> {
  // Its own connection: without a time limit for statements, and the lock goes with it whatever happens.
  const client = new pg.Client(connectionOf(url))
  client.on('error', () => undefined) // the statement that was running reports it
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await migrateWith(client)
  } finally {
    await client.end()
  }
}
