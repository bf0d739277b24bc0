import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { keepTidy, shortenLog, tidy } from '../../src/store/tidy.ts'

let db: Database
beforeEach(async () => {
  db = await openDatabase({ folder: ':memory:' })
})
afterEach(() => db.close())

it('frees the space of deleted rows, and leaves tables alone that have little of it', async () => {
  await db.execute(
    'create table busy (n int); insert into busy select generate_series(1, 3000); delete from busy where n > 10',
  )
  await db.execute('create table calm (n int); insert into calm select generate_series(1, 3000)')
  expect(await tidy(db)).toEqual(['public.busy'])
  expect(await tidy(db)).toEqual([])
})

it('lets the log begin anew once much was written, and not before', async () => {
  await db.execute('checkpoint')
  expect(await shortenLog(db)).toBe(false)
  await db.execute(`create table written as select n, repeat('x', 500) as text from generate_series(1, 80000) as n`)
  expect(await shortenLog(db)).toBe(true)
  expect(await shortenLog(db)).toBe(false)
})

it('tidies every half minute while nobody is in the way, and in a long burst once a minute late', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const asked = vi.fn(async () => ({ rows: [] }))
  let idle = 1000
  const stop = keepTidy({ execute: asked }, undefined, () => idle)
  const workedIn = async (ms: number) => {
    asked.mockClear()
    await vi.advanceTimersByTimeAsync(ms)
    return asked.mock.calls.length > 0
  }
  expect(await workedIn(29_000)).toBe(false)
  expect(await workedIn(2_000)).toBe(true)
  idle = 0
  expect(await workedIn(80_000)).toBe(false)
  idle = 1000
  expect(await workedIn(200)).toBe(true)
  idle = 0
  expect(await workedIn(89_000)).toBe(false)
  expect(await workedIn(2_000)).toBe(true)
  stop()
  idle = 1000
  expect(await workedIn(200_000)).toBe(false)
  vi.useRealTimers()
})
