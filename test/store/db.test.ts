import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { eq } from '../../src/store/drizzle.ts'
import journal from '../../src/store/migrations/meta/_journal.json' with { type: 'json' }
import { conflictOf, StoreProblem } from '../../src/store/problem.ts'
import { caseEvents, cases } from '../../src/store/schema.ts'
import { databases, type TestDatabase } from '../kit/database.ts'

const now = new Date('2026-03-01T10:00:00.123Z')
const aCase = { flow: 'port-out', flowVersion: 1, state: { step: 'asked' }, openedAt: now, changedAt: now }
const anEvent = { type: 'ticked', by: { role: 'support' }, at: now, data: {} }

describe.each(databases())('a database on $name', ({ open }) => {
  let test: TestDatabase
  let db: Database
  beforeEach(async () => {
    test = await open()
    db = test.db
  })
  afterEach(() => test.drop())

  it('gives a case a number people can say, and gives back what was put in', async () => {
    const [first] = await db.orm.insert(cases).values(aCase).returning()
    const [second] = await db.orm.insert(cases).values(aCase).returning()
    expect(first).toMatchObject({
      id: 1,
      flow: 'port-out',
      status: 'open',
      seq: 0,
      state: { step: 'asked' },
      openedAt: now,
    })
    expect(second?.id).toBe(2)
  })

  it('takes back everything when a transaction fails', async () => {
    const failing = db.transaction(async (tx) => {
      await tx.insert(cases).values(aCase)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await db.orm.$count(cases)).toBe(0)
  })

  it('lets exactly one of fifty people write the same act', async () => {
    const [opened] = await db.orm.insert(cases).values(aCase).returning()
    const caseId = opened?.id ?? 0
    const attempts = Array.from({ length: 50 }, (_, index) =>
      db.transaction((tx) => tx.insert(caseEvents).values({ ...anEvent, caseId, seq: index + 1, actKey: 'press-1' })),
    )
    const outcomes = await Promise.allSettled(attempts)
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(conflictOf(outcome.reason)).toBe('case_events_act_key')
    }
    expect(await db.orm.$count(caseEvents)).toBe(1)
  })

  it('names the key when two writers wrote the same event number', async () => {
    const [opened] = await db.orm.insert(cases).values(aCase).returning()
    const event = { ...anEvent, caseId: opened?.id ?? 0, seq: 17 }
    await db.orm.insert(caseEvents).values(event)
    const second = await db.orm.insert(caseEvents).values(event).catch(conflictOf)
    expect(second).toBe('case_events_case_id_seq_pk')
  })

  it('answers plain statements with the same shapes everywhere', async () => {
    const [row] = await db.run(
      `select 9007199254740991::bigint as safe, 9007199254740993::bigint as big, sum(x) as total, 12.50::numeric as price,
              $1::timestamptz as at, $2::jsonb as data, $3::text[] as list, null::bigint as nothing
       from generate_series(1, 4) x`,
      [now, JSON.stringify([{ a: 1 }]), ['a', 'b']],
    )
    expect(row).toEqual({
      safe: 9007199254740991,
      big: '9007199254740993',
      total: 10,
      price: '12.50',
      at: now,
      data: [{ a: 1 }],
      list: ['a', 'b'],
      nothing: null,
    })
  })

  it('runs a plain statement inside a transaction on its handle', async () => {
    const failing = db.transaction(async (tx) => {
      await db.run(`insert into seen (key, at) values ('a', now())`, [], tx)
      expect(await db.run('select key from seen', [], tx)).toEqual([{ key: 'a' }])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await db.run('select key from seen')).toEqual([])
  })

  it('finds open cases that want to be looked at by their time', async () => {
    await db.orm.insert(cases).values([
      { ...aCase, wakeAt: now },
      { ...aCase, wakeAt: now, status: 'closed' },
    ])
    const due = await db.orm.select({ id: cases.id }).from(cases).where(eq(cases.status, 'open'))
    expect(due).toEqual([{ id: 1 }])
  })
})

it('goes on with other things while the embedded database is at work', async () => {
  const { db, drop } = await embedded()
  let turns = 0
  const turn = setInterval(() => (turns += 1), 1)
  await db.run('select count(*) from generate_series(1, 3000000)')
  clearInterval(turn)
  expect(turns).toBeGreaterThan(5)
  await drop()
})

const server = process.env.TEST_DATABASE_URL

describe.skipIf(!server)('a PostgreSQL server', () => {
  it('brings its tables up to date once, however many replicas start at the same time', async () => {
    const postgres = databases().find(({ name }) => name === 'postgres')
    const test = await postgres?.open()
    const [{ name } = {}] = (await test?.db.run('select current_database() as name')) ?? []
    const url = new URL(server ?? '')
    url.pathname = `/${name}`
    await test?.db.run('drop schema drizzle cascade')
    await test?.db.run('drop schema public cascade')
    await test?.db.run('create schema public')
    const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ url: url.href, folder: 'unused' })))
    const migrations = await replicas[0]?.run('select count(*) as applied from drizzle.__drizzle_migrations')
    expect(migrations).toEqual([{ applied: journal.entries.length }])
    for (const replica of replicas) await replica.close()
    await test?.drop()
  })

  it('survives a connection that is cut in the middle of a transaction', async () => {
    const postgres = databases().find(({ name }) => name === 'postgres')
    const test = await postgres?.open()
    const cut = test?.db.transaction(async (tx) => {
      const [{ pid } = {}] = await test.db.run('select pg_backend_pid() as pid', [], tx)
      await test.db.run('select pg_terminate_backend($1)', [pid])
      await test.db.run('select 1', [], tx)
    })
    await expect(cut).rejects.toThrow()
    expect(await test?.db.run('select 1 as alive')).toEqual([{ alive: 1 }])
    await test?.drop()
  })

  it('says that a database does not exist', async () => {
    const url = new URL(server ?? '')
    url.pathname = '/no_such_database'
    const problem = await openDatabase({ url: url.href, folder: 'unused' }).catch((error: unknown) => error)
    expect(problem).toMatchObject({ code: 'database-unreachable' })
    expect(String(problem)).toContain('has no database "no_such_database"')
  })
})

async function embedded(): Promise<TestDatabase> {
  const [pglite] = databases()
  if (pglite?.name !== 'pglite') throw new Error('PGlite comes first')
  return pglite.open()
}

describe('a database address that does not work', () => {
  const open = (url: string) => openDatabase({ url, folder: 'unused' }).catch((error: unknown) => error)

  it.each(['not an address', 'mysql://host/db', 'localhost:5432'])('is refused when it is none: %s', async (url) => {
    const problem = await open(url)
    expect(problem).toBeInstanceOf(StoreProblem)
    expect(problem).toMatchObject({ code: 'database-address' })
  })

  it('is explained without the password when nothing answers', async () => {
    const problem = await open('postgres://ana:s3cret@127.0.0.1:1/desk')
    expect(problem).toMatchObject({ code: 'database-unreachable' })
    expect(String(problem)).toContain('Nothing answers at 127.0.0.1:1')
    expect(String(problem)).not.toContain('s3cret')
  })
})
