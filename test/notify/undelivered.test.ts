import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/cases/actor.ts'
import type { DeadLetters } from '../../src/notify/carried.ts'
import { openDeadLetters } from '../../src/notify/undelivered.ts'
import type { Database } from '../../src/store/db.ts'
import { ana, cleo, dan, paula } from '../cases/people.ts'
import { databases, type TestDatabase } from '../kit/database.ts'
import { noon } from './group-kit.ts'

describe.each(databases())('what did not get through, on $name', ({ open }) => {
  let database: TestDatabase
  let db: Database
  let jobs: { id: string; name: string; data: unknown; error: string; at: Date }[]
  let deadLetters: DeadLetters
  const takeJob = async (id: string) => {
    const before = jobs.length
    jobs = jobs.filter((job) => job.id !== id)
    return jobs.length < before
  }
  beforeEach(async () => {
    database = await open()
    db = database.db
    jobs = [{ id: 'a-b-c', name: 'look-up', data: { case: 142 }, error: 'no answer', at: new Date(noon) }]
    const queue = { dead: async () => jobs, revive: takeJob, drop: takeJob }
    deadLetters = openDeadLetters({ db, queue, clock: { now: () => noon }, late: async () => [] })
    await db.run(
      `insert into notices (surface, room, side, group_key, state, telling, severity, wanted, delivery, attempts, error, opened_at, due_at)
       values ('slack', 'C0ALERTS', 'desk', 'a', '{}', '{}', 'info', 1, 'failed', 30, 'invalid_blocks', $1, $1),
              ('telegram', '7001', 'partner', 'b', '{}', '{}', 'info', 1, 'live', 0, null, $1, $1)`,
      [new Date(noon - 3000)],
    )
    await db.run(
      `insert into deliveries (key, notice_id, case_id, surface, room, body, state, error, created_at)
       values ('x', 1, null, 'slack', 'C0ALERTS', '{}', 'failed', 'too long', $1),
              ('y', null, 142, 'slack', 'C0CASES', '{}', 'failed', 'archived', $1),
              ('z', 2, null, 'telegram', '7001', '{}', 'due', null, $1)`,
      [new Date(noon - 2000)],
    )
    await db.run(
      `insert into cases (flow, flow_version, state, opened_at, changed_at) values ('errand', 1, '{}', now(), now())`,
    )
    await db.run(
      `insert into places (case_id, surface, room, kind, side, wanted, state, changed_at)
       values (1, 'telegram', '-100200300', 'card', 'partner', 4, 'broken', $1)`,
      [new Date(noon - 1000)],
    )
    await db.run(
      `insert into broken_rooms (surface, room, words, since, retry_at) values ('telegram', '7001', 'blocked', $1, $2)`,
      [new Date(noon - 4000), new Date(noon + 900_000)],
    )
    await db.run(
      `insert into inbox (key, source, body, received_at, handled_at, outcome)
       values ('k1', 'meta', '{}', $1, $1, 'failed'), ('k2', 'meta', '{}', $1, $1, 'told')`,
      [new Date(noon - 5000)],
    )
  })
  afterEach(() => database.drop())

  const ids = async (actor: Actor = cleo) => (await deadLetters.report(actor))?.entries.map(({ id }) => id)
  const all = ['j:a-b-c', 'p:1:telegram:-100200300:card', 'd:1', 'd:2', 'n:1', 'r:telegram:7001:0', 'i:1']

  test('is listed with where and why, the newest first', async () => {
    const report = await deadLetters.report(cleo)
    expect(new Set(report?.entries.map(({ id }) => id))).toEqual(new Set(all))
    expect(report?.entries[0]).toMatchObject({ what: 'job', where: 'look-up', case: 142, error: 'no answer' })
    expect(report?.entries.find(({ id }) => id === 'n:1')).toMatchObject({ what: 'notice', error: 'invalid_blocks' })
    expect(report?.entries.find(({ id }) => id === 'd:2')).toMatchObject({ what: 'message', case: 142 })
    expect(report?.entries.find(({ what }) => what === 'room')).toMatchObject({ waiting: 2, error: 'blocked' })
    // The root that waits for the room is older than the word below it.
    expect(report?.waiting).toEqual({ messages: noon - 3000 })
  })

  test('is for leads and admins alone', async () => {
    for (const actor of [ana, paula]) {
      expect(await deadLetters.report(actor)).toBeUndefined()
      expect(await deadLetters.retry(actor)).toBeUndefined()
      expect(await deadLetters.drop(actor, 'd:1')).toBeUndefined()
    }
    expect(await ids(dan)).toHaveLength(all.length)
  })

  test.each(all)('%s can be tried again, once', async (id) => {
    expect(await deadLetters.retry(cleo, id)).toBe(1)
    const left = await ids()
    // A room is broken until a message has got through.
    expect(left?.includes(id)).toBe(id.startsWith('r'))
    expect(left).toHaveLength(id.startsWith('r') ? all.length : all.length - 1)
    if (!id.startsWith('r')) expect(await deadLetters.retry(cleo, id)).toBe(0)
  })

  test('is due at once when it is tried again', async () => {
    expect(await deadLetters.retry(cleo)).toBe(all.length)
    expect(
      await db.run(`select id from notices where delivery = 'live' and attempts = 0 and due_at <= $1`, [
        new Date(noon),
      ]),
    ).toHaveLength(2)
    expect(
      await db.run(`select id from deliveries where state = 'due' and notice_id = 1 and due_at = $1`, [new Date(noon)]),
    ).toHaveLength(1)
    expect(
      await db.run(`select id from deliveries where state = 'due' and case_id = 142 and due_at <= now()`),
    ).toHaveLength(1)
    expect(await db.run(`select 1 from places where state = 'live' and due_at <= now()`)).toHaveLength(1)
    expect(await db.run('select 1 from broken_rooms where retry_at = $1', [new Date(noon)])).toHaveLength(1)
    expect(await db.run('select key from inbox where handled_at is null')).toEqual([{ key: 'k1' }])
  })

  test.each(all)('%s can be dropped, once', async (id) => {
    expect(await deadLetters.drop(cleo, id)).toBe(1)
    expect(await ids()).not.toContain(id)
    expect(await deadLetters.drop(cleo, id)).toBe(0)
  })

  test('what is dropped is not owed any more, and what hangs on it neither', async () => {
    for (const id of all) await deadLetters.drop(cleo, id)
    const owed = await db.run(
      `select 'notice' from notices where wanted > shown union all select 'card' from places where wanted > shown
       union all select state from deliveries where state in ('due', 'failed')`,
    )
    expect(owed).toEqual([])
  })

  test('an entry that is none of ours changes nothing', async () => {
    for (const id of ['', 'x', 'd:999', 'n:one', 'p:1', 'j:none']) {
      expect(await deadLetters.retry(cleo, id)).toBe(0)
      expect(await deadLetters.drop(cleo, id)).toBe(0)
    }
    expect(await ids()).toHaveLength(all.length)
  })
})
