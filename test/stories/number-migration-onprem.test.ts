import { expect, test } from 'vitest'
import { openStage } from '../kit/stage.ts'

const number = '+49 30 23125502'

test('A partner is led to Cloud API', async () => {
  await using stage = await openStage()
  const { paula } = stage
  await paula.says('/new number-migration-onprem')
  await paula.presses('Yes, to Cloud API', /Meta retired On-Premise in October 2025/)
  await paula.sees(/start "Bring a number to 360dialog"/)
})

test('An old case: a partner asks, and only support can go on', async () => {
  await using stage = await openStage()
  const { paula, ana, clock } = stage
  await paula.says(`/new number-migration-onprem ${number}`)
  await paula.presses('No, an old case', /Meta retired On-Premise/)
  await ana.sees(/PD-1 · On-Premise number/)
  await stage.quiet()
  await ana.presses(/^Answer/, /PD-1 · On-Premise number/)
  await ana.submits({ 'support-agrees': 'yes' })
  await paula.presses('Yes', /work with a Solution Partner/)
  await paula.presses('Skip', /account that the number is in now/)
  await paula.sees(/Meta Business ID of the WhatsApp account/)
  await paula.says('733018264490517')
  await paula.presses('Something else', /What does WhatsApp Web show/)
  await paula.presses('Live', /sandbox mode or live/)
  await paula.presses('Skip', /Which website/)
  await paula.sees(/PD-1 · On-Premise number \(legacy\)\n[\s\S]*The platforms do not tell/)
  await clock.advance('P3D')
  await ana.sees(/Overdue: Switch off two-step verification/)
})

test('Support opens a migration in Slack and says for which partner; that partner gets its card', async () => {
  await using stage = await openStage()
  const { ana, nora, paula } = stage
  await ana.says('/portdesk new number-migration')
  const first = await ana.submits({
    number,
    source: 'meta',
    'waba-mode': 'new',
    'code-way': 'SMS',
    'high-volume': 'no',
    'source-waba': '191130482257714',
  })
  expect(first).toEqual({})
  expect(await ana.submits({ partner: 'nordwind', email: 'ops@delphin-sport.example' })).toEqual({})
  expect(await ana.submits({ 'hub-account': 'yes', 'what-moves': 'yes' })).toEqual({})
  await nora.sees(/PD-1 · Bring a number to 360dialog[\s\S]*owner at Meta: 733018264490517/)
  const card = await ana.sees(/PD-1 · Bring a number to 360dialog[\s\S]*Nordwind/)
  expect(card).toMatch(/The partner \(Partner Payment\)/)
  expect(paula.canSee(/PD-1/)).toBe(false)
})
