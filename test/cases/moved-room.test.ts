import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLedger } from '../../src/cases/ledger.ts'
import type { Seat } from '../../src/cases/seats.ts'
import { fold } from '../../src/flows/engine/fold.ts'
import { moveRoom } from '../../src/store/moved-rooms.ts'
import { databases } from '../kit/database.ts'
import { type Office, openOffice, phones } from './office.ts'
import { ana, nora } from './people.ts'

const group = nora.room
const supergroup = '-1009999'

describe.each(databases())('a case whose room has another id by now, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open })
  })
  afterEach(() => office.close())

  const upgrade = () => moveRoom(office.db, { surface: 'telegram', from: group, to: supergroup }, office.clock.now())
  const rooms = (table: 'places' | 'deliveries') =>
    office.db.run(`select distinct room from ${table} where surface = 'telegram' order by room`)

  test('is shown and told there only, while the set-up still says the old one', async () => {
    const id = await office.errand(nora, phones.nord)
    await upgrade()
    await office.desk.act(ana, id, { do: 'approve', step: 'release' })
    expect(await rooms('places')).toEqual([{ room: supergroup }])
    expect(await rooms('deliveries')).toEqual([{ room: supergroup }])
  })

  test('is opened by the name of the room that stays', async () => {
    await upgrade()
    const id = await office.errand({ ...nora, room: supergroup, home: group }, phones.nord)
    expect((await office.snapshot(id)).origin).toEqual({ surface: 'telegram', room: group })
  })

  const seat = (room: string, side: Seat['side']): Seat => ({ surface: 'telegram', room, side, kind: 'card' })
  const by = { id: 'system', name: 'Portdesk', role: 'system' } as const
  const state = fold([{ seq: 1, type: 'opened', at: 0, by, data: { flow: 'errand', version: 1 } }])
  const nothing = { events: [], seats: [], kept: [], announcements: [] }

  test('keeps its card there up to date while no new one would be shown', async () => {
    const ledger = openLedger(office.db)
    const id = await ledger.create({ ...nothing, state, seats: [seat(group, 'partner')] })
    await upgrade()
    await ledger.append(id, 1, { ...nothing, state: { ...state, seq: 2 }, kept: [seat(group, 'partner')] })
    expect(await office.db.run('select room, wanted from places')).toEqual([{ room: supergroup, wanted: 2 }])
  })

  test('has one card where two rooms of the set-up became one: that of the room that is called so', async () => {
    await upgrade()
    const seats = [seat(group, 'partner'), seat(supergroup, 'destination-partner')]
    await openLedger(office.db).create({ ...nothing, state, seats })
    expect(await office.db.run('select room, side from places')).toEqual([
      { room: supergroup, side: 'destination-partner' },
    ])
  })
})
