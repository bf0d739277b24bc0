import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clerk, openClerk } from '../../src/notify/clerk.ts'
import { openInbox } from '../../src/notify/inbox.ts'
import { isFor } from '../../src/notify/isolation.ts'
import { targetsOf } from '../../src/notify/routes.ts'
import type { Routing } from '../../src/notify/routing.ts'
import { splitMeta } from '../../src/notify/split.ts'
import type { Database } from '../../src/store/db.ts'
import { databases, type TestDatabase } from '../kit/database.ts'
import { day, noon } from './group-kit.ts'
import { routing } from './routing-kit.ts'

const log = pino({ level: 'silent' })
const clock = { now: () => noon, onJump: () => () => undefined }
const seconds = noon / 1000
const number = '4930123456'
const chat = { surface: 'telegram', room: '7001' } as const

const flagged = (time: number, event = 'FLAGGED') => ({
  id: '7001',
  time,
  changes: [{ field: 'phone_number_quality_update', value: { display_phone_number: number, event } }],
})

describe.each(databases())('the clerk on $name', ({ open }) => {
  let test: TestDatabase
  let db: Database
  let clerk: Clerk | undefined
  let now = noon
  beforeEach(async () => {
    test = await open()
    db = test.db
    now = noon
  })
  afterEach(async () => {
    await clerk?.stop()
    await test.drop()
  })

  /** Has a clerk handle what Meta tells, all of it; answers what became of each change. */
  async function told(entry: unknown[], tree: Routing, { partner = 'bright', clientName = 'Acme' } = {}) {
    const inbox = openInbox({ db, now: clock.now, log })
    await inbox.take(splitMeta({ entry }) ?? [])
    await inbox.sort()
    clerk = openClerk({
      db,
      owners: {
        known: async (keys) => new Map(keys.map((key) => [key, { partner, clientName }])),
        refresh: async () => noon,
      },
      desk: { heard: async () => [] },
      wishes: async () => ({
        mutes: [],
        targetsOf: (notice) => targetsOf(notice, tree),
        isFor: (row) => isFor(row, tree),
      }),
      changed: () => undefined,
      clock: { ...clock, now: () => now },
      log,
    })
    clerk.start()
    const outcomes = () => db.run('select outcome from inbox order by id')
    await expect.poll(outcomes).not.toContainEqual({ outcome: null })
    return (await outcomes()).map(({ outcome }) => outcome)
  }
  const moods = async () =>
    (await db.run(`select line.value ->> 'mood' as mood from notices, jsonb_each(state -> 'lines') as line`)).map(
      ({ mood }) => mood,
    )

  it('handles the notice of a client whose long name is cut within a character', async () => {
    const clientName = `${'x'.repeat(99)}🌱`
    expect(await told([flagged(seconds)], routing('{ group: [client] }'), { clientName })).toEqual(['told'])
  })

  it.each([
    ['in milliseconds', noon],
    ['of another century', seconds + 4e9],
  ])('takes no time for granted that has not come yet, %s: what is told after it is news', async (_, time) => {
    const outcomes = await told([flagged(time), flagged(seconds + 60, 'UNFLAGGED')], routing())
    expect(outcomes).toEqual(['told', 'told'])
    expect(await moods()).toEqual(['relief', 'relief'])
  })

  describe('a chat that the set-up has given to another partner', () => {
    const digest = routing('{ digest: {}, to: [partner] }')
    const given = { ...digest, owners: new Map([['7001', 'nord']]), chats: new Map([['nord', [chat]]]) }
    const messages = async () =>
      (
        await db.run('select partner, wanted > 0 as told, closed_at is not null as closed from notices order by id')
      ).map(({ partner, told, closed }) => [partner, told ? 'told' : 'not told', closed ? 'closed' : 'open'])

    it('hears nothing of what waited for the one that had it', async () => {
      await told([flagged(seconds)], digest)
      await clerk?.stop()
      now = noon + day
      await told([], given)
      await expect.poll(messages).toEqual([['bright', 'not told', 'closed']])
    })

    it('begins a new message for what is its own', async () => {
      await told([flagged(seconds)], digest)
      await clerk?.stop()
      await told([flagged(seconds + 1)], given, { partner: 'nord' })
      expect(await messages()).toEqual([
        ['bright', 'not told', 'closed'],
        ['nord', 'not told', 'open'],
      ])
    })
  })
})
