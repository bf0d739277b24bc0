import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Inbox, InboxFull, openInbox, recordChanges } from '../../src/notify/inbox.ts'
import type { Change } from '../../src/notify/split.ts'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { databases, type TestDatabase } from '../kit/database.ts'

const day = 24 * 3_600_000
const start = Date.parse('2026-03-10T09:00:00Z')
const change = (n: number | string, body = `{"n":"${n}"}`): Change => ({ key: `meta::${n}`, source: 'meta', body })
const silent = pino({ level: 'silent' })

/** An inbox on a database whose statements are counted and can be held or made to fail. */
function watched(db: Database, { room, log = silent }: { room?: number; log?: typeof silent } = {}) {
  const seen = { statements: 0, atOnce: 0, mostAtOnce: 0, fail: false, gate: Promise.resolve() }
  const clock = { now: start }
  const run: Database['run'] = async (...given) => {
    seen.statements += 1
    seen.atOnce += 1
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.atOnce)
    try {
      await seen.gate
      if (seen.fail) throw new Error('the disk is full')
      return await db.run(...given)
    } finally {
      seen.atOnce -= 1
    }
  }
  const inbox = openInbox({ db: { kind: db.kind, run }, now: () => clock.now, log, ...(room && { room }) })
  return { inbox, seen, clock }
}

/** A log, and the errors in it. */
function logged() {
  let text = ''
  const sink = new Writable({
    write(line, _, done) {
      text += line
      done()
    },
  })
  return { log: pino({ level: 'error' }, sink), lines: () => text.trim().split('\n').filter(Boolean) }
}

const turn = () => new Promise(setImmediate)

