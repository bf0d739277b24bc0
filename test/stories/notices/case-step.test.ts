import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'
import { allHeard, allTold } from './rooms.ts'

const acme = '+49 30 23125101'
const acmesAccount = '104726318850943'
const bluebird = '+49 30 23125202'

/** The desk reads in the case's thread what a platform told about it. */
const noted = ({ ana }: Stage, says: RegExp) => ana.sees(new RegExp(`^The platform says: ${says.source}`))

test('Two-step is off: the case ends by itself', async () => {
  await using stage = await openStage({ notices: true })
  const { paula, ana, world } = stage
  await paula.says(`/new two-step-disable ${acme}`)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/two-step PIN set: yes/)
  await world({ pin: { phone: acme, enabled: false } })
  await noted(stage, /Two-step verification is off for \+49 30 23125101/)
  await paula.sees(/Done\. Two-step verification is off/)
  await ana.sees(/PD-1 · Switch off two-step verification[\s\S]*Done/)
})

test('The client has given the key permission: the case goes on to the next step', async () => {
  await using stage = await openStage({ notices: true })
  const { paula, world } = stage
  await paula.says(`/new api-key ${bluebird}`)
  await paula.presses('All numbers', /Ask for the permission/)
  await paula.presses('Here, in private', /Where shall the key be made/)
  await paula.says('5202', /type the last 4 digits/)
  await paula.sees(/API-key permission: (?!shared)/)
  await world({ permission: { phone: bluebird, shared: true } })
  await noted(stage, /Key permission was granted/)
  await paula.sees(/✓ API-key permission given/)
})

test('Meta approves a template: the case ends by itself', async () => {
  await using stage = await openStage({ notices: true })
  const { paula, world } = stage
  await paula.says(`/new template-actions ${acme}`)
  await paula.presses('Create a template', /What shall be done/)
  await paula.says('order_update, en', /Which template is it/)
  await world({ template: { waba: acmesAccount, name: 'order_update', status: 'SUBMITTED' } })
  await paula.presses(/^Done/, /PD-1/)
  await world({ template: { waba: acmesAccount, name: 'order_update', status: 'APPROVED' } })
  await noted(stage, /Template order_update \(en\) is approved/)
  await paula.sees(/Done\. The template is as it was asked for/)
})

test('A partner change is asked for and accepted: 360dialog is polled, and the case goes on', async () => {
  await using stage = await openStage({ notices: true })
  const { paula, world, clock } = stage
  await paula.says('/new partner-change +49 30 23125201')
  await paula.says('NordwnPA', /Partner ID of the new partner/)
  await paula.presses('Yes, all of them', /All numbers of the client/)
  await paula.presses('Yes, it is active', /Change Partner/)
  await paula.presses('The new partner (partner payment)', /Who pays/)
  await paula.sees(/PD-1 · Change the partner\n/)
  await world({ partner_change: { client: 'Bluebird Coffee', to: 'Nordwind' } })
  await clock.advance('PT10M')
  await noted(stage, /Client Bluebird Coffee asks to change partner/)
  await paula.sees(/✓ Request sent/)
  await clock.advance('PT9M30S')
  await world({ partner_change: { client: 'Bluebird Coffee', decision: 'approve' } })
  await clock.advance('PT30S')
  await noted(stage, /The partner change of Bluebird Coffee was approved and is running/)
  await paula.sees(/✓ New partner accepted/)
  await clock.advance('PT2M')
  await paula.sees(/✓ Numbers are with the new partner/)
})

/** PD-1 is planned and both partners are ready; on March 27, 2031 the client stops sharing its account with Brightline. */
async function unshares({ paula, nora, world, clock, sandbox }: Stage): Promise<void> {
  await clock.advance(`PT${Math.round((Date.UTC(2031, 2, 10, 9) - sandbox.clock.now()) / 1000)}S`)
  await world({ limits: { rate: false } })
  await paula.says(`/new switch-solution-partner ${acme}`)
  await paula.presses('Skip', /Has the client unshared the account/)
  await paula.says('2031-03-27', /On which day shall the client unshare/)
  await paula.presses(/^Yes/, /Has the client agreed/)
  await paula.presses(/^No/, /On-Premises API/)
  await paula.says('NordwnPA', /Partner ID of the new partner/)
  await nora.presses('Answer 3 questions', /PD-1/)
  await nora.presses('Business integration token', /Which kind of token/)
  await nora.says('940336624409937', /Which credit line is shared/)
  await nora.presses(/^EUR/, /In which currency/)
  await paula.presses('The client sees it', /PD-1/)
  await nora.presses('We are ready', /PD-1/)
  await clock.advance('P17D')
  await paula.sees(/Sending stops at once and works again on April 1, 2031/)
  await world({ unshare: { waba: acmesAccount } })
}

