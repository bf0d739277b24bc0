import { expect, test } from 'vitest'
import { ignored, kinds } from '../../../src/notify/kinds/index.ts'
import { openStage, type Stage } from '../../kit/stage.ts'
import { fromMeta, postsAbout } from './posts.ts'
import { allHeard, allTold, type Room, readIn, rooms } from './rooms.ts'
import { type Home, homeOf, type ToldRow, toldInTheMorning, toldSoon } from './told-rows.ts'

/** Numbers whose accounts are in such trouble that nothing else is told of them; the others, each account once and all. */
const ill = ['551130000102', '494066969201']
const accounts = ['493023125101', '494066969101', '551176540211', '493023125301', '493023125401', '493023125201']
const numbers = [...accounts, '493023125202', '5511976540305', '12025550143', '493023125402']
const homes = { ill, account: accounts, number: numbers }

/** Which number each row is about: one after the other, so that no two rows speak of the same thing. */
function placed({ sandbox }: Stage, rows: readonly ToldRow[]): { row: ToldRow; home: Home }[] {
  const known = sandbox.state().numbers
  const used = { ill: 0, account: 0, number: 0 }
  return rows.map((row, n) => {
    const phone = homes[row.about][used[row.about]++ % homes[row.about].length]
    const number = known.find((each) => each.phone === phone)
    if (!number) throw new Error(`there is no number ${phone}`)
    return { row, home: homeOf(number, n) }
  })
}

const roomsOf = ({ row, home }: { row: ToldRow; home: Home }): Room[] =>
  rooms.filter((room) => (room === 'desk' ? row.to !== 'partner' : row.to !== 'desk' && room === home.partner))

/** Who reads each row, as `17.1 channel_live: desk, BrghtlPA`. */
const heard = (stage: Stage, all: readonly { row: ToldRow; home: Home }[]) => {
  const texts = rooms.map((room) => [room, readIn(stage, room).join('\n')] as const)
  return all.map(({ row, home }) => {
    const says = row.says(home)
    return `${says} → ${texts.flatMap(([room, text]) => (text.includes(says) ? [room] : []))}`
  })
}
const meant = (all: readonly { row: ToldRow; home: Home }[]) =>
  all.map((each) => `${each.row.says(each.home)} → ${roomsOf(each)}`)

async function posted({ world, sandbox }: Stage, all: readonly { row: ToldRow; home: Home }[]) {
  const at = Math.floor(sandbox.clock.now() / 1000)
  for (const { row, home } of all) await world({ event: row.post(postsAbout(home, at), home) })
}

test('Every row that is told soon: the right words in the right rooms, and in no other', async () => {
  await using stage = await openStage({ notices: true })
  const all = placed(stage, toldSoon)
  await posted(stage, all)
  await allHeard(stage)
  await stage.clock.advance('PT15M')
  await allTold(stage)
  expect(heard(stage, all)).toEqual(meant(all))
})

test('A number that Meta names by an id of its own is told of by its digits', async () => {
  await using stage = await openStage({ notices: true })
  const [acme] = stage.sandbox.state().numbers.filter(({ phone }) => phone === '493023125101')
  if (!acme) throw new Error('there is no such number')
  const { meta } = postsAbout(acme, Math.floor(stage.sandbox.clock.now() / 1000))
  const alert_info = { alert_severity: 'INFORMATIONAL', alert_status: 'NONE', alert_type: 'OBA_REJECTED' }
  const about = { entity_type: 'PHONE_NUMBER', entity_id: '106381927740556' }
  await stage.world({ event: meta('account_alerts', { ...about, alert_info }) })
  await allHeard(stage)
  await stage.clock.advance('PT6S')
  await allTold(stage)
  await stage.paula.sees(/Number \+49 30 23125101 does not get the badge/)
})

test('Every row of the digest: one message in the morning for each partner, and nothing before', async () => {
  await using stage = await openStage({ notices: true })
  const all = placed(stage, toldInTheMorning)
  await posted(stage, all)
  await allTold(stage)
  expect(heard(stage, all).filter((each) => !each.endsWith('→ '))).toEqual([])
  await stage.clock.advance('PT24H')
  await allTold(stage)
  expect(heard(stage, all)).toEqual(meant(all))
  expect(readIn(stage, 'BrghtlPA').filter((text) => /^Today: /m.test(text))).toHaveLength(1)
})

test('What is to be ignored is told nowhere', async () => {
  await using stage = await openStage({ notices: true })
  const { world, ask, clock, sandbox } = stage
  const at = Math.floor(sandbox.clock.now() / 1000)
  const value = { display_phone_number: '493023125101', metadata: { display_phone_number: '493023125101' } }
  for (const field of ignored.map((each) => each.replace('*', 'settings_update'))) {
    await world({ event: fromMeta('104726318850943', field, value, at) })
  }
  await allHeard(stage)
  await clock.advance('P2D')
  await allTold(stage)
  // One client of the little world owes money from the beginning.
  const told = rooms.flatMap((room) => readIn(stage, room)).filter((text) => !/balance of Clínica Girassol/.test(text))
  expect(told).toEqual([])
  // What is about conversations with customers is not even kept.
  const outcomes = await ask(`select distinct outcome from inbox where source = 'meta'`)
  expect(outcomes).toEqual([{ outcome: 'ignored' }])
})

test('There is a story for every row of the tables', () => {
  const told = new Set([...toldSoon, ...toldInTheMorning].map(({ ref }) => ref))
  const rowsOf = Object.values(kinds).flatMap((names) => [...names.values()].flatMap((each) => each.rows))
  const missing = new Set(rowsOf.flatMap(({ ref }) => ref ?? []).filter((ref) => !told.has(ref)))
  // The others are polled: polled.test.ts.
  expect([...missing]).toEqual([
    '17.1 poll: change request created',
    '17.1 poll: change request pending',
    '17.1 poll: change request completed',
    '17.1 poll: change request failed',
    '17.1 poll: balance ≤ 0',
  ])
})
