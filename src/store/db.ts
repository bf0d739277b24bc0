import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { fromPglite } from 'pg-boss'
import type { Logger } from 'pino'
import { driver } from './drizzle.ts'
import { lockFolder } from './folder-lock.ts'
import { migratePglite, migratePostgres } from './migrate.ts'
import { openPool } from './postgres.ts'
import { type Row, rowsOf, runOn } from './run.ts'
import * as schema from './schema.ts'
import { keepTidy } from './tidy.ts'

/** A handle for queries: the database itself or one transaction of it. Both drivers satisfy it. */
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
   * as number where safe. Pass JSON as text (`JSON.stringify`), for the two drivers take objects differently.
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
    await migratePostgres(url)
  } catch (error) {
    await pool.end()
    throw error
  }
  const orm: Orm = driver.postgres().drizzle({ client: pool, schema })
  const execute: Execute = async (text, params) => {
    const answer: { rows: Row[] } | { rows: Row[] }[] = await pool.query(text, params)
    return Array.isArray(answer) ? { rows: answer.flatMap((each) => each.rows) } : answer
  }
  const nameOf = statementNames()
  const run: Database['run'] = (sql, params, on = orm) => runOn(on, sql, params, nameOf(sql))
  return handle('postgres', orm, { execute, run, close: once(() => pool.end()) })
}

async function openFolder({ folder, log }: DatabaseOptions): Promise<Database> {
  // Not loaded by those who have a server.
  const { openPglite } = await import('./pglite.ts')
  const { preparing } = await import('./prepared.ts')
  const lock = folder === ':memory:' ? undefined : await lockFolder(folder)
  try {
    const pglite = await openPglite(folder)
    await migratePglite(pglite)
    const orm: Orm = driver.pglite().drizzle({ client: pglite, schema })
    const execute = fromPglite(pglite).executeSql
    const prepared = preparing(pglite)
    const stopTidying = keepTidy(pglite, log)
    const close = once(async () => {
      stopTidying()
      await pglite.close()
      await lock?.release()
    })
    const run: Database['run'] = async (sql, params = [], on = orm) =>
      on === orm ? rowsOf(await prepared(sql, params)) : runOn(on, sql, params)
    return handle('pglite', orm, { execute, run, close })
  } catch (error) {
    await lock?.release()
    throw error
  }
}

function handle(kind: Database['kind'], orm: Orm, parts: Pick<Database, 'execute' | 'run' | 'close'>): Database {
  return { kind, orm, transaction: (work) => orm.transaction(work), ...parts }
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
