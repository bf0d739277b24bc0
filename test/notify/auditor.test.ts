import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit, type Backlog, openAuditor } from '../../src/notify/auditor.ts'
import type { Database } from '../../src/store/db.ts'
import { handClock } from '../cases/office.ts'
import { databases, type TestDatabase } from '../kit/database.ts'
import { soon } from '../kit/soon.ts'
import { minute, noon, second } from './group-kit.ts'

const quiet = { broken: false, retrying: false }

describe('the audit', () => {
  const owed = (more: Partial<Backlog> = {}): Backlog => ({
    what: 'notice',
    count: 3,
    due: noon - 10 * minute,
    where: 'slack:C0ALERTS',
    room: quiet,
    ...more,
  })

  test('finds what is late for no reason', () => {
    expect(audit([owed()], noon)).toEqual([{ what: 'notice', count: 3, late: 10 * minute, where: 'slack:C0ALERTS' }])
  })

  test.each<[string, Partial<Backlog>]>([
    ['is only just due', { due: noon - 30 * second }],
    ['waits for a room that is broken', { room: { ...quiet, broken: true } }],
    ['waits for another try', { room: { ...quiet, retrying: true } }],
    ['waits for its turn in a room that is being told', { room: { ...quiet, lastSent: noon - minute } }],
    ['is a webhook that the clerk will get to', { what: 'inbox', due: noon - minute }],
    ['is a case of four minutes ago', { what: 'case', due: noon - 4 * minute }],
  ])('leaves alone what %s', (_reason, more) => {
    expect(audit([owed(more)], noon)).toEqual([])
  })

  test.each<[string, Partial<Backlog>]>([
    ['a room that nobody wrote to any more', { room: { ...quiet, lastSent: noon - 3 * minute } }],
    ['a webhook that nobody read', { what: 'inbox', due: noon - 3 * minute }],
    ['a case that nobody woke', { what: 'case', due: noon - 6 * minute }],
  ])('finds %s', (_what, { room, ...more }) => {
    const { room: given, ...rest } = owed(more)
    expect(audit([{ ...rest, ...(more.what ? {} : { room: room ?? given ?? quiet }) }], noon)).toHaveLength(1)
  })

  test('says of each kind how many there are and how late the oldest is', () => {
    const found = audit([owed(), owed({ where: 'telegram:7001', due: noon - 20 * minute, count: 2 })], noon)
    expect(found).toEqual([{ what: 'notice', count: 5, late: 20 * minute, where: 'telegram:7001' }])
  })
})

describe.each(databases())('the auditor on $name', ({ open }) => {
  let database: TestDatabase
  let db: Database
  let now: number
  let beats: number
  let url: string
  let status: number
  const monitor = createServer((_request, response) => {
    beats += 1
    response.writeHead(status).end()
  })
  beforeEach(async () => {
    database = await open()
    db = database.db
    now = Date.now()
    beats = 0
    status = 200
    await new Promise<void>((resolve) => monitor.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(monitor.address() as AddressInfo).port}/beat`
  })
  afterEach(async () => {
    await new Promise((resolve) => monitor.close(resolve))
    await database.drop()
  })

  const opened = () =>
    openAuditor({
      db,
      clock: { now: () => now, onJump: () => () => {} },
      log: pino({ level: 'silent' }),
      heartbeat: url,
    })
  const owe = (room: string) =>
    db.run(
      `insert into notices (surface, room, side, group_key, state, telling, severity, wanted, opened_at, due_at)
       values ('slack', $1, 'desk', gen_random_uuid()::text, '{}', '{}', 'info', 1, $2, $2)`,
      [room, new Date(now)],
    )

  test('lets the heart beat while nothing is late', async () => {
    await opened().look()
    expect(beats).toBe(1)
  })

  test('lets it stop when something is, and says what', async () => {
    const auditor = opened()
    await owe('C0ALERTS')
    await db.run(`insert into inbox (key, source, body, received_at) values ('k', 'hub', '{}', $1)`, [new Date(now)])
    await db.run(
      `insert into deliveries (key, case_id, surface, room, body, created_at, due_at) values ('m', 1, 'slack', 'C0CASES', '{}', $1, $1)`,
      [new Date(now)],
    )
    await db.run(
      `insert into cases (flow, flow_version, state, opened_at, changed_at, wake_at) values ('errand', 1, '{}', $1, $1, $1)`,
      [new Date(now)],
    )
    now += 6 * minute
    await auditor.look()
    expect(beats).toBe(0)
    const late = await auditor.late()
    expect(late.map(({ what }) => what).toSorted()).toEqual(['case', 'inbox', 'notice'])
    expect(late.find(({ what }) => what === 'case')).toMatchObject({ where: 'PD-1', late: 6 * minute })
  })

  test('knows a room that is broken, one that is being tried again, and one that is being told', async () => {
    const auditor = opened()
    for (const room of ['C1', 'C2', 'C2', 'C3', 'C3', 'C4']) await owe(room)
    now += 6 * minute
    const at = new Date(now)
    await db.run(
      `insert into broken_rooms (surface, room, words, since, retry_at) values ('slack', 'C1', 'archived', $1, $1)`,
      [at],
    )
    await db.run(`update notices set attempts = 2, due_at = $1 where id = 2`, [new Date(now + minute)])
    await db.run(`update notices set shown = 1, shown_at = $1 where id = 4`, [at])
    expect(await auditor.late()).toEqual([{ what: 'notice', count: 1, late: 6 * minute, where: 'slack:C4' }])
  })

  test('takes no reason for one that was over long ago: another try that never came', async () => {
    const auditor = opened()
    for (const room of ['C1', 'C2']) await owe(room)
    await db.run(
      `insert into broken_rooms (surface, room, words, since, retry_at) values ('slack', 'C1', 'archived', $1, $1)`,
      [new Date(now)],
    )
    await db.run(`update notices set attempts = 2 where room = 'C2'`)
    now += 6 * minute
    expect(await auditor.late()).toMatchObject([{ what: 'notice', count: 2 }])
  })

  test('counts nothing as late that became due before it was there', async () => {
    await owe('C0ALERTS')
    now += 60 * minute
    expect(await opened().late()).toEqual([])
  })

  test('looks each minute, whatever the monitor answers', async () => {
    const clock = handClock()
    const auditor = openAuditor({ db, clock, log: pino({ level: 'silent' }), heartbeat: url })
    auditor.start()
    status = 500
    clock.move('PT30S')
    clock.move('PT30S')
    await soon(() => expect(beats).toBe(1))
    await soon(() => {
      clock.move('PT1M')
      expect(beats).toBe(2)
    })
    await auditor.stop()
  })
})
