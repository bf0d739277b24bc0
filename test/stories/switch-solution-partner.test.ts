import { expect, test } from 'vitest'
import { openStage, type Stage } from '../kit/stage.ts'

const number = '+49 30 23125101'
const waba = '104726318850943'
const nordwindsLine = '940336624409937'

/** The clock stands at 9:00 UTC of a day in March 2031 before anything happens. */
async function onMarch(stage: Stage, day: number): Promise<void> {
  const seconds = Math.round((Date.UTC(2031, 2, day, 9) - stage.sandbox.clock.now()) / 1000)
  await stage.clock.advance(`PT${seconds}S`)
  await stage.world({ limits: { rate: false } })
}

/** Paula's questions; the switch begins on the recommended day. */
async function agreed({ paula }: Stage, subject = number): Promise<void> {
  await paula.says(`/new switch-solution-partner ${subject}`)
  await paula.presses('Skip', /Has the client unshared the account/)
  await paula.sees(/On which day shall the client unshare the account\? Recommended: March 27, 2031/)
  await paula.says('2031-03-27')
  await paula.sees(/from March 27, 2031 until April 1, 2031: 5 days\. Has the client agreed\?/)
  await paula.presses(/^Yes/, /Has the client agreed/)
  await paula.presses(/^No/, /On-Premises API/)
  await paula.says('NordwnPA', /Partner ID of the new partner/)
}

/** Nordwind's own questions, in its own chat. */
async function answeredByNordwind({ nora }: Stage): Promise<void> {
  await nora.presses('Answer 3 questions', /PD-1/)
  await nora.presses('Business integration token', /Which kind of token/)
  await nora.says(nordwindsLine, /Which credit line is shared/)
  await nora.presses(/^EUR/, /In which currency/)
}

test('A client changes its Solution Partner: planned, unshared, signed up, shared, live on the 1st', async () => {
  await using stage = await openStage()
  const { paula, ana, nora, world, clock } = stage
  await onMarch(stage, 10)
  await agreed(stage)
  await answeredByNordwind(stage)
  await ana.sees(/credit line shared on March 27, 2031, messages again on April 1, 2031, 5 days without/)
  await nora.sees(/unshare on: March 27, 2031/)
  await paula.presses('The client sees it', /PD-1/)
  await nora.presses('We are ready', /PD-1/)

  await clock.advance('P17D')
  await paula.sees(/Sending stops at once and works again on April 1, 2031 \(5 days\)/)
  await world({ unshare: { waba } })
  await nora.sees(/The account is unshared, and sending is off until April 1, 2031/)
  await world({ reshare: { waba, partner: 'NordwnPA' } })
  await paula.presses(/^Done/, /Embedded Signup of the new partner/)
  await nora.presses(/^Done: (WABA id read|Read the WABA id)/, /PD-1/)
  await nora.presses(/^Done: (Code exchanged|Exchange the code)/, /PD-1/)
  await ana.presses('Accept', /PD-1/)
  await nora.presses('Do it', /PD-1/)
  await nora.sees(
    /Credit line 940336624409937 \(EUR\) for \+49 30 23125101\. The new partner pays from April 1, 2031 on/,
  )
  await nora.presses('Do it', /The new partner pays from/)
  await paula.sees(/The credit line is shared\. Messages work again on April 1, 2031/)
  await nora.presses('Do it', /Next: Subscribe the app/)
  await nora.presses('Do it', /App subscribed: \+49/)

  await clock.advance('P5D')
  await paula.sees(/Done\. The new credit line pays/)
  await stage.quiet()
  expect(stage.transcript().replaceAll(/paid by: \d+/g, 'paid by: <id>')).toMatchSnapshot()
})

test('The day passes by: a new plan, and the client is asked again', async () => {
  await using stage = await openStage()
  const { paula, ana, nora, clock } = stage
  await onMarch(stage, 10)
  await agreed(stage, waba)
  await answeredByNordwind(stage)
  await paula.presses('The client sees it', /PD-1/)
  await nora.presses('We are ready', /PD-1/)
  await clock.advance('P19D')
  await ana.sees(/Overdue: /)
  await paula.sees(/next recommended start: April 26, 2031/)
  await paula.presses('Change answers', /PD-1/)
  await paula.presses(/On which day shall the client unshare/, /PD-1: answers/)
  await paula.says('2031-04-26')
  await paula.sees(/from April 26, 2031 until May 1, 2031: 5 days/)
  await paula.presses(/^Yes/, /from April 26, 2031/)
  await ana.sees(/Nothing to do before April 26, 2031/)
})

