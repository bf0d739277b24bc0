import { Keyv } from 'keyv'
import type { Logger } from 'pino'
import type { Database } from './db.ts'
import { kvTable, sweepKv } from './kv-table.ts'
import { StoreProblem } from './problem.ts'

/**
 * What may expire. It decides nothing: no locks, no counters, no "first one wins" — those are rows with a unique key.
 * When the store behind it fails, a value is simply missing and the log says why.
 */
export interface Kv {
  /** One kind of values, `ttlMs` milliseconds each unless `set` says otherwise. Never use it inside a transaction. */
  namespace(name: string, options: { ttlMs: number }): Keyv
  close(): Promise<void>
}

export interface KvOptions {
  db: Database
  /** Shared by all replicas. Without it the values live in the database. */
  redisUrl?: string | undefined
  /** Milliseconds since 1970; dates the rows in the database. */
  now: () => number
  /** What Portdesk's keys in Redis begin with. */
  prefix?: string
  log?: Logger | undefined
}

const SWEEP_EVERY = 60_000

/**
 * Opens the store for what may expire. Keyv and Redis count real time, whatever `now` says; rows in the database are
 * gone when either says so.
 * @throws StoreProblem `redis-unreachable`, with a sentence for the operator
 */
export function openKv(options: KvOptions): Promise<Kv> {
  const { redisUrl } = options
  return redisUrl ? openOnRedis(redisUrl, options) : Promise.resolve(openOnTable(options))
}

function openOnTable({ db, now, log }: KvOptions): Kv {
  const sweep = () =>
    void sweepKv(db, now()).catch((error) => log?.warn({ err: error }, 'expired values were not swept'))
  const timer = setInterval(sweep, SWEEP_EVERY).unref()
  return {
    namespace(name, { ttlMs }) {
      const store = kvTable({ db, prefix: `${name}:`, now })
      return heard(new Keyv({ store, namespace: name, ttl: ttlMs }), log)
    },
    async close() {
      clearInterval(timer)
    },
  }
}

async function openOnRedis(url: string, { prefix = 'portdesk', log }: KvOptions): Promise<Kv> {
  // Not loaded by those who have none.
  const { default: KeyvRedis, createClient } = await import('@keyv/redis')
  const client = await connect(url, createClient, log)
  return {
    namespace(name, { ttlMs }) {
      const store = new KeyvRedis(client, { namespace: `${prefix}:${name}`, throwOnConnectError: false })
      return heard(new Keyv({ store, namespace: `${prefix}:${name}`, ttl: ttlMs, useKeyPrefix: false }), log)
    },
    async close() {
      if (client.isOpen) await client.close()
    },
  }
}

async function connect(url: string, createClient: typeof import('@keyv/redis').createClient, log: Logger | undefined) {
  if (!URL.canParse(url) || !/^rediss?:/.test(url)) {
    throw new StoreProblem(
      'redis-unreachable',
      'REDIS_URL is not a Redis address. Write it like redis://:password@host:6379.',
    )
  }
  let connected = false
  const client = createClient({
    url,
    // Asked while Redis is away, a value is missing at once instead of the question waiting for its return.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5000,
      reconnectStrategy: (tries) => (connected ? Math.min(100 * 2 ** tries, 5000) : false),
    },
  })
  client.on('error', (error) => connected && log?.warn({ err: error }, 'Redis is not there'))
  try {
    await client.connect()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown reason'
    throw new StoreProblem(
      'redis-unreachable',
      `Redis at ${new URL(url).host} cannot be used: ${reason}. Correct REDIS_URL, or leave it out to keep these values in the database.`,
      { cause },
    )
  }
  connected = true
  return client
}

function heard(keyv: Keyv, log: Logger | undefined): Keyv {
  keyv.on('error', (error) => log?.warn({ err: error }, 'a stored value could not be read or written'))
  return keyv
}
