import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'

/** On behalf of its client, so support has to release it. */
const onBehalf = '+49 30 23125301'
const clientOwned = '+49 30 23125101'

async function asked({ paula }: Stage, number = onBehalf) {
  await paula.says(`/new two-step-disable ${number}`)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/PD-1 · Switch off two-step verification\n[\s\S]*Two-step verification is off/)
}

test('Declined: support was late with the release, and then says no', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await asked(stage)
  await clock.advance('PT24H')
  await ana.sees(/Still open: Release the number/)
  await clock.advance('PT48H')
  await ana.sees(/Overdue: Release the number/)
  await paula.sees(/takes longer than planned: Release the number/)
  await ana.presses('Decline', /PD-1/)
  expect(await ana.submits({ reason: 'The ticket came from somebody else' })).toEqual({})
  await paula.sees(/This case was declined: The ticket came from somebody else/)
  await ana.sees(/PD-1[\s\S]*Declined\nAna declined/)
})

test('Cancelled: the client does nothing for three days, support hears of it, and the partner gives up', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await asked(stage, clientOwned)
  await clock.advance('PT24H')
  await paula.sees(/Still open: Switch off two-step verification/)
  await clock.advance('PT48H')
  await ana.sees(/Overdue: Switch off two-step verification/)
  await paula.presses('Cancel case', /PD-1 · Switch off/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*Cancelled\nPaula \(Brightline\) cancelled this case/)
})

test('Expired: nobody says whether the client still has admin access', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await paula.says(`/new two-step-disable ${clientOwned}`)
  await paula.sees(/admin access/)
  await ana.sees(/PD-1[\s\S]*Needs answers/)
  await clock.advance('PT24H')
  await paula.sees(/You were answering questions/)
  await clock.advance('P6D')
  await paula.sees(/Nobody answered for 7 days/)
  await ana.sees(/PD-1[\s\S]*Expired/)
})

test('The platform refuses: Meta does not answer for the number, says why, and is asked again by itself', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await world({ fault: { system: 'graph', kind: '401' }, pin: { phone: clientOwned, enabled: false, webhook: false } })
  await paula.says(`/new two-step-disable ${clientOwned}`)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/Two-step verification is off[\s\S]*Could not be checked: HTTP 401\. We try again/)
  await ana.sees(/Two-step verification is off[\s\S]*Could not be checked: HTTP 401\. We try again/)
  await world({ faults: [] })
  await clock.advance('PT1H')
  await paula.sees(/Done\. Two-step verification is off/)
  await ana.sees(/PD-1[\s\S]*Done/)
})
