import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'

const number = '+49 30 23125502'

/** An old case: Paula of Brightline asks in Telegram, and Ana of support agrees in Slack. */
async function agreed({ ana, paula, world }: Stage) {
  await world({ limits: { rate: false } })
  await paula.says(`/new number-migration-onprem ${number}`)
  await paula.presses('No, an old case', /Meta retired On-Premise/)
  await ana.presses(/^Answer/, /PD-1 · On-Premise number/)
  await ana.submits({ 'support-agrees': 'yes' })
  await paula.presses('Yes', /work with a Solution Partner/)
}

async function answered(stage: Stage) {
  const { paula } = stage
  await agreed(stage)
  await paula.presses('Skip', /account that the number is in now/)
  await paula.sees(/Meta Business ID of the WhatsApp account/)
  await paula.says('733018264490517')
  await paula.presses('Something else', /What does WhatsApp Web show/)
  await paula.presses('Live', /sandbox mode or live/)
  await paula.presses('Skip', /Which website/)
  await paula.sees(/PD-1 · On-Premise number \(legacy\)\n[\s\S]*The platforms do not tell/)
}

/** What no platform tells: people confirm it one by one, each in its own chat. */
const byPartner = [
  'It is the right one',
  'The client is admin',
  'It is verified',
  'The line is free',
  'It is On-Premise',
]
const bySupport = ['I opened it, it is live', 'It is right', 'It is live']

test('Done: an old case is confirmed in both chats, submitted, late with its code, and told to plan for Cloud API', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await answered(stage)
  await clock.advance('P3D')
  await ana.sees(/Overdue: Switch off two-step verification/)
  for (const button of [...byPartner, 'I checked, it is off']) await paula.presses(button, /PD-1 · On-Premise number/)
  for (const button of bySupport) {
    await stage.quiet()
    await ana.presses(button, /PD-1 · On-Premise number/)
  }
  await paula.presses(/^Done/, /Next: Submit the number/)
  await paula.presses(/^Done/, /Next: Accept the Message-on-Behalf request/)
  await paula.sees(/Next: Enter the code/)
  await clock.advance('PT1H')
  await ana.sees(/Overdue: Enter the code/)
  await paula.presses(/^Done/, /Next: Enter the code/)
  await world({ pin: { phone: number, enabled: false }, imported: { phone: number, waba: '182240617739508' } })
  await clock.advance('PT2M')
  await paula.sees(/✓ Number is set up/)
  await paula.presses(/^Done/, /Next: Make the API key/)
  await ana.presses('They know', /Next: Advise the move to Cloud API/)
  await paula.sees(/Done\. The number is set up\. Plan its move to Cloud API/)
  await ana.sees(/PD-1 · On-Premise number[\s\S]*Done/)
})

test('Cancelled: support ends the old case in Slack, and the partner reads who did', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await answered(stage)
  await stage.quiet()
  await ana.presses('Cancel case', /PD-1 · On-Premise number/)
  await paula.sees(/Ana cancelled this case/)
  await stage.quiet()
  expect(paula.buttons(/PD-1 · On-Premise number/)).toEqual([])
})

test('Expired: support never says that the old case goes on', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await paula.says(`/new number-migration-onprem ${number}`)
  await paula.presses('No, an old case', /Meta retired On-Premise/)
  await ana.sees(/PD-1 · On-Premise number[\s\S]*Needs answers/)
  await clock.advance('PT24H')
  await ana.sees(/You were answering questions/)
  await clock.advance('P6D')
  await ana.sees(/PD-1[\s\S]*Expired/)
  await paula.sees(/Nobody answered for 7 days/)
})

test('The platform refuses: Meta says that the number is on Cloud API already, whatever people see', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await agreed(stage)
  await paula.says('191130482257714', /account that the number is in now/)
  await paula.presses('Something else', /What does WhatsApp Web show/)
  await paula.sees(/The number is on Cloud API, and from there it cannot move to On-Premise\. Cancel this case/)
  await ana.sees(/PD-1[\s\S]*The number is on Cloud API, and from there it cannot move/)
  await clock.advance('P7D')
  await ana.sees(/PD-1[\s\S]*Expired/)
})
