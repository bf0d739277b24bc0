import { expect, test } from 'vitest'
import { openStage } from '../kit/stage.ts'

const clientOwned = '+49 30 23125101'

test('A client-owned number: the client switches two-step off by itself, and the platform proves it', async () => {
  await using stage = await openStage()
  const { paula, ana, world } = stage
  await paula.says(`/new two-step-disable ${clientOwned}`)
  await paula.presses('Yes', /admin access/)
  const card = await paula.sees(/PD-1 · Switch off two-step verification\n/)
  expect(card).toMatch(/WhatsApp Manager > Account tools > Phone numbers/)
  expect(card).not.toMatch(/Release by support/)
  await world({ pin: { phone: clientOwned, enabled: false } })
  await paula.sees(/Done\. Two-step verification is off/)
  await ana.sees(/PD-1 · Switch off two-step verification[\s\S]*Done/)
  await stage.quiet()
  expect(stage.transcript()).toMatchSnapshot()
})

test('The platform does not tell whether two-step is on: a person confirms, by name', async () => {
  await using stage = await openStage()
  const { paula, ana, world } = stage
  await world({ pin: { phone: clientOwned, enabled: null, webhook: false } })
  await paula.says(`/new two-step-disable ${clientOwned}`)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/The platforms do not tell/)
  await paula.presses('I checked, it is off', /PD-1/)
  await ana.sees(/Two-step verification is off[\s\S]*declared by Paula/)
  await paula.sees(/Done\. Two-step verification is off/)
})

test('A partner in a group answers by replies, and cancels with a confirmation', async () => {
  await using stage = await openStage()
  const { nils, ana } = stage
  await nils.says('/new two-step-disable')
  await nils.sees(/Which number/)
  await nils.says('+49 30 00000000', /Which number/)
  await nils.sees(/We found no such number/)
  await nils.presses('Cancel case')
  await nils.presses('Keep it open', /Cancel PD-1/)
  await nils.presses('Cancel case')
  await nils.presses('Cancel the case', /Cancel PD-1/)
  await nils.sees(/Nils cancelled this case/)
  await stage.quiet()
  expect(ana.texts().join()).not.toMatch(/PD-1/)
})
