import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'
import { allTold, polled, type Room, readIn, rooms, sentTo } from './rooms.ts'

const bluebird = 'Bluebird Coffee'

/** What 360dialog's list of requests says at the next look at it, as the rooms read it a moment later. */
async function found(stage: Stage, event: string, within = 'PT10M'): Promise<void> {
  await stage.clock.advance(within)
  await polled(stage, event)
  await stage.clock.advance('PT16M')
  await allTold(stage)
}

const readBy = (stage: Stage, says: RegExp): Room[] =>
  rooms.filter((room) => readIn(stage, room).some((text) => says.test(text)))

/** Like `readBy`; the next look may have found more before anybody could read it. */
const sentBy = (stage: Stage, says: RegExp): Room[] =>
  rooms.filter((room) => sentTo(stage, room).some((text) => says.test(text)))

test('A client goes to another partner: both partners and the desk hear how it goes on, the new one without its name', async () => {
  await using stage = await openStage({ notices: true })
  const { world, clock } = stage
  await world({ partner_change: { client: bluebird, to: 'Nordwind' } })
  await found(stage, 'change-request-created')
  expect(readBy(stage, /Client Bluebird Coffee asks to change partner\. The new partner has to approve/)).toEqual([
    'desk',
  ])
  expect(readBy(stage, /Client asks to change partner[\s\S]*Next: Look at the request/)).toEqual(['NordwnPA'])

  // 360dialog moves the numbers within a minute; the poll looks right before.
  await clock.advance('PT9M30S')
  await world({ partner_change: { client: bluebird, decision: 'approve' } })
  await found(stage, 'change-request-pending', 'PT30S')
  expect(sentBy(stage, /The partner change of Bluebird Coffee was approved and is running/)).toEqual(['BrghtlPA'])
  expect(sentBy(stage, /The partner change was approved and is running/)).toEqual(['NordwnPA'])

  await found(stage, 'change-request-completed')
  expect(readBy(stage, /The partner change of Bluebird Coffee is done/)).toEqual(['desk', 'BrghtlPA'])
  expect(readBy(stage, /The partner change is done/)).toEqual(['NordwnPA'])
  expect(readIn(stage, 'NordwnPA').join('\n')).not.toContain(bluebird)
})

test('A partner change fails: a critical notice for everybody concerned', async () => {
  await using stage = await openStage({ notices: true })
  await stage.world({ partner_change: { client: bluebird, to: 'Nordwind' } })
  await stage.world({ partner_change: { client: bluebird, decision: 'fail' } })
  await found(stage, 'change-request-failed')
  expect(readBy(stage, /The partner change of Bluebird Coffee failed[\s\S]*Critical/)).toEqual(['desk', 'BrghtlPA'])
  expect(readBy(stage, /The partner change failed[\s\S]*Critical/)).toEqual(['NordwnPA'])
})

test('Money that is used up is told once a day to the partner whose client pays itself, until there is some again', async () => {
  await using stage = await openStage({ notices: true })
  const { world } = stage
  await polled(stage, 'balance-used-up')
  await world({ balance: { phone: '493023125101', amount: -5 } })
  await found(stage, 'Hn42TtqrCL', 'PT1H')
  expect(readBy(stage, /The balance of Acme GmbH is used up \(-EUR 5\.00\): sending is blocked/)).toEqual(['BrghtlPA'])
  expect(readBy(stage, /The balance of Clínica Girassol is used up/)).toEqual(['SabiaxPA'])
  await world({ balance: { phone: '493023125101', amount: 50 } })
  await found(stage, 'balance-back', 'PT1H')
  expect(readBy(stage, /The balance of Acme GmbH is above zero again \(EUR 50\.00\)/)).toEqual(['BrghtlPA'])
  expect(readBy(stage, /does not know/)).toEqual([])
})
