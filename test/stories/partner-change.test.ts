import { expect, test } from 'vitest'
import { openStage, type Stage } from '../kit/stage.ts'

const number = '+49 30 23125201'
const client = 'Bluebird Coffee'

interface Intake {
  destination?: string
  button?: string
  payment?: string
}

/** Paula's client wants to go to another partner: every question is answered. */
async function opened(
  { paula }: Stage,
  {
    destination = 'NordwnPA',
    button = 'Yes, it is active',
    payment = 'The new partner (partner payment)',
  }: Intake = {},
) {
  await paula.says(`/new partner-change ${number}`)
  await paula.sees(/Partner ID of the new partner/)
  await paula.says(destination)
  await paula.presses('Yes, all of them', /All numbers of the client/)
  await paula.presses(button, /Change Partner/)
  if (button === 'There is an error') return
  await paula.presses(payment, /Who pays/)
  await paula.sees(/PD-1 · Change the partner\n/)
}

/** The client sends its request in the Hub; the next look at the Hub finds it. */
async function requested({ world, clock, paula }: Stage, to = 'Nordwind') {
  await world({ partner_change: { client, to } })
  await clock.advance('PT2M')
  await paula.sees(/✓ Request sent/)
}

/** What must never be read in the new partner's room: people, names, answers and money of the other side. */
const ofTheOtherSide = /Paula|Brightline|Bluebird|BrghtlPA|b7Kd0WmzCL|EUR|[Bb]alance|@|partner payment|is active/

test('A client moves to Nordwind: it asks in its Hub, and the new partner accepts in its own chat', async () => {
  await using stage = await openStage()
  const { paula, ana, nils, nora, clock } = stage
  await opened(stage)
  await ana.sees(/PD-1 · Change the partner[\s\S]*Brightline/)
  await paula.says('They are unhappy with us', /PD-1 · Change the partner\n/)
  await ana.sees(/Paula \(Brightline\): They are unhappy/)
  await ana.says('>> Hello?', /PD-1 · Change the partner/)
  await ana.sees(/There is no new partner to write to/)
  await stage.quiet()
  expect(nils.texts()).toEqual([])
  await nora.says('/case PD-1')
  await nora.sees(/There is no case PD-1/)

  await requested(stage)
  const card = await nils.sees(/PD-1 · A client comes to you/)
  expect(card).toMatch(/whole account, 3\): \+49 30 23125201, \+49 30 23125202, \+1 202 555 0143/)
  await nils.says('Who pays for the first month?', /PD-1 · A client/)
  await ana.sees(/Nils \(Nordwind\): Who pays/)
  await ana.says('>> You do, as always.', /PD-1 · Change the partner/)
  await nils.sees(/Ana: You do, as always/)
  await ana.says('It is on its way.', /PD-1 · Change the partner/)
  await paula.sees(/Ana: It is on its way/)

  await nora.presses('Do it', /PD-1 · A client/)
  await nora.presses('Do it', /3 in all, come to you/)
  await nils.sees(/Done: Request accepted/)
  await clock.advance('PT2M')
  await paula.sees(/✓ New partner accepted/)
  await nils.sees(/These numbers are with you now/)
  await nils.presses(/^Done/, /Next: Make new API keys/)
  await paula.sees(/Done\. The numbers are with the new partner/)
  await nils.sees(/Done\. The client's numbers are with you/)

  await stage.quiet()
  expect(nils.texts().join('\n')).not.toMatch(ofTheOtherSide)
  expect(paula.texts().join('\n')).not.toMatch(/Nils|Nora|Who pays for|as always|API keys made|accepts by itself/)
  expect(stage.transcript().replace(/\b\w{8}PC\b/g, '<request>')).toMatchSnapshot()
})

test('The new partner accepts in its Hub: the button in its chat is gone, and the case goes on', async () => {
  await using stage = await openStage()
  const { paula, nils, clock, world } = stage
  await opened(stage)
  await requested(stage)
  await nils.sees(/Accept request/)
  await world({ partner_change: { client, decision: 'approve' } })
  await clock.advance('PT2M')
  await paula.sees(/✓ New partner accepted/)
  await stage.quiet()
  expect(nils.buttons(/PD-1 · A client/)).not.toContain('Do it')
  await clock.advance('PT2M')
  await paula.sees(/✓ Numbers are with the new partner/)
})

