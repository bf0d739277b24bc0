import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/db.ts'
import { formerRooms, movedRooms, moveRoom } from '../../src/store/moved-rooms.ts'
import { databases, type TestDatabase } from '../kit/database.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const old = '-100200300'
const supergroup = '-1009999'

describe.each(databases())('a room that moved on $name', ({ open }) => {
  let database: TestDatabase
  let db: Database
  beforeEach(async () => {
    database = await open()
    db = database.db
  })
  afterEach(() => database.drop())

  const move = (from: string, to: string) => moveRoom(db, { surface: 'telegram', from, to }, now)
  const caseCards = async (...places: { room: string; wanted: number; shown: number; message: string | null }[]) => {
    const [row] = await db.run(
      `insert into cases (flow, flow_version, state, opened_at, changed_at) values ('errand', 1, '{}', now(), now()) returning id`,
    )
    for (const { room, wanted, shown, message } of places) {
      await db.run(
        `insert into places (case_id, surface, room, kind, side, message_id, wanted, shown, changed_at)
         values ($1, 'telegram', $2, 'card', 'partner', $3, $4, $5, now())`,
        [row?.id, room, message, wanted, shown],
      )
    }
  }
  const cards = () => db.run('select room, message_id, wanted, shown from places order by room')

  it('takes the cards of its cases along, as new messages', async () => {
    await caseCards({ room: old, wanted: 5, shown: 3, message: '17' })
    await move(old, supergroup)
    expect(await cards()).toEqual([{ room: supergroup, message_id: null, wanted: 5, shown: 3 }])
  })

  it('has what is open shown anew there, and lets what is closed rest', async () => {
    await caseCards({ room: old, wanted: 5, shown: 5, message: '17' })
    await caseCards({ room: old, wanted: 6, shown: 6, message: '18' })
    await db.run(`update cases set status = 'closed' where id = (select max(id) from cases)`)
    await move(old, supergroup)
    expect(await db.run('select wanted, shown, showing from places order by wanted')).toEqual([
      { wanted: 5, shown: 4, showing: null },
      { wanted: 6, shown: 6, showing: null },
    ])
  })

  it('keeps the card that is in the new room already, and has it drawn again', async () => {
    await caseCards(
      { room: old, wanted: 9, shown: 3, message: '17' },
      { room: supergroup, wanted: 7, shown: 7, message: '2' },
    )
    await move(old, supergroup)
    expect(await cards()).toEqual([{ room: supergroup, message_id: '2', wanted: 9, shown: 7 }])
  })

  it('is found under every id that it ever had', async () => {
    await move(old, '-1001')
    await move('-1001', supergroup)
    expect(await movedRooms(db)).toEqual(
      new Map([
        [old, supergroup],
        ['-1001', supergroup],
      ]),
    )
    expect((await formerRooms(db, supergroup)).toSorted()).toEqual(['-1001', old])
  })

  it('may come back to an id of before, or move to where it is', async () => {
    await move(old, supergroup)
    await move(supergroup, old)
    await move(old, old)
    expect(await movedRooms(db)).toEqual(new Map([[supergroup, old]]))
  })

  it('takes along what it subscribed to', async () => {
    await db.run(
      `insert into subscriptions (surface, room, match, by, made_at) values ('telegram', $1, '{}', '{}', now())`,
      [old],
    )
    await move(old, supergroup)
    expect(await db.run('select room from subscriptions')).toEqual([{ room: supergroup }])
  })
})