test('A switch of partners: the account is no longer shared, then shared with the new one', async () => {
  await using stage = await openStage({ notices: true })
  const { nora, world } = stage
  await unshares(stage)
  await noted(stage, /WhatsApp account 104726318850943 is no longer shared/)
  await nora.sees(/The account is unshared, and sending is off until April 1, 2031/)
  await world({ reshare: { waba: acmesAccount, partner: 'NordwnPA' } })
  await noted(stage, /WhatsApp account 104726318850943 is now shared with business 402915530087614/)
})

test('Messages fail while a switch of partners runs: a warning that names the case and the day on which they work again', async () => {
  await using stage = await openStage({ notices: true })
  const { paula, ana, nora, world, clock } = stage
  await unshares(stage)
  await world({ sent: { phone: acme } })
  await allHeard(stage)
  await clock.advance('PT6S')
  await allTold(stage)
  const why =
    /Sending is blocked on \+49 30 23125101: payment problem \(131042\)\. This is expected while PD-1 runs: messages work again on April 1, 2031\.[\s\S]*Warning/
  for (const person of [ana, paula]) expect(await person.sees(why)).not.toMatch(/check the credit line/)
  expect(nora.canSee(/Sending is blocked/)).toBe(false)
})

test('A number that is being migrated turns out to live in the Business app, too: a warning', async () => {
  await using stage = await openStage({ notices: true })
  const { paula, ana, world, clock } = stage
  const phone = '491555551234'
  await paula.says(`/new number-migration +${phone}`)
  await paula.sees(/PD-1/)
  const metadata = { display_phone_number: phone }
  const entry = [{ id: '191130482257714', changes: [{ field: 'smb_app_state_sync', value: { metadata } }] }]
  await world({ event: { system: 'meta', payload: { object: 'whatsapp_business_account', entry } } })
  await allHeard(stage)
  await clock.advance('PT11M')
  await allTold(stage)
  await ana.sees(/lives in the WhatsApp Business app, too \(coexistence\)[\s\S]*Warning/)
})

test('A number moves: its account passes the review, its name is approved, and it is live', async () => {
  await using stage = await openStage()
  const { paula, world, clock, sandbox } = stage
  const phone = '+49 30 23125503'
  const source = '191130482257714'
  const destination = '182240617739508'
  await world({ limits: { rate: false } })
  await world({ review: { waba: source, decision: 'REJECTED' } })
  await paula.says(`/new number-migration ${phone}`)
  await paula.presses('At another provider', /Where is the number now/)
  await paula.says('Weltfunk', /What is the old provider called/)
  await paula.says(source, /What is the id of the WhatsApp account that the number is in now/)
  await paula.says(`${new URL(sandbox.url).host}/site/dLpSp0rtCL`, /Which website/)
  await paula.says('ops@delphin-sport.example', /contact e-mail/)
  await paula.presses('A new one', /new WhatsApp account or into an existing one/)
  await paula.presses('Skip', /Which WhatsApp accounts/)
  await paula.presses('SMS', /six-digit code reach/)
  await paula.presses('No', /send a lot of messages/)
  await paula.presses('Yes', /What comes along and what stays/)
  await paula.sees(/PD-1 · Bring a number to 360dialog\n[\s\S]*two-step PIN set: /)
  await world({ review: { waba: source, decision: 'APPROVED' } })
  await noted(stage, /WhatsApp account 191130482257714 passed Meta's review/)
  await world({ name: { phone, decision: 'APPROVED' } })
  await noted(stage, /The name .* of number \+49 30 23125503 is approved/)
  for (const button of [
    'The client is admin',
    'It is right',
    'The line is free',
    'It is enabled',
    'We keep the texts',
  ]) {
    await paula.presses(button, /PD-1 · Bring a number/)
  }
  await paula.sees(/Everything is ready for the move/)
  await paula.presses('Skip', /support session/)
  await paula.presses('Done: Import started in the Client Hub', /PD-1/)
  await paula.presses(/^Done/, /Next: Enter number and Meta ID/)
  await paula.presses(/^Done/, /Next: Create the new WhatsApp account/)
  await paula.says(destination, /What is the id of the WhatsApp account that the number moves to/)
  await paula.presses(/^Done/, /Confirm the new account on the Migration Screen/)
  await world({ imported: { phone, waba: destination } })
  await clock.advance('PT1M')
  await noted(stage, /Number \+49 30 23125503.* is live/)
  await paula.sees(/The number is live at 360dialog/)
})
