import pg from 'pg'
import type { Logger } from 'pino'
import { StoreProblem } from './problem.ts'

/** Opens a pool of connections and proves that one of them works. */
export async function openPool(url: string, log: Logger | undefined, connections: number): Promise<pg.Pool> {
  const pool = new pg.Pool({ ...connectionOf(url), ...limits, max: connections })
  const note = (error: Error) => log?.warn({ err: error }, 'a database connection was lost')
  pool.on('error', note)
  // The pool watches a connection only while it is idle; one that breaks inside a transaction would end the process.
  pool.on('connect', (client) => client.on('error', note))
  try {
    await pool.query('select 1')
    return pool
  } catch (error) {
    await pool.end()
    throw unreachable(url, error)
  }
}

/** Times in milliseconds. */
const limits = {
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 60_000,
  query_timeout: 45_000, // for a network that swallows the answer
  idleTimeoutMillis: 30_000,
}

/** What every connection of Portdesk starts from. @throws StoreProblem `database-address` */
export function connectionOf(url: string): pg.ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StoreProblem(
      'database-address',
      'DATABASE_URL is not a PostgreSQL address. Write it like postgres://user:password@host:5432/database, ' +
        'with special characters in the password percent-encoded, or leave it out to keep the data in a folder.',
    )
  }
  return { connectionString: url, application_name: 'portdesk', connectionTimeoutMillis: 10_000, keepAlive: true }
}

function unreachable(url: string, cause: unknown): StoreProblem {
  const { hostname, port, pathname, username } = new URL(url)
  const where = `${hostname || 'localhost'}:${port || '5432'}`
  return new StoreProblem('database-unreachable', reasonFor(cause, where, pathname.slice(1), username), { cause })
}

function reasonFor(cause: unknown, where: string, database: string, user: string): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing answers at ${where}. Start PostgreSQL there, or correct host and port in DATABASE_URL.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of ${where} is not known. Correct it in DATABASE_URL.`
    case '28P01':
    case '28000':
      return `PostgreSQL at ${where} does not let user "${user}" in. Correct user and password in DATABASE_URL.`
    case '3D000':
      return `PostgreSQL at ${where} has no database "${database}". Create it, or correct the name in DATABASE_URL.`
    case '53300':
      return `PostgreSQL at ${where} has no free connections. Raise its max_connections or run fewer replicas.`
    default: {
      const detail = cause instanceof Error ? cause.message : 'unknown reason'
      return `PostgreSQL at ${where} cannot be used: ${detail}. Check that it runs and that DATABASE_URL is right.`
    }
  }
}
