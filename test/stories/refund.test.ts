import { expect, test } from 'vitest'
import { openStage, type Stage } from '../kit/stage.ts'

/** Cancelled, of a client that pays by itself. */
const number = '+49 30 23125402'
const digits = '5402'

/** Paula answers what only people know. */
async function asked({ paula, world }: Stage, payments: string, balance = 50): Promise<void> {
  await world({ balance: { phone: number, amount: balance, currency: 'EUR' } })
  await paula.says(`/new refund ${number}`)
  await paula.sees(/Is this the right client\? .*\+49 30 23125402, balance EUR/)
  await paula.says(digits)
  await paula.sees(/Which payments were made, newest first/)
  await paula.says(payments)
}

test('A refund is computed, agreed, confirmed once more, pressed, and the money is back', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await world({ balance: { phone: number, amount: 62, currency: 'EUR' } })
  await paula.says(`/new refund ${number}`)
  await paula.sees(/Is this the right client/)
  await paula.says('1234')
  await paula.sees(/not the last 4 digits/)
  await paula.says(digits)
  await paula.says('50; 20', /Which payments were made/)
  await paula.sees(/PD-1 · Refund of unused funds[\s\S]*EUR.62\.00[\s\S]*50\.00 \(50\.00\); 12\.00 \(20\.00\)/)
  await paula.presses('Accept', /PD-1/)
  await paula.presses('Accept', /The client agrees that EUR.62\.00 for \+49 30 23125402 is paid back\?/)
  await ana.sees(/Paula .*accepted: Client agrees to the refund/)
  await paula.sees(/A processed refund cannot be undone/)
  await paula.presses('Accept', /PD-1/)
  await paula.presses('Accept', /EUR.62\.00 for \+49 30 23125402\. This cannot be undone/)
  await paula.sees(/"Billing Information" > "Refund"/)
  await paula.presses(/^Done/, /PD-1/)
  await ana.sees(/The refund of EUR.62\.00 was pressed/)
  await clock.advance('PT72H')
  await ana.sees(/Overdue: .*money/i)
  await world({ balance: { phone: number, amount: 0, currency: 'EUR' } })
  await clock.advance('PT1H')
  await paula.sees(/Done\. The refund is on its way\. A credit note appears/)
  await stage.quiet()
  expect(stage.transcript()).toMatchSnapshot()
})

test('The client does not want it: declined with a reason, from Slack', async () => {
  await using stage = await openStage()
  await asked(stage, '50')
  const { ana, paula } = stage
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'Keeps it for the next number' })
  await paula.sees(/This case was declined: Keeps it for the next number/)
})

test('More is left than was paid in: support looks into it, and the partner cannot pass by', async () => {
  await using stage = await openStage()
  await asked(stage, '10', 40)
  const { ana, paula } = stage
  await ana.sees(/more than was paid in: EUR.30\.00/)
  expect(paula.buttons(/PD-1 ·/)).not.toContain('We have looked into it')
  await ana.presses('We have looked into it', /PD-1/)
  await paula.sees(/Expected: EUR.40\.00/)
})

test('Nothing is left, or the partner pays: said at once, and cancelled', async () => {
  await using stage = await openStage()
  const { paula, nils, world } = stage
  await world({ balance: { phone: number, amount: -3.2, currency: 'EUR' } })
  await paula.says(`/new refund ${number}`)
  await paula.sees(/The Hub shows "Add funds" instead/)
  await paula.presses('Cancel case')
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await paula.sees(/Paula cancelled this case/)
  await nils.says('/new refund +49 40 66969101')
  await nils.sees(/the partner pays 360dialog/)
})

test('Nobody answers for a week: the case expires', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says(`/new refund ${number}`)
  await paula.sees(/Is this the right client/)
  await clock.advance('P8D')
  await paula.sees(/this case has expired/)
})