describe.each(databases())('the inbox on $name', ({ open }) => {
  let test: TestDatabase
  let db: Database
  let inbox: Inbox | undefined
  beforeEach(async () => {
    test = await open()
    db = test.db
  })
  afterEach(async () => {
    await inbox?.close()
    await test.drop()
  })
  const watch = (options?: Parameters<typeof watched>[1]) => {
    const all = watched(db, options)
    inbox = all.inbox
    return all
  }
  const rows = async () => {
    await inbox?.sort()
    return db.run('select key, source, body, received_at, handled_at from inbox order by id')
  }
  const keys = async () => (await rows()).map(({ key }) => key)

  it('keeps what was told, as it was told, with the time of the desk', async () => {
    const { inbox } = watch()
    const words = '{"value":"ä \\" \\\\n \\\\t \\u0000 , {x} \\ud800"}'
    await inbox.take([change(1, words), { key: 'hub:2', source: 'hub', body: '{}' }])
    expect(await rows()).toEqual([
      { key: 'meta::1', source: 'meta', body: words, received_at: new Date(start), handled_at: null },
      { key: 'hub:2', source: 'hub', body: '{}', received_at: new Date(start), handled_at: null },
    ])
  })

  it('has nothing to do for a post in which nothing is worth keeping', async () => {
    const { inbox, seen } = watch()
    await inbox.take([])
    expect(seen.statements).toBe(0)
  })

  it('keeps the same change once, however often and with whatever else it is told', async () => {
    const { inbox } = watch()
    await inbox.take([change(1), change(2), change(1)])
    await Promise.all([inbox.take([change(2), change(3)]), inbox.take([change(3)]), inbox.take([change(1)])])
    await inbox.sort()
    await inbox.take([change(3), change(2)])
    expect(await keys()).toEqual(['meta::1', 'meta::2', 'meta::3'])
    expect((await rows())[0]?.body).toBe('{"n":"1"}')
  })

  it('commits a thousand posts that arrive together in a few statements, in their order', async () => {
    const { inbox, seen } = watch()
    await Promise.all(Array.from({ length: 1000 }, (_, n) => inbox.take([change(n)])))
    expect(seen.statements).toBeLessThanOrEqual(2)
    expect(await keys()).toEqual(Array.from({ length: 1000 }, (_, n) => `meta::${n}`))
  })

  it('has no more statements under way than the database is good for; what comes meanwhile gathers', async () => {
    const { inbox, seen } = watch()
    const gate = Promise.withResolvers<void>()
    seen.gate = gate.promise
    const posts: Promise<void>[] = []
    for (let n = 0; n < 50; n += 1) {
      posts.push(inbox.take([change(n)]))
      await turn()
    }
    const atOnce = db.kind === 'pglite' ? 1 : 2
    expect(seen.statements).toBe(atOnce)
    gate.resolve()
    await Promise.all(posts)
    expect(seen).toMatchObject({ statements: atOnce + 1, mostAtOnce: atOnce })
    expect(await keys()).toHaveLength(50)
  })

  it('commits no more at once than a statement takes, however large the posts are', async () => {
    const { inbox, seen } = watch()
    const body = JSON.stringify('x'.repeat(2_000_000))
    await Promise.all(Array.from({ length: 6 }, (_, n) => inbox.take([change(n, body)])))
    expect(seen.statements).toBe(2)
    expect(await keys()).toHaveLength(6)
  })

  it('answers nobody before the commit', async () => {
    const { inbox, seen } = watch()
    const gate = Promise.withResolvers<void>()
    seen.gate = gate.promise
    let done = false
    const taken = inbox.take([change(1)]).then(() => {
      done = true
    })
    await turn()
    await turn()
    expect(done).toBe(false)
    gate.resolve()
    await taken
    expect(await db.run('select changes from arrivals')).toEqual([{ changes: 'meta::1\tmeta\t{"n":"1"}' }])
  })

  it('sorts a few at a time, so that whoever comes meanwhile need not wait', async () => {
    const { inbox, seen } = watch()
    // Rows of 32 changes, 16 kB each.
    await inbox.take(Array.from({ length: 100 }, (_, n) => change(n, JSON.stringify('x'.repeat(500)))))
    const before = seen.statements
    await inbox.sort()
    expect(seen.statements - before).toBe(Math.ceil(100 / 32) + 1)
    expect(await db.run('select from arrivals')).toEqual([])
  })

  it('sorts small posts together', async () => {
    const { inbox, seen } = watch()
    for (let n = 0; n < 20; n += 1) await inbox.take([change(n)])
    const before = seen.statements
    await inbox.sort()
    expect(seen.statements - before).toBe(2)
    expect(await keys()).toHaveLength(20)
  })

  it('several processes sort what arrived, each change once', async () => {
    const { inbox } = watch()
    const other = openInbox({ db, now: () => start, log: silent })
    await Promise.all(Array.from({ length: 200 }, (_, n) => inbox.take([change(n), change(n % 7), change(n + 1)])))
    await Promise.all([inbox.sort(), other.sort()])
    expect((await keys()).sort()).toEqual(Array.from({ length: 201 }, (_, n) => `meta::${n}`).sort())
  })

  it('what a process that died had not sorted is sorted by the next one', async () => {
    await recordChanges(db, [change(1), change(2)], start)
    const { inbox } = watch()
    const arrived = new Promise<void>((resolve) => inbox.onArrival(resolve))
    inbox.start()
    await arrived
    expect(await keys()).toEqual(['meta::1', 'meta::2'])
  })

  it('a commit that fails is the failure of all its posts, said once; all can be sent again', async () => {
    const { log, lines } = logged()
    const { inbox, seen } = watch({ log })
    const posts = () => Promise.allSettled([1, 2, 3].map((n) => inbox.take([change(n), change('shared')])))
    seen.fail = true
    expect((await posts()).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(lines()).toEqual([expect.stringContaining('the disk is full')])
    seen.fail = false
    expect(await keys()).toEqual([])
    expect((await posts()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
    expect((await keys()).sort()).toEqual(['meta::1', 'meta::2', 'meta::3', 'meta::shared'])
  })

  it('takes nothing more when too much waits, says so once, and takes again when there is room', async () => {
    const { log, lines } = logged()
    const { inbox, seen } = watch({ room: 3, log })
    const gate = Promise.withResolvers<void>()
    seen.gate = gate.promise
    const taken = inbox.take([change(1), change(2), change(3)])
    for (let n = 0; n < 3; n += 1) await expect(inbox.take([change(4)])).rejects.toBeInstanceOf(InboxFull)
    expect(lines()).toEqual([expect.stringContaining('too many changes wait')])
    gate.resolve()
    await taken
    await inbox.take([change(4)])
    expect(await keys()).toHaveLength(4)
  })

  it('counts a long change as several', async () => {
    const { inbox, seen } = watch({ room: 3 })
    const gate = Promise.withResolvers<void>()
    seen.gate = gate.promise
    const taken = inbox.take([change(1, JSON.stringify('x'.repeat(12_000)))])
    await expect(inbox.take([change(2)])).rejects.toBeInstanceOf(InboxFull)
    gate.resolve()
    await taken
    await inbox.take([change(2)])
    expect(await keys()).toHaveLength(2)
  })

  it('takes no change that is not one line, nor one that no row takes, and spoils nobody else with it', async () => {
    const { inbox } = watch()
    const tooLong = change('x'.repeat(3000))
    const spoilt = [change(2, '{\n}'), change('3\n4'), change(5, '{\t}'), change('6\t7'), change('8\u0000'), tooLong]
    const posts = [inbox.take([change(1)]), ...spoilt.map((each) => inbox.take([each, change(8)]))]
    expect((await Promise.allSettled(posts)).map(({ status }) => status)).toEqual([
      'fulfilled',
      ...spoilt.map(() => 'rejected'),
    ])
    expect(await keys()).toEqual(['meta::1'])
  })

  it('tells that something may be new, once it is there, and not of what could not be kept', async () => {
    const { inbox, seen } = watch()
    let arrivals = 0
    inbox.onArrival(() => {
      arrivals += 1
    })
    await inbox.take([change(1), change(2)])
    await inbox.sort()
    expect(arrivals).toBe(1)
    seen.fail = true
    await expect(inbox.take([change(3)])).rejects.toThrow()
    seen.fail = false
    await inbox.sort()
    expect(arrivals).toBe(1)
  })

  it('knows a change again for eight days, and forgets only what was handled', async () => {
    const { inbox, clock } = watch()
    await inbox.take([change('handled'), change('waiting'), change('failed')])
    await inbox.sort()
    await db.run(`update inbox set handled_at = received_at, outcome = 'told' where key = 'meta::handled'`)
    await db.run(`update inbox set handled_at = received_at, outcome = 'failed' where key = 'meta::failed'`)
    clock.now = start + 8 * day - 1
    await inbox.sweep()
    await inbox.take([change('handled'), change('new')])
    expect(await keys()).toEqual(['meta::handled', 'meta::waiting', 'meta::failed', 'meta::new'])
    clock.now = start + 8 * day + 1
    await inbox.sweep()
    expect(await keys()).toEqual(['meta::waiting', 'meta::failed', 'meta::new'])
  })

  it('forgets however much there is', async () => {
    const { inbox, clock, seen } = watch()
    await inbox.take(Array.from({ length: 4500 }, (_, n) => change(n)))
    await inbox.sort()
    await db.run('update inbox set handled_at = received_at')
    clock.now = start + 9 * day
    const before = seen.statements
    await inbox.sweep()
    expect(seen.statements - before).toBe(3)
    expect(await keys()).toEqual([])
  })

  it('commits what waits before it closes', async () => {
    const { inbox } = watch()
    const taken = inbox.take([change(1)])
    await inbox.close()
    expect(await keys()).toEqual(['meta::1'])
    await taken
  })
})

it('PGlite keeps little space for what was sorted', async () => {
  const db = await openDatabase({ folder: ':memory:' })
  const { inbox } = watched(db)
  const post = JSON.stringify('x'.repeat(5000))
  for (let burst = 0; burst < 16; burst += 1) {
    for (let n = 0; n < 125; n += 1) await inbox.take([change(`${burst}/${n}`, post)])
    await inbox.sort()
  }
  const [row] = await db.run("select pg_total_relation_size('arrivals') as size, (select count(*) from inbox) as kept")
  expect(row?.kept).toBe(2000)
  expect(Number(row?.size)).toBeLessThan(5_000_000)
  await db.close()
})
