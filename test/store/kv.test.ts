import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/db.ts'
import { type Kv, type KvOptions, openKv } from '../../src/store/kv.ts'
import { sweepKv } from '../../src/store/kv-table.ts'
import { StoreProblem } from '../../src/store/problem.ts'
import { databases } from '../kit/database.ts'
import { testRedis } from '../kit/redis.ts'

interface Place {
  name: string
  open(): Promise<{ options: KvOptions; drop(): Promise<void> }>
}

const onTables: Place[] = databases().map(({ name, open }) => ({
  name,
  async open() {
    const { db, drop } = await open()
    return { options: { db, now: Date.now }, drop }
  },
}))

const redis = testRedis()
const onRedis: Place[] = redis
  ? [
      {
        name: 'redis',
        async open() {
          const { options, drop } = await (onTables[0] as Place).open()
          const clean = () => redis.clean().then(drop)
          return { options: { ...options, redisUrl: redis.url, prefix: redis.prefix }, drop: clean }
        },
      },
    ]
  : []

describe.each([...onTables, ...onRedis])('values that may expire, on $name', ({ open }) => {
  let kv: Kv
  let drop: () => Promise<void>
  beforeAll(async () => {
    const place = await open()
    drop = place.drop
    kv = await openKv(place.options)
  })
  afterAll(async () => {
    await kv.close()
    await drop()
  })

  it('keeps a value, changes it and forgets it', async () => {
    const drafts = kv.namespace('drafts', { ttlMs: 60_000 })
    expect(await drafts.get('ana')).toBeUndefined()
    await drafts.set('ana', { answer: 'yes', at: [1, 2] })
    expect(await drafts.get('ana')).toEqual({ answer: 'yes', at: [1, 2] })
    await drafts.set('ana', 'no')
    expect(await drafts.get('ana')).toBe('no')
    expect(await drafts.has('ana')).toBe(true)
    expect(await drafts.delete('ana')).toBe(true)
    expect(await drafts.has('ana')).toBe(false)
    expect(await drafts.delete('ana')).toBe(false)
  })

  it('lets a value go when its time is over', async () => {
    const codes = kv.namespace('codes', { ttlMs: 60_000 })
    await codes.set('brief', 1, 15)
    await codes.set('long', 2)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(await codes.get('brief')).toBeUndefined()
    expect(await codes.has('brief')).toBe(false)
    expect(await codes.get('long')).toBe(2)
  })

  it('keeps the kinds of values apart, also when one kind is emptied', async () => {
    const one = kv.namespace('one', { ttlMs: 60_000 })
    const other = kv.namespace('other', { ttlMs: 60_000 })
    await one.set('key', 'of one')
    await other.set('key', 'of the other')
    await one.clear()
    expect(await one.get('key')).toBeUndefined()
    expect(await other.get('key')).toBe('of the other')
  })

  it('reads and deletes several values at once', async () => {
    const many = kv.namespace('many', { ttlMs: 60_000 })
    await many.set('a', 1)
    await many.set('c', 3)
    expect(await many.get(['a', 'b', 'c'])).toEqual([1, undefined, 3])
    await many.delete(['a', 'c'])
    expect(await many.get(['a', 'b', 'c'])).toEqual([undefined, undefined, undefined])
  })
})

describe.each(databases())('expired rows on $name', ({ open }) => {
  it('are gone by the clock of the desk, and are swept a batch at a time', async () => {
    const { db, drop } = await open()
    let now = Date.now()
    const kv = await openKv({ db, now: () => now })
    const cache = kv.namespace('cache', { ttlMs: 60_000 })
    for (const key of ['a', 'b', 'c']) await cache.set(key, key)
    await cache.set('kept', 'kept', 10 * 60_000)
    now += 2 * 60_000
    expect(await cache.get('a')).toBeUndefined()
    expect(await cache.get('kept')).toBe('kept')
    expect([await sweepKv(db, now, 2), await sweepKv(db, now, 2), await sweepKv(db, now, 2)]).toEqual([2, 1, 0])
    expect(await keysOf(db)).toEqual([{ key: 'cache:kept' }])
    await kv.close()
    await drop()
  })
})

function keysOf(db: Database) {
  return db.run('select key from kv')
}

describe('a Redis that is not there', () => {
  it('is explained at the start', async () => {
    const { options, drop } = await (onTables[0] as Place).open()
    const problem = await openKv({ ...options, redisUrl: 'redis://:s3cret@127.0.0.1:1' }).catch(
      (error: unknown) => error,
    )
    expect(problem).toBeInstanceOf(StoreProblem)
    expect(String(problem)).toContain('Redis at 127.0.0.1:1 cannot be used')
    expect(String(problem)).not.toContain('s3cret')
    await drop()
  })
})
