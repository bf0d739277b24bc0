import { type Database, openDatabase } from '../../src/store/db.ts'

let opened: Promise<Database> | undefined

/**
 * An embedded database without rows. Making one takes a second or two, so the tests of a file, which run one after the
 * other, share it and find it emptied.
 */
export async function emptyDatabase(): Promise<Database> {
  opened ??= openDatabase({ folder: ':memory:' })
  const db = await opened
  const tables = await db.run(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'public' or (schemaname = 'pgboss' and tablename like 'job%')`,
  )
  await db.run(`truncate ${tables.map(({ name }) => String(name)).join(', ')} restart identity cascade`)
  return db
}
