import { expect, test } from 'vitest'
import type { Person } from '../kit/people.ts'
import { openStage } from '../kit/stage.ts'

/** Its client pays, and has money left. */
const acme = '+49 30 23125101'
/** Its partner pays. */
const retail = '+49 40 66969101'

interface Wanted {
  who?: string
  reason?: string
  by?: 'The client, in the Client Hub' | 'We, for the client'
}

async function ask(person: Person, { who = 'The client itself', reason = 'It was a test', by }: Wanted = {}) {
  await person.says('/new cancellation')
  await person.sees(/Which number/)
  await person.says(acme)
  await person.presses('End the subscription', /only stop paying/)
  await person.presses(who, /Who asks for it/)
  await person.presses(reason, /Why shall it end/)
  await person.sees(/asked for today, on \w+ \d+, \d{4}/)
  await person.presses('At the end of the month', /When shall it end/)
  if (by) await person.presses(by, /shall we do it for the client/)
  if (by === 'We, for the client') await person.presses('Yes', /Does the client confirm/)
  await person.sees(/PD-1 · End a subscription/)
}

test('The client cancels in its Hub; the number works until the month ends, then a refund is offered', async () => {
  await using stage = await openStage()
  const { paula, ana, world } = stage
  await ask(paula, { by: 'The client, in the Client Hub' })
  await paula.sees(/ends on: \w+ \d+, \d{4}/)
  await world({ cancelled: { phone: acme } })
  await paula.sees(/The cancellation of \+49 30 23125101 is requested\. It works until \w+ \d+, \d{4}/)
  await ana.sees(/is requested/)
  await paula.sees(/Next: Only if it was a mistake/)
  await world({ terminated: { phone: acme } })
  await paula.sees(/The subscription of \+49 30 23125101 has ended/)
  await paula.sees(/Next: Decide about a refund[\s\S]*is left/)
  await paula.presses(/^Done: Refund offered/, /Next: Decide about a refund/)
  await paula.sees(/Done\. The subscription has ended/)
  await stage.quiet()
  const dates = /[A-Z][a-z]+ \d{1,2}, \d{4}/g
  expect(stage.transcript().replaceAll(dates, '<day>')).toMatchSnapshot()
})

test('A partner that asks for its client gets a guide to pass on', async () => {
  await using stage = await openStage()
  const { paula } = stage
  await ask(paula, { who: 'The partner' })
  await paula.presses('The client has the guide', /PD-1 · End a subscription/)
  await paula.sees(/Guide for the client: "Sign in to your 360dialog Client Hub/)
})

test('We cancel for a client that confirmed it, once support agrees; it is withdrawn before the month ends', async () => {
  await using stage = await openStage()
  const { paula, ana, world } = stage
  await ask(paula, { by: 'We, for the client' })
  await ana.presses('Accept', /PD-1/)
  await ana.sees(/✅ Support agrees/)
  await world({ fault: { system: 'hub', path: 'cancellation_request', kind: '404', times: 1 } })
  await ana.presses('Do it', /PD-1/)
  await paula.sees(/Cancellation sent did not work/)
  await ana.presses('Do it', /Cancellation sent did not work/)
  await paula.sees(/is requested\. It works until/)

  await paula.presses('Do it', /Only if it was a mistake/)
  await paula.presses('Do it', /The client wants to keep/)
  await paula.sees(/The cancellation is withdrawn\. \+49 30 23125101 goes on as before/)
  await paula.sees(/Done\. The cancellation was withdrawn/)
})

test('Support declines to cancel', async () => {
  await using stage = await openStage()
  const { paula, ana } = stage
  await ask(paula, { by: 'We, for the client' })
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'That is not the owner' })
  await paula.sees(/This case was declined: That is not the owner/)
})

test('The client forgets it for three days, and cancels the case', async () => {
  await using stage = await openStage()
  const { paula, ana, clock } = stage
  await ask(paula, { by: 'The client, in the Client Hub' })
  await clock.advance('P3D')
  await paula.sees(/Still open: Cancel in the Client Hub/)
  await paula.presses('Cancel case', /PD-1 · End a subscription/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*Cancelled/)
})

test('The month is over and the Hub does not say so: support looks', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await ask(paula, { by: 'The client, in the Client Hub' })
  await world({ cancelled: { phone: acme } })
  await paula.sees(/Only if it was a mistake/)
  await clock.advance('P33D')
  await ana.sees(/Overdue: See the subscription end/)
  await paula.sees(/takes longer than planned/)
  expect(paula.buttons(/PD-1 · End a subscription/)).not.toContain('Do it')
})

test('A partner stops paying: the client is told, then it is done by hand', async () => {
  await using stage = await openStage()
  const { nils, ana } = stage
  await nils.says('/new cancellation')
  await nils.sees(/Which number/)
  await nils.says(retail, /Which number/)
  await nils.presses('Only stop paying', /only stop paying/)
  await nils.presses(/^Done: Client told/, /PD-1 · End a subscription/)
  await nils.sees(/Next: End the payment in the Partner Hub[\s\S]*Danger Zone/)
  await nils.presses(/^Done: Payment ended/, /Next: End the payment/)
  await nils.sees(/Done\. The partner does not pay for this number any more/)
  await ana.sees(/The subscription charges for \+49 40 66969101 to the partner stop/)
})

test('Support opens one at once, by ticket, in Slack', async () => {
  await using stage = await openStage()
  const { ana, world } = stage
  await ana.says('/portdesk new cancellation')
  await ana.submits({ number: acme, kind: 'cancel' })
  await ana.submits({ who: 'client', reason: 'duplicate', when: 'immediately' })
  await ana.submits({ consent: 'yes' })
  await ana.presses(/^Done: Ticket/, /PD-1/)
  await ana.sees(/PD-1[\s\S]*✅ Ticket for immediate deletion/)
  await world({ terminated: { phone: acme } })
  await ana.sees(/The subscription of \+49 30 23125101 has ended/)
})

test('Questions that nobody answers expire', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says('/new cancellation')
  await paula.sees(/Which number/)
  await paula.says(acme)
  await paula.sees(/only stop paying/)
  await clock.advance('P8D')
  await paula.sees(/Nobody answered for 7 days/)
})