test('Both at once: accepted in the Hub a moment before the press in the chat counts once', async () => {
  await using stage = await openStage()
  const { nils, clock, world } = stage
  await opened(stage)
  await requested(stage)
  await nils.sees(/Accept request/)
  await world({ partner_change: { client, decision: 'approve' } })
  await nils.presses('Do it', /PD-1 · A client/)
  await nils.presses('Do it', /in all, come to you/)
  await nils.sees(/Done: Request accepted/)
  await clock.advance('PT4M')
  await nils.sees(/These numbers are with you now/)
})

test('The new partner accepts everything by itself: nobody is asked', async () => {
  await using stage = await openStage()
  const { paula, nils, clock, sandbox } = stage
  await autoApprove(sandbox.env)
  await opened(stage)
  await requested(stage)
  await clock.advance('PT2M')
  await paula.sees(/✓ Numbers are with the new partner/)
  await stage.quiet()
  expect(nils.texts().join('\n')).not.toMatch(/Accept request|Somebody can accept[\s\S]*do not tell/)
})

/** Nordwind's setting at 360dialog (platform: PATCH settings/partner_change_request). */
async function autoApprove(env: Readonly<Record<string, string>>) {
  const answer = await fetch(`${env.HUB_API_URL}/partners/NordwnPA/settings/partner_change_request`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'x-api-key': env.HUB_KEY_NORDWIND ?? '' },
    body: JSON.stringify({ auto_approve: true }),
  })
  expect(answer.status).toBe(200)
}

test('The move fails: everybody hears it, and support ends the case with a reason', async () => {
  await using stage = await openStage()
  const { paula, ana, nils, clock, world } = stage
  await opened(stage)
  await requested(stage)
  await world({ partner_change: { client, decision: 'fail' } })
  await clock.advance('PT2M')
  await paula.sees(/Change of partner failed\n\n360dialog could not move the numbers \(request \w+\)/)
  await nils.sees(/nothing to do for you/)
  await ana.presses('Decline', /Next: Look into the failed change/)
  await ana.submits({ reason: 'The client has to settle its invoices first' })
  await paula.sees(/declined: The client has to settle/)
  await nils.sees(/declined: The client has to settle/)
  await stage.quiet()
  expect(nils.texts().join('\n')).not.toMatch(ofTheOtherSide)
})

