import { expect, test } from 'vitest'
import { openReleaseCase, releaseNumber } from '../../kit/cases.ts'
import { openStage } from '../../kit/stage.ts'

test('Declined: support does not release the number, and the partner reads why', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await openReleaseCase(stage)
  await clock.advance('PT72H')
  await ana.sees(/Overdue: Release the number/)
  await ana.presses('Decline', /PD-1/)
  expect(await ana.submits({ reason: 'Invoices are open' })).toEqual({})
  await paula.sees(/This case was declined: Invoices are open/)
  await ana.sees(/PD-1[\s\S]*Declined\nAna declined: Invoices are open/)
  await stage.quiet()
  expect(paula.buttons(/PD-1 · Move a number away\n/)).toEqual([])
})

test('Cancelled: the number does not arrive within two weeks, and the client stays', async () => {
  await using stage = await openStage()
  const { ana, paula, clock, world } = stage
  await openReleaseCase(stage)
  await ana.presses('Accept', /PD-1/)
  await world({ pin: { phone: releaseNumber, enabled: false } })
  await paula.sees(/✓ Two-step verification is off/)
  await clock.advance('P14D')
  await paula.sees(/Still open: Move the number to the new provider/)
  await paula.presses('Cancel case', /PD-1 · Move a number away\n/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*Cancelled\nPaula \(Brightline\) cancelled this case/)
})

test('Expired: nobody names the new provider', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await paula.says(`/new port-out ${releaseNumber}`)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/Which provider/)
  await clock.advance('PT24H')
  await ana.sees(/PD-1[\s\S]*Needs answers/)
  await clock.advance('P6D')
  await paula.sees(/Nobody answered for 7 days/)
  await ana.sees(/PD-1[\s\S]*Expired/)
})

test('The platform refuses: without a word from Meta people confirm what they know, until Meta answers again', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await world({ fault: { system: 'graph', kind: '401' } })
  await openReleaseCase(stage)
  await ana.presses('Accept', /PD-1/)
  await paula.sees(/Two-step verification is off[\s\S]*Could not be checked: HTTP 401\. We try again/)
  expect(paula.buttons(/PD-1 · Move a number away\n/)).toContain('I checked, it is off')
  await ana.presses('I checked, it is off', /PD-1/)
  await paula.sees(/Number arrived at the new provider[\s\S]*Could not be checked: HTTP 401\. We try again/)
  await ana.sees(/Number arrived at the new provider[\s\S]*Could not be checked: HTTP 401\. We try again/)
  await world({ faults: [], moved: { phone: releaseNumber } })
  await clock.advance('PT2H')
  await paula.sees(/Next: Cancel the 360dialog subscription/)
  await ana.sees(/✓ Number arrived at the new provider/)
})

test('The platform refuses later: what Meta said last stays on the card, with its age', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await openReleaseCase(stage)
  await ana.presses('Accept', /PD-1/)
  await world({ pin: { phone: releaseNumber, enabled: false } })
  await paula.sees(/Number arrived at the new provider[\s\S]*status at Meta: CONNECTED/)
  await world({ fault: { system: 'graph', kind: '401' } })
  await clock.advance('PT20M')
  await ana.sees(/status at Meta: CONNECTED \(checked 20 min\. ago · Meta\)/)
  await paula.sees(/status at Meta: CONNECTED \(checked 20 min\. ago · Meta\)/)
})
