import type { KeyvStoreAdapter } from 'keyv'
import type { Database } from './db.ts'

export interface KvTableOptions {
  db: Database
  /** What the keys of this store begin with. */
  prefix: string
  /** Milliseconds since 1970. */
  now: () => number
}

/** Keyv's storage on the `kv` table. A row past its time is as good as gone, whether it was swept or not. */
export function kvTable({ db, prefix, now }: KvTableOptions): KeyvStoreAdapter {
  const at = (time: number) => new Date(time).toISOString()
  const live = async (keys: string[]) => {
    const sql = 'select key, value from kv where key = any($1::text[]) and (expires_at is null or expires_at > $2)'
    return new Map((await db.run(sql, [keys, at(now())])).map((row) => [String(row.key), row.value]))
  }
  const remove = async (keys: string[]) => {
    return (await db.run('delete from kv where key = any($1::text[]) returning key', [keys])).length > 0
  }
  const adapter: KeyvStoreAdapter = {
    opts: {},
    async get<Value>(key: string) {
      return (await live([key])).get(key) as Value | undefined
    },
    async getMany<Value>(keys: string[]) {
      const found = await live(keys)
      return keys.map((key) => found.get(key) as Value | undefined)
    },
    async set(key: string, value: unknown, ttl?: number) {
      const sql = `insert into kv (key, value, expires_at) values ($1, $2, $3)
        on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at`
      await db.run(sql, [key, value, ttl === undefined ? null : at(now() + ttl)])
      return true
    },
    has: async (key) => (await live([key])).has(key),
    delete: (key) => remove([key]),
    deleteMany: (keys) => remove(keys),
    async clear() {
      await db.run('delete from kv where starts_with(key, $1)', [prefix])
    },
    on: () => adapter,
  }
  return adapter
}

/** Deletes rows past their time, a batch at a time so that nobody waits long. Returns how many. */
export async function sweepKv(db: Database, now: number, batch = 500): Promise<number> {
  const sql = `delete from kv where key in (
    select key from kv where expires_at <= $1 order by expires_at limit $2) returning key`
  return (await db.run(sql, [new Date(now).toISOString(), batch])).length
}
