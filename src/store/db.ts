import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import type { Logger } from 'pino'
import { drizzle } from './drizzle.ts'
import { openEmbedded } from './embedded.ts'
import { migrateServer, migrateWith } from './migrate.ts'
import { openPool } from './postgres.ts'
import { type Row, runOn } from './run.ts'
import * as schema from './schema.ts'
import { keepTidy } from './tidy.ts'

/** A handle for queries: the database itself or one transaction of it. */
export type Orm = PgDatabase<PgQueryResultHKT, typeof schema>

/** One statement, or with no parameters several, as the queue issues them. */
type Execute = (text: string, params?: unknown[]) => Promise<{ rows: Row[] }>

export interface Database {
  kind: 'pglite' | 'postgres'
  /** Never use it inside `transaction`: PGlite has one connection, and the two would wait for each other for ever. */
  orm: Orm
  /** Runs `work` in one transaction. An error rolls everything back and is thrown on. */
  transaction<T>(work: (tx: Orm) => Promise<T>): Promise<T>
  /**
   * Runs one statement with $1 parameters on the given handle and returns its rows: timestamps as Date, whole numbers
   * as number where safe. Pass JSON as text (`JSON.stringify`): the driver takes lists for arrays of PostgreSQL.
   */
  run(sql: string, params?: unknown[], on?: Orm): Promise<Row[]>
  /** The queue's way in, below the ORM. */
  execute: Execute
  /** Waits for what is running, then closes. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** A PostgreSQL server. Without it the database lives in this process, in `folder`. */
  url?: string | undefined
  /** The data folder, or ':memory:'. */
  folder: string
  /** Connections to the PostgreSQL server, at most. */
  connections?: number
  log?: Logger | undefined
}

/**
 * Opens the database and brings its tables up to date.
 * @throws StoreProblem with a sentence for the operator: folder in use, server not reachable, address wrong.
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url ? openServer(options.url, options) : openFolder(options)
}

async function openServer(url: string, { log, connections = 10 }: DatabaseOptions): Promise<Database> {
  const pool = await openPool(url, log, connections)
  try {
    await migrateServer(url)
  } catch (error) {
    await pool.end()
    throw error
  }
  return onPool('postgres', pool, () => pool.end())
}

async function openFolder({ folder, log }: DatabaseOptions): Promise<Database> {
  const { pool, close } = await openEmbedded(folder)
  try {
    await migrateWith(pool)
  } catch (error) {
    await close()
    throw error
  }
  const db = onPool('pglite', pool, async () => {
    stopTidying()
    await close()
  })
  let askedAt = performance.now()
  pool.on('acquire', () => {
    askedAt = performance.now()
  })
  const stopTidying = keepTidy(db, log, () => performance.now() - askedAt)
  return db
}

function onPool(kind: Database['kind'], pool: pg.Pool, close: () => Promise<void>): Database {
  const orm: Orm = drizzle({ client: pool, schema })
  const nameOf = statementNames()
  return {
    kind,
    orm,
    transaction: (work) => orm.transaction(work),
    run: (sql, params, on = orm) => runOn(on, sql, params, nameOf(sql)),
    async execute(text, params) {
      const answer: { rows: Row[] } | { rows: Row[] }[] = await pool.query(text, params)
      return Array.isArray(answer) ? { rows: answer.flatMap((each) => each.rows) } : answer
    },
    close: once(close),
  }
}

/** One name for each text, so that a connection parses it once. Values belong into the parameters: texts are few. */
function statementNames(): (sql: string) => string {
  const names = new Map<string, string>()
  return (sql) => {
    const name = names.get(sql) ?? `portdesk_${names.size}`
    names.set(sql, name)
    return name
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