test('The new partner does not accept: it is reminded, support hears of it, and the partner gives up', async () => {
  await using stage = await openStage()
  const { paula, ana, nils, clock } = stage
  await opened(stage)
  await requested(stage)
  await clock.advance('PT24H')
  await nils.sees(/Still open: Accept the client/)
  await clock.advance('P4D')
  await ana.sees(/Overdue: Wait for the new partner/)
  await paula.sees(/takes longer than planned: Wait for the new partner/)
  await paula.presses('Cancel case', /PD-1 · Change the partner\n/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await nils.sees(/The partner so far cancelled this case/)
  await ana.sees(/Paula \(Brightline\) cancelled this case/)
  await stage.quiet()
  expect(nils.texts().join('\n')).not.toMatch(ofTheOtherSide)
  expect(nils.buttons(/PD-1 · A client/)).toEqual([])
})

test('The button is greyed out: the case is parked, asks again each week, and goes on when it is possible', async () => {
  await using stage = await openStage()
  const { paula, ana, clock } = stage
  await opened(stage, { button: 'No, it is greyed out' })
  const card = await paula.sees(/Change is possible for this client/)
  expect(card).toMatch(/send no request for this account until further notice/)
  await clock.advance('P7D')
  await ana.sees(/Overdue: Wait until the change is possible/)
  await clock.advance('P7D')
  await paula.sees(/Still open: Wait until the change is possible/)
  await paula.presses('It is possible now', /PD-1 · Change the partner\n/)
  await paula.sees(/Next: Open the change in the Hub/)
})

test('The client gets an error: another payment processor parks the case, an unknown id is asked again', async () => {
  await using stage = await openStage()
  const { paula } = stage
  await opened(stage, { destination: 'NordwndPA', button: 'There is an error' })
  await paula.says('unknown Partner ID')
  await paula.presses("I don't know", /Who pays/)
  await paula.sees(/The Hub does not know that Partner ID/)
  await paula.presses('Change answers', /PD-1 · Change the partner\n/)
  await paula.presses(/^What is the 360dialog Partner ID/, /PD-1: answers/)
  await paula.says('SabiaxPA')
  await paula.presses('Yes, all of them', /move to SabiaxPA together/)
  await paula.presses('There is an error', /Change Partner/)
  await paula.says('Destination partner is using a different payment processor.')
  await paula.sees(/Partner ID of the new partner is right\n\s+new partner: SabiaxPA/)
  await paula.sees(/Change is possible for this client[\s\S]*send no request/)
})

test('The Hub refuses the acceptance: the new partner reads why, and tries again when it is settled', async () => {
  await using stage = await openStage()
  const { paula, ana, nils, clock, world } = stage
  await opened(stage)
  await requested(stage)
  await world({ processor: { partner: 'Nordwind', system: 'adyen' } })
  await nils.presses('Do it', /PD-1 · A client/)
  await nils.presses('Do it', /in all, come to you/)
  await nils.sees(/Request accepted did not work: [\s\S]*different payment processor/)
  await ana.sees(/Request accepted did not work/)
  expect(paula.canSee(/payment processor/)).toBe(false)
  await world({ processor: { partner: 'Nordwind', system: 'stripe' } })
  await nils.presses('Do it', /did not work/)
  await nils.presses('Do it', /in all, come to you/)
  await clock.advance('PT2M')
  await paula.sees(/✓ New partner accepted/)
})

test('The present partner is no new partner, and a case whose questions stay unanswered expires unseen', async () => {
  await using stage = await openStage()
  const { paula, nils, clock } = stage
  await paula.says(`/new partner-change ${number}`)
  await paula.sees(/Partner ID of the new partner/)
  await paula.says('BrghtlPA')
  await paula.sees(/That is the client's partner already/)
  await paula.says('NordwnPA')
  await paula.sees(/All numbers of the client/)
  await clock.advance('P7D')
  await paula.sees(/this case has expired/)
  await stage.quiet()
  expect(nils.texts()).toEqual([])
})

test('With direct payment the client gives the permission again; support opened the case, and it stays where it was', async () => {
  await using stage = await openStage()
  const { paula, ana, bruno, nils, clock, world } = stage
  await world({ processor: { partner: 'Sabiá', system: 'stripe' } })
  await ana.says(`/portdesk new partner-change ${number}`)
  await ana.submits({ number, 'destination-payment': 'direct' })
  await ana.submits({ 'destination-partner': 'SabiaxPA' })
  await ana.submits({ scope: 'all', button: 'active' })
  await paula.sees(/PD-1 · Change the partner\n/)
  await requested(stage, 'Sabiá')
  await bruno.presses('Do it', /PD-1/)
  await bruno.presses('Do it', /in all, come to you/)
  await bruno.sees(/Done: Request accepted/)
  await clock.advance('PT2M')
  await bruno.presses(/Answer 1 question/, /PD-1 · A client/)
  await bruno.sees(/Which of the numbers shall you manage/)
  await bruno.presses(/23125201/, /Which of the numbers/)
  await bruno.presses('That is all', /Which of the numbers/)
  await bruno.sees(/Next: Ask the client for the API-key permission/)
  await clock.advance('P3D')
  await bruno.sees(/Still open: Ask the client for the API-key permission/)
  await world({ permission: { phone: number, shared: true } })
  await clock.advance('PT1H')
  await bruno.presses(/^Skip/, /Next: Make new API keys/)
  await bruno.says('Our server makes its own')
  await bruno.sees(/Done\. The client's numbers are with you/)
  await stage.quiet()
  expect(bruno.texts().join('\n')).not.toMatch(ofTheOtherSide)
  expect(paula.texts().join('\n')).not.toMatch(/Bruno|Ask the client for the API-key|own server/)
  expect(nils.texts()).toEqual([])
  await bruno.says('/case PD-1')
  expect(await bruno.seesLast(/PD-1/)).not.toMatch(/What moves|Request button/)
})
