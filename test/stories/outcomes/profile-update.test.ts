import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'

const number = '+49 30 23125101'

/** Ana of support fills in the form in Slack, and Brightline finds the case in its chat. */
async function opened({ ana, paula }: Stage) {
  await ana.says('/portdesk new profile-update')
  expect(await ana.submits({ number, field: 'about', text: 'Open on weekdays' })).toEqual({})
  await paula.sees(/PD-1 · Change the WhatsApp profile[\s\S]*Client agrees to the new text/)
}

test('Done: support opens it in Slack, the client agrees after a reminder, the partner changes the profile', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await opened(stage)
  await clock.advance('PT24H')
  await paula.sees(/Still open: Ask the client for its agreement/)
  await paula.presses('Accept', /PD-1/)
  await paula.presses('Accept', /The client agrees to the new text for \+49 30 23125101\?/)
  await ana.sees(/Paula \(Brightline\) accepted: Client agrees to the new text/)
  await paula.sees(/Next: Change the profile/)
  await clock.advance('PT24H')
  await ana.sees(/Profile changed\npartner · reminded once/)
  await paula.presses(/^Done/, /Still open: Change the profile/)
  await ana.sees(/Paula \(Brightline\) ticked off: Profile changed/)
  await paula.sees(/Done\. The profile is changed\./)
  await ana.sees(/PD-1[\s\S]*2\/2 {2}· {2}Done/)
})

test('Declined: the client keeps its text, and support reads why', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await opened(stage)
  await paula.presses('Decline', /PD-1/)
  await paula.says('The client keeps its text', /Why do you decline/)
  await ana.sees(/This case was declined: The client keeps its text/)
  await paula.sees(/PD-1[\s\S]*Declined[\s\S]*Profile changed/)
  await stage.quiet()
  expect(paula.buttons(/PD-1 · Change the WhatsApp profile/)).toEqual([])
})

test('Cancelled: the partner gives up once the client has agreed, and an old button says so', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await opened(stage)
  await ana.presses('Accept', /PD-1/)
  await paula.sees(/Ana accepted: Client agrees to the new text/)
  await paula.presses('Cancel case', /PD-1 · Change the WhatsApp profile/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*Cancelled\nPaula \(Brightline\) cancelled this case/)
  expect(await paula.presses(/^Done/, /Next: Change the profile/)).toMatch(/PD-1 is closed \(cancelled\)/)
})

test('Expired: nobody writes the new text for a week', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await paula.says(`/new profile-update ${number}`)
  await paula.presses('About text', /Which part of the profile/)
  await paula.sees(/What shall it say/)
  await ana.sees(/PD-1 · Change the WhatsApp profile[\s\S]*Needs answers/)
  await clock.advance('PT24H')
  await paula.sees(/You were answering questions/)
  await clock.advance('P6D')
  await paula.sees(/Nobody answered for 7 days/)
  await ana.sees(/PD-1[\s\S]*Expired/)
})

test('The platform refuses: 360dialog tells nothing about the number, and the case goes on when it does', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await world({ fault: { system: 'hub', kind: '403' } })
  await paula.says(`/new profile-update ${number}`)
  await paula.sees(/We cannot look at your numbers right now\. Our team was told/)
  await ana.sees(/360dialog refuses the API key of Brightline[\s\S]*HUB_KEY_BRIGHTLINE/)
  await world({ faults: [] })
  await clock.advance('PT3M')
  await paula.sees(/Which part of the profile/)
  await ana.sees(/PD-1 · Change the WhatsApp profile\n\+49 30 23125101 · Acme GmbH/)
})
