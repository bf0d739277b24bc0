import { expect, test } from 'vitest'
import { openStage, type Stage } from '../kit/stage.ts'

const number = '+49 40 66969201'
const solution = '930225513398826'
const anotherSolution = '930114402287715'
const nordwindsLine = '940336624409937'

/** The clock stands at 9:00 UTC of 10 March 2031, when Meta takes credit lines. */
async function onAGoodDay(stage: Stage): Promise<void> {
  const seconds = Math.round((Date.UTC(2031, 2, 10, 9) - stage.sandbox.clock.now()) / 1000)
  await stage.clock.advance(`PT${seconds}S`)
  await stage.world({ limits: { rate: false } })
}

/** Nils of Nordwind answers everything. */
async function asked({ nils }: Stage, attach?: { id: string; name: RegExp }, id = 'PD-1') {
  await nils.says(`/new waba-ownership-transfer ${number}`)
  const sure = new RegExp(`never goes back[\\s\\S]*${id}`)
  if (attach === undefined) await nils.presses('Skip', /attached to a solution/)
  else {
    await nils.says(attach.id, /attached to a solution/)
    await nils.presses(/^Yes/, attach.name)
  }
  await nils.presses(/In Meta Business Suite/, /How shall the client claim/)
  await nils.presses(/^Yes/, sure)
  await nils.sees(new RegExp(`${id} · Give an account to its client[\\s\\S]*Agreed by support`))
}

const withBrightline = { id: solution, name: /offered with Brightline on Nordwind \(930225513398826\) only/ }

async function offer({ nils, ana }: Stage, id = 'PD-1') {
  await ana.presses('Accept', new RegExp(id))
  await nils.sees(new RegExp(`Next: Offer the account[\\s\\S]*${id}`))
  await nils.presses('Do it', new RegExp(`${id} · Give`))
  await nils.presses('Do it', /Offer the account of \+49 40 66969201 to its client\?/)
}

test('An account becomes its client’s own, and the credit line is looked at', async () => {
  await using stage = await openStage()
  const { nils, ana, world, clock } = stage
  await world({ credit_attached: { waba: number, credit: nordwindsLine } })
  await asked(stage, withBrightline)
  await offer(stage)
  await nils.sees(/Done: Account offered to the client/)
  await world({ intent: { waba: number, accepted: true } })
  await clock.advance('PT3M')
  await nils.sees(/✓ Client has claimed the account/)
  await nils.sees(/Done\. The account is the client's own now/)
  await ana.sees(/PD-1[\s\S]*Done/)
  await stage.quiet()
  expect(stage.transcript().replaceAll(/paid by: \d{10,}/g, 'paid by: <id>')).toMatchSnapshot()
})

test('No credit line pays after the transfer: it is shared from here', async () => {
  await using stage = await openStage()
  const { nils, world, clock } = stage
  await onAGoodDay(stage)
  await asked(stage)
  await offer(stage)
  await world({ intent: { waba: number, accepted: true } })
  await clock.advance('PT3M')
  await nils.presses(/^Answer/, /PD-1/)
  await nils.says(nordwindsLine, /No credit line of yours pays/)
  await nils.presses('Do it', /PD-1 · Give[\s\S]*Credit line shared/)
  await nils.presses('Do it', /pays for the account of \+49 40 66969201 from now on\?/)
  await clock.advance('P23D')
  await nils.sees(/Done\. The account is the client's own now/)
})

test('The offer is bound to its solution: another one is refused, in this case and in the next', async () => {
  await using stage = await openStage()
  const { nils, ana, world, clock } = stage
  await asked(stage, withBrightline)
  await offer(stage)
  await nils.sees(/Done: Account offered to the client/)
  await clock.advance('P3D')
  await nils.sees(/Still open: Have the client claim the account/)
  await ana.presses('Change answers', /PD-1/)
  await ana.submits({ 'destination-solution': anotherSolution })
  await nils.sees(/offered with another solution already/)
  await nils.presses('Cancel case', /PD-1 · Give/)
  await nils.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*cancelled this case/)
  await asked(stage, { id: anotherSolution, name: /offered with Weltfunk Reach/ }, 'PD-2')
  await offer(stage, 'PD-2')
  await nils.sees(/This account was offered with another solution before/)
  await world({ intent: { waba: number, accepted: false } })
  await ana.sees(/PD-2[\s\S]*This account was offered with another solution before/)
})

test('Support declines what Meta has withdrawn', async () => {
  await using stage = await openStage()
  const { nils, ana } = stage
  await asked(stage)
  await ana.sees(/the last transfer was on 1 October 2025/)
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'Meta moves it by itself' })
  await nils.sees(/This case was declined: Meta moves it by itself/)
})

test('The client never accepted the old request: Meta refuses, and the step says why', async () => {
  await using stage = await openStage()
  const { nils, ana, world } = stage
  await world({ obo_request: { waba: number, accepted: false } })
  await asked(stage)
  await ana.sees(/on-behalf-of request: PENDING/)
  await ana.presses('I checked, it is', /PD-1/)
  await offer(stage)
  await nils.sees(/This account cannot be given to its business/)
})

test('An account that is the client’s own already needs nothing; the case expires', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says('/new waba-ownership-transfer +49 30 23125101')
  await paula.sees(/This account is the client's own already/)
  await clock.advance('P7D')
  await paula.sees(/this case has expired/)
})
