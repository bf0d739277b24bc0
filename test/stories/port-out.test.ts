import { expect, test } from 'vitest'
import { openStage } from '../kit/stage.ts'

const number = '+49 30 23125301'

test('A partner moves an on-behalf-of number away, from the first question to the end', async () => {
  await using stage = await openStage()
  const { paula, ana, clock, world } = stage

  await paula.says('/new port-out')
  await paula.sees(/Which number is it about/)
  await paula.says(number)
  await paula.sees(/Does the client still have admin access/)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/Which provider/)
  await paula.says('Northern Lights Messaging')
  await paula.sees(/When is the move planned/)
  await paula.presses('Skip', /When is the move planned/)
  await paula.presses('Yes', /invoices/)
  await paula.presses('Yes', /texts of the templates/)
  await paula.presses(/^No/, /unused funds/)
  await paula.sees(/PD-1 · Move a number away[\s\S]*Waiting for/)

  await ana.sees(/PD-1 · Move a number away[\s\S]*Brightline/)
  await ana.presses('Accept', /PD-1/)
  await paula.sees(/Ana accepted: Release by support/)

  await clock.advance('PT24H')
  await ana.sees(/Still open: Switch off two-step verification/)
  await clock.advance('PT48H')
  await ana.sees(/Overdue: Switch off two-step verification/)
  await paula.sees(/takes longer than planned/)

  await world({ pin: { phone: number, enabled: false } })
  await paula.sees(/✓ Two-step verification is off/)
  await ana.sees(/PD-1[\s\S]*two-step PIN set: no/)

  await world({ moved: { phone: number } })
  await clock.advance('PT2H')
  await paula.sees(/Next: Cancel the 360dialog subscription/)
  await paula.presses(/^Done/, /Next: Cancel the 360dialog subscription/)
  await paula.sees(/Done\. The number has moved/)
  await ana.sees(/PD-1[\s\S]*Done/)
  await stage.quiet()
  expect(stage.transcript()).toMatchSnapshot()
})
