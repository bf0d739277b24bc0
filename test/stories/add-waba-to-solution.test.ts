import { expect, test } from 'vitest'
import { postToGraph } from '../kit/graph-call.ts'
import { openStage, type Stage } from '../kit/stage.ts'

const number = '+49 30 23125101'
const solution = '930225513398826'
const notActive = '930336624409937'
const anotherSolution = '930114402287715'

/** Paula answers everything; nothing is designated yet. */
async function asked({ paula }: Stage, wanted = solution) {
  await paula.says(`/new add-waba-to-solution ${number}`)
  await paula.sees(/Which solution shall the account become part of/)
  await paula.says(wanted)
  await paula.sees(/Tech Provider/)
  await paula.says('NordwnPA')
  await paula.sees(/PD-1 · Add an account to a solution[\s\S]*Account designated/)
}

async function designate({ paula }: Stage) {
  await paula.presses('Do it', /PD-1 · Add an account to a solution/)
  await paula.presses('Do it', /Designate the account of \+49 30 23125101 for Brightline on Nordwind/)
  await paula.sees(/Done: Account designated/)
}

test('An account joins a solution: the client confirms, and everybody hears of it', async () => {
  await using stage = await openStage()
  const { paula, nils, ana, world, clock } = stage
  await asked(stage)
  expect(nils.canSee(/PD-1/), 'not before it is asked for').toBe(false)
  await designate(stage)
  await nils.sees(/Client has confirmed/)
  await paula.sees(/Next: Have the client confirm/)
  await world({ intent: { waba: number, accepted: true } })
  await paula.sees(/✓ Client has confirmed/)
  await clock.advance('PT3M')
  await paula.sees(/Done\. The account is part of the solution/)
  await nils.sees(/Done\. The account is part of the solution/)
  await ana.sees(/PD-1[\s\S]*Done/)
  await stage.quiet()
  expect(stage.transcript()).toMatchSnapshot()
})

test('The only active solution of the partner is suggested; of several, none is', async () => {
  await using stage = await openStage()
  const { paula, world } = stage
  await paula.says(`/new add-waba-to-solution ${number}`)
  await paula.sees(/Which solution shall the account become part of/)
  expect(paula.buttons(/Which solution shall/)).toEqual(['Back', 'Cancel case'])
  await paula.presses('Cancel case', /Which solution shall/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await world({ solution: { id: anotherSolution, status: 'DEACTIVATED' } })
  await paula.says(`/new add-waba-to-solution ${number}`)
  await paula.sees(/PD-2[\s\S]*Question/)
  await paula.presses(`${solution} ✓`, /Which solution shall/)
  await paula.sees(/Tech Provider/)
})

test('Silence: reminders after 3, 14 and 60 days, and after 90 Meta takes it for a yes', async () => {
  await using stage = await openStage()
  const { paula, ana, clock } = stage
  await asked(stage)
  await designate(stage)
  await clock.advance('P3D')
  await paula.sees(/Still open: Have the client confirm/)
  await clock.advance('P11D')
  await paula.sees(/reminded 2 times/)
  await clock.advance('P46D')
  await paula.sees(/reminded 3 times/)
  await clock.advance('P30DT2H')
  await ana.sees(/Client has confirmed[\s\S]*accepted by silence: yes/)
  await clock.advance('PT3M')
  await paula.sees(/Done\. The account is part of the solution/)
})

test('The client rejects, is asked again, and rejects for good', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await asked(stage)
  await designate(stage)
  await world({ intent: { waba: number, accepted: false } })
  await clock.advance('PT3M')
  await ana.sees(/Client asked again\?/)
  await paula.presses('Accept', /Client asked again\?/)
  await paula.presses('Accept', /Client asked again\?/)
  await paula.sees(/Account designated again/)
  await paula.presses('Do it', /PD-1 · Add an account[\s\S]*Account designated again/)
  await paula.presses('Do it', /Designate the account of .* once more\?/)
  await paula.sees(/Done: Account designated again/)
  await world({ intent: { waba: number, accepted: false } })
  await clock.advance('PT3M')
  await paula.sees(/request at Meta: REJECTED/)
  await paula.presses('Cancel case', /PD-1/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*Paula \(Brightline\) cancelled this case/)
})

test('The client rejects, and the partner leaves it at that', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await asked(stage)
  await designate(stage)
  await world({ intent: { waba: number, accepted: false } })
  await clock.advance('PT3M')
  await ana.sees(/Client asked again\?/)
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'The client stays with its provider' })
  await paula.sees(/This case was declined: The client stays with its provider/)
})

test('A solution that is not active is waited for; what is tagged elsewhere is refused, and said', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock, sandbox } = stage
  await asked(stage, notActive)
  expect(paula.canSee(/solution: INITIATED, open request: PENDING_ACTIVATION/)).toBe(true)
  await world({ solution: { id: notActive, status: 'ACTIVE' } })
  await clock.advance('PT1H')
  await paula.sees(/✅ Solution is active/)
  await postToGraph(sandbox, '104726318850943/set_solution_migration_intent', { solution_id: anotherSolution })
  await paula.presses('Do it', /PD-1/)
  await paula.presses('Do it', /^Do it\?\s+Designate the account/)
  await paula.sees(/tagged for another solution/i)
  await ana.sees(/Account designated did not work: [\s\S]*tagged for another solution/i)
  expect(paula.buttons(/PD-1 · Add/)).toContain('Do it')
})

test('Support opens it in Slack; what leads elsewhere is said at once', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await ana.says('/portdesk new add-waba-to-solution')
  await ana.submits({ waba: '493023125301' })
  await stage.quiet()
  await ana.submits({ waba: '493023125101' })
  await ana.submits({ 'destination-solution': solution })
  await ana.sees(/PD-1 · Add an account to a solution[\s\S]*Account designated/)
  await paula.sees(/PD-1 · Add an account to a solution[\s\S]*Account designated/)
})

test('Another partner’s account does not exist, a word that is no solution neither; the case expires', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says('/new add-waba-to-solution 192241593368800')
  await paula.sees(/We found no such number or WABA among yours/)
  await paula.says('+49 30 23125301')
  await paula.sees(/This account is set up on behalf of the client/)
  await paula.says('192241593368825')
  await paula.sees(/Start "Migrate between solutions" instead/)
  await paula.says(number)
  await paula.sees(/Which solution shall the account become part of/)
  await paula.says('12345')
  await paula.sees(/A solution id has 14 to 18 digits/)
  await paula.says('930999999999999')
  await paula.sees(/Meta knows no such solution/)
  await clock.advance('P7D')
  await paula.sees(/this case has expired/)
})