test('Meta refuses the line: said with its words, done again after that', async () => {
  await using stage = await openStage()
  const { paula, ana, nora, world } = stage
  await onMarch(stage, 20)
  await paula.says(`/new switch-solution-partner ${number}`)
  await paula.sees(/Has the client unshared the account/)
  await paula.says('2031-03-19')
  await paula.sees(/from March 19, 2031 until April 1, 2031: 13 days/)
  await paula.presses(/^Yes/, /Has the client agreed/)
  await paula.presses(/^No/, /On-Premises API/)
  await paula.says('NordwnPA', /Partner ID of the new partner/)
  await answeredByNordwind(stage)
  await world({ unshare: { waba } })
  await world({ reshare: { waba, partner: 'NordwnPA', assign: false } })
  await paula.presses('The client sees it', /PD-1/)
  await nora.presses('We are ready', /PD-1/)
  await paula.presses(/^Done/, /PD-1/)
  await nora.presses(/^Done: (WABA id read|Read the WABA id)/, /PD-1/)
  await nora.presses(/^Done: (Code exchanged|Exchange the code)/, /PD-1/)
  await ana.presses('Accept', /PD-1/)
  await ana.presses('Do it', /PD-1/)
  await ana.sees(/did not work: .*system user is not assigned/)
  await world({ reshare: { waba, partner: 'NordwnPA' } })
  await ana.presses('Do it', /PD-1/)
  await paula.sees(/The credit line is shared/)
})

test('Support declines to share the line', async () => {
  await using stage = await openStage()
  const { paula, ana, nora } = stage
  await onMarch(stage, 20)
  await paula.says(`/new switch-solution-partner ${number}`)
  await paula.sees(/Has the client unshared the account/)
  await paula.says('2031-03-19')
  await paula.presses(/^Yes/, /Has the client agreed/)
  await paula.presses(/^No/, /On-Premises API/)
  await paula.says('NordwnPA', /Partner ID of the new partner/)
  await answeredByNordwind(stage)
  await ana.presses('Take it', /PD-1/)
  await paula.presses(/^Done/, /PD-1/)
  await nora.presses(/^Done: (WABA id read|Read the WABA id)/, /PD-1/)
  await nora.presses(/^Done: (Code exchanged|Exchange the code)/, /PD-1/)
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'Invoices are open' })
  await nora.sees(/This case was declined: Invoices are open/)
  await paula.sees(/This case was declined: Invoices are open/)
})

test('Support opens it in Slack with forms, and answers for a new partner that is not on this desk', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await onMarch(stage, 29)
  await ana.says('/portdesk new switch-solution-partner')
  await ana.submits({ waba })
  await ana.submits({ 'start-on': '2031-04-26', 'on-premises': 'no' })
  await ana.submits({ 'sending-stop': 'yes' })
  await ana.presses('Answer 3 questions', /PD-1/)
  await ana.submits({ token: 'system_user', 'credit-line': nordwindsLine, 'credit-currency': 'USD' })
  await ana.sees(/Currency is the same[\s\S]*currency: EUR, credit line: USD/)
  await paula.sees(/share the credit line on: April 26, 2031, messages work again on: May 1, 2031/)
  await ana.presses('Change answers', /PD-1/)
  await ana.submits({ 'unshared-on': '2031-03-28', 'start-on': '2031-04-26' })
  await ana.presses('Answer 1 question', /PD-1/)
  await ana.submits({ 'sending-stop': 'yes' })
  await paula.sees(
    /unshare on: March 28, 2031, share the credit line on: April 5, 2031.*days without sending: 34, edge day/,
  )
  await paula.sees(/Embedded Signup of the new partner/)
})

test('What cannot be switched is said at once; cancelled, or left to expire', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says('/new switch-solution-partner +49 30 23125301')
  await paula.sees(/set up on behalf of the client, and such accounts cannot be switched/)
  await paula.presses('Cancel case')
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await paula.sees(/Paula cancelled this case/)
  await paula.says(`/new switch-solution-partner ${number}`)
  await paula.sees(/Has the client unshared the account/)
  await clock.advance('P8D')
  await paula.sees(/this case has expired/)
})
