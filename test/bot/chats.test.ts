import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Chats, openChats } from '../../src/bot/chats.ts'
import { peopleOf } from '../../src/bot/people.ts'
import type { DeskConfig } from '../../src/config.ts'
import { noticesSchema } from '../../src/notify/route-schema.ts'
import { movedRooms, moveRoom } from '../../src/store/moved-rooms.ts'
import { handClock } from '../cases/office.ts'
import { config } from '../cases/people.ts'
import { databases, type TestDatabase } from '../kit/database.ts'

const group = '-100200300'
const supergroup = '-1009999'
const onCall = '-1005555'
const stranger = '-1006666'
const nils = { id: 7002, name: 'Nils' }
const desk: DeskConfig = {
  ...config,
  notices: noticesSchema.parse({ receivers: { 'on-call': { telegram: Number(onCall), desk: true } } }),
}
const clock = handClock()
const log = pino({ level: 'silent' })

describe.each(databases())('a chat of the set-up on $name', ({ open }) => {
  let database: TestDatabase
  let chats: Chats
  const opened = (of: DeskConfig) => openChats({ config: of, db: database.db, clock, log })
  beforeEach(async () => {
    database = await open()
    chats = opened(desk)
  })
  afterEach(() => database.drop())

  test('is known by the id that the set-up says', async () => {
    expect(await chats.home(group)).toBe(group)
    expect(await chats.home(onCall)).toBe(onCall)
    expect(await chats.home(stranger)).toBeUndefined()
  })

  test('is known by every id that it gets, and speaks for the same partner', async () => {
    await chats.follow(group, '-1001')
    await chats.follow('-1001', supergroup)
    expect(await chats.home(supergroup)).toBe(group)
    const people = peopleOf(desk, opened(desk).home)
    const before = await people.telegram(nils, group)
    expect(before).toMatchObject({ partner: 'nordwind', room: group })
    expect(await people.telegram(nils, supergroup)).toEqual({ ...before, room: supergroup, home: group })
  })

  test('keeps those who may speak there', async () => {
    await chats.follow(group, supergroup)
    const partners = desk.partners.map((partner) => ({
      ...partner,
      telegram: partner.telegram.map((room) => ({ ...room, members: [nils.id] })),
    }))
    const people = peopleOf({ ...desk, partners }, chats.home)
    expect(await people.telegram(nils, supergroup)).toMatchObject({ partner: 'nordwind' })
    expect(await people.telegram({ id: 7009, name: 'Zoe' }, supergroup)).toBeUndefined()
  })

  test('is followed alone: a group that the set-up does not know becomes nobody', async () => {
    await chats.follow(stranger, supergroup)
    expect(await movedRooms(database.db)).toEqual(new Map())
    expect(await chats.home(supergroup)).toBeUndefined()
  })

  test('does not make the desk’s own rooms speak for a partner', async () => {
    await chats.follow(onCall, supergroup)
    expect(await chats.home(supergroup)).toBe(onCall)
    expect(await peopleOf(desk, chats.home).telegram(nils, supergroup)).toBeUndefined()
  })

  test('is whose the set-up says, once that names the new id', async () => {
    await moveRoom(database.db, { surface: 'telegram', from: '7001', to: supergroup }, clock.now())
    const partners = desk.partners.map((partner) => ({
      ...partner,
      telegram: partner.telegram.map((room) =>
        String(room.chat) === group ? { ...room, chat: Number(supergroup) } : room,
      ),
    }))
    const edited = { ...desk, partners }
    expect(await peopleOf(edited, opened(edited).home).telegram(nils, supergroup)).toMatchObject({
      partner: 'nordwind',
    })
  })
})
