import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Database, openDatabase } from '../../src/store/db.ts'

/** A database of one test. `drop` closes it and leaves nothing behind. */
export interface TestDatabase {
  db: Database
  drop(): Promise<void>
}

export interface Databases {
  name: Database['kind']
  open(): Promise<TestDatabase>
}

const server = process.env.TEST_DATABASE_URL

/**
 * The databases every store contract runs over: PGlite in memory, and PostgreSQL when TEST_DATABASE_URL names a server
 * whose user may create databases. Use it with `describe.each(databases())('$name', ({ open }) => …)`.
 */
export function databases(): Databases[] {
  const inProcess: Databases = { name: 'pglite', open: openInMemory }
  if (server) return [inProcess, { name: 'postgres', open: () => openOnServer(server) }]
  console.warn('TEST_DATABASE_URL is not set: these tests run on PGlite only')
  return [inProcess]
}

/** PGlite takes a second or two to come up, so one instance serves the tests of a file, emptied in between. */
const idle: Database[] = []

async function openInMemory(): Promise<TestDatabase> {
  const db = idle.pop() ?? (await openDatabase({ folder: ':memory:' }))
  return {
    db: { ...db, close: async () => undefined },
    async drop() {
      await empty(db)
      idle.push(db)
    },
  }
}

async function empty(db: Database): Promise<void> {
  const tables = await db.run(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as list from pg_tables
     where schemaname = 'public' or (schemaname = 'pgboss' and tablename not in ('version'))`,
  )
  await db.run(`truncate ${String(tables[0]?.list)} restart identity cascade`)
}

async function openOnServer(url: string): Promise<TestDatabase> {
  const name = `portdesk_test_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const remove = () => onServer(url, `drop database if exists ${name} with (force)`)
  try {
    const db = await openDatabase({ url: own.href, folder: 'unused' })
    return { db, drop: () => db.close().then(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
