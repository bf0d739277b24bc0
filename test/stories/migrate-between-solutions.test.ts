import { expect, test } from 'vitest'
import { postToGraph } from '../kit/graph-call.ts'
import { openStage, type Stage } from '../kit/stage.ts'

const number = '+49 30 23125601'
const waba = '192241593368825'
const solution = '930225513398826'

async function asked({ paula }: Stage) {
  await paula.says(`/new migrate-between-solutions ${waba}`)
  await paula.presses(/^Into another solution/, /Where shall the account go/)
  await paula.says(solution, /Which solution shall it move to/)
  await paula.says('NordwnPA', /Partner ID of the new Solution Partner/)
}

async function byRequest(stage: Stage) {
  const { paula, ana } = stage
  await asked(stage)
  await paula.presses(/^A request in Meta Business Suite/, /How shall the client accept/)
  await paula.presses(/^The client/, /Who turns two-step/)
  await paula.presses(/^Yes/, /admin access/)
  await paula.sees(/PD-1 · Migrate between solutions/)
  await paula.presses('We planned for it', /PD-1/)
  await ana.presses('Accept', /PD-1/)
}

/** Nils opens his own chat with the bot. */
async function pressStart({ sandbox }: Stage) {
  const answer = await fetch(`${sandbox.url}/api/telegram/message`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 7002, chat: 7002, text: '/start' }),
  })
  expect(answer.ok).toBe(true)
}

async function tag({ paula }: Stage) {
  await paula.presses('Do it', /PD-1 · Migrate/)
  await paula.presses('Do it', /Tag the account of \+49 30 23125601 for Brightline on Nordwind/)
  await paula.sees(/Done: Account tagged for the move/)
}

test('A number changes its solution by a request: tagged, accepted, submitted, registered', async () => {
  await using stage = await openStage()
  const { paula, nils, ana, world, clock } = stage
  await byRequest(stage)
  await paula.sees(/Next: Tag the account/)
  await tag(stage)
  await world({ pin: { phone: number, enabled: false } })
  await paula.sees(/✓ Two-step verification is off/)
  await paula.sees(/Next: Have the client accept/)
  await world({ intent: { waba, accepted: true } })
  await paula.sees(/✓ Client has accepted/)
  await nils.presses('Do it', /PD-1 · Migrate/)
  await nils.presses('Do it', /Subscribe the app to the new account of \+49 30 23125601\?/)
  await nils.sees(/✅ App subscribed to the new account/)
  await nils.sees(/Next: Submit the number/)
  await nils.presses('Do it', /PD-1 · Migrate/)
  await nils.presses('Do it', /Submit \+49 30 23125601 to its new account\?/)
  await nils.sees(/✅ Number submitted to the new account/)
  await nils.sees(/Next: Register the number/)
  await nils.presses('Do it', /PD-1 · Migrate/)
  await nils.presses('Do it', /Register \+49 30 23125601 in its new account now\?/)
  await ana.sees(/did not work: We cannot write to you in private, so nothing was done/)
  await stage.quiet()
  await pressStart(stage)
  await nils.presses('Do it', /PD-1 · Migrate/)
  await nils.presses('Do it', /Register \+49 30 23125601 in its new account now\?/)
  await nils.sees(/✅ Number registered/)
  const own = stage.sandbox.state().telegram.chats.find(({ id }) => id === 7002)
  const told = own?.messages.map(({ text }) => text).filter((text) => text.includes('two-step PIN')) ?? []
  const pin = told[0]?.split('\n').at(-1) ?? ''
  expect(told).toHaveLength(1)
  expect(pin).toMatch(/^\d{6}$/)
  expect([...paula.texts(), ...nils.texts(), ...ana.texts()].join('\n')).not.toContain(pin)
  await nils.sees(/Next: Look after the number/)
  await clock.advance('PT3M')
  await paula.sees(/✓ Number is connected/)
  await clock.advance('P1DT1H')
  await paula.sees(/✓ Templates compared/)
  await stage.quiet()
  const transcript = stage.transcript().replaceAll(/(Intent|new WhatsApp account:) \d{10,}/g, '$1 <id>')
  expect(transcript.replaceAll(pin, '<PIN>')).toMatchSnapshot()
})

test('By signup: a link of another solution is refused, the right one brings the number over', async () => {
  await using stage = await openStage()
  const { paula, nils, ana, world, clock } = stage
  await asked(stage)
  await paula.presses(/^Embedded Signup/, /How shall the client accept/)
  await paula.says('https://signup.nordwind.example/?solution=930114402287715', /Embedded Signup link/)
  await paula.presses(/^We do it/, /Who turns two-step/)
  await paula.presses('We planned for it', /PD-1/)
  await tag(stage)
  await nils.sees(/Link belongs to the new solution[\s\S]*solution in the link: 930114402287715/)
  await ana.presses('Change answers', /PD-1/)
  await ana.submits({ 'signup-link': `https://signup.nordwind.example/?solution=${solution}` })
  await nils.sees(/✅ Link belongs to the new solution/)
  await world({ pin: { phone: number, enabled: false } })
  await paula.sees(/enters its existing portfolio "Lindgrün Möbel GmbH"/)
  await world({ intent: { waba, accepted: true } })
  const card = await paula.sees(/new WhatsApp account: \d+[\s\S]*Number onboarded/)
  const made = /new WhatsApp account: (\d+)/.exec(card)?.[1]
  await world({ imported: { phone: number, waba: made } })
  await clock.advance('PT3M')
  await nils.sees(/✅ Number onboarded[\s\S]*✅ Number is connected/)
  await clock.advance('P1DT1H')
  await paula.presses(/^Skip/, /Make the missing templates again/)
  await paula.says('The client needs none of them', /Missing templates made again/)
  await paula.sees(/Done\. The number is in its new solution/)
})

test('Nobody accepts for three days: the client is reminded; it rejects, and the partner ends it', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await byRequest(stage)
  await tag(stage)
  await clock.advance('PT24H')
  await paula.sees(/Still open: Switch off two-step verification/)
  await world({ pin: { phone: number, enabled: false } })
  await paula.sees(/Next: Have the client accept/)
  await clock.advance('P3D')
  await paula.sees(/Still open: Have the client accept/)
  await world({ intent: { waba, accepted: false } })
  await clock.advance('PT1H')
  await ana.sees(/Client asked again\?/)
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'The client stays where it is' })
  await paula.sees(/This case was declined: The client stays where it is/)
})

test('Tagged for another solution, or two-step on again: Meta refuses, and the step says so', async () => {
  await using stage = await openStage()
  const { paula, nils, ana, world, sandbox } = stage
  await byRequest(stage)
  await postToGraph(sandbox, `${waba}/set_solution_migration_intent`, { app_id: '440019283746551' })
  await paula.presses('Do it', /PD-1 · Migrate/)
  await paula.presses('Do it', /^Do it\?\s+Tag the account/)
  await paula.sees(/tagged for another solution/i)
  await ana.sees(/Account tagged for the move did not work: [\s\S]*tagged for another solution/i)
  await world({ intent: { waba, accepted: false } })
  await paula.presses('Do it', /PD-1 · Migrate/)
  await paula.presses('Do it', /^Do it\?\s+Tag the account/)
  await paula.sees(/Done: Account tagged for the move/)
  await world({ pin: { phone: number, enabled: false } })
  await paula.sees(/✓ Two-step verification is off/)
  await world({ intent: { waba, accepted: true } })
  await nils.presses('Do it', /PD-1 · Migrate/)
  await nils.presses('Do it', /^Do it\?\s+Subscribe the app/)
  await nils.sees(/✅ App subscribed/)
  await world({ pin: { phone: number, enabled: true, webhook: false } })
  await nils.presses('Do it', /PD-1 · Migrate/)
  await nils.presses('Do it', /^Do it\?\s+Submit/)
  await nils.sees(/Turn off two-step verification of this phone number/)
})

test('Out of all solutions: the client pays by itself, the number goes to the partner’s own app', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await paula.says(`/new migrate-between-solutions ${waba}`)
  await paula.presses(/^Out of all solutions/, /Where shall the account go/)
  await paula.says('440019283746551', /app id/)
  await paula.presses(/^We do it/, /Who turns two-step/)
  await paula.presses('We planned for it', /PD-1/)
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'No access to the app yet' })
  await paula.sees(/This case was declined: No access to the app yet/)
  await paula.says(`/new migrate-between-solutions ${waba}`)
  await paula.presses(/^Out of all solutions/, /Where shall the account go[\s\S]*PD-2/)
  await paula.says('440019283746551', /app id[\s\S]*PD-2/)
  await paula.presses(/^We do it/, /Who turns two-step[\s\S]*PD-2/)
  await paula.presses('We planned for it', /PD-2/)
  await ana.presses('Accept', /PD-2/)
  await paula.presses('Do it', /PD-2 · Migrate/)
  await paula.presses('Do it', /^Do it\?\s+Tag the account/)
  await world({ pin: { phone: number, enabled: false } })
  await paula.sees(/Next: Have the client accept/)
  await world({ intent: { waba, accepted: true } })
  await clock.advance('PT3M')
  await paula.sees(/PD-2 · Migrate[\s\S]*new WhatsApp account: \d+[\s\S]*Client pays for the new account/)
})

test('Several numbers: which one is asked; what is in no solution goes elsewhere; the case expires', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await paula.says('/new migrate-between-solutions kV3bLuWA')
  await paula.sees(/This account is in no multi-partner solution yet/)
  await world({ reshare: { waba: 'kV3bLuWA', partner: 'BrghtlPA', solution: '930114402287715' } })
  await paula.says('kV3bLuWA')
  await paula.sees(/In this account: .*\+49 30 23125202/)
  await paula.says('+49 30 23125101')
  await paula.sees(/That number is not in this account/)
  await paula.says('+49 30 23125202')
  await paula.sees(/Where shall the account go/)
  await ana.sees(/PD-1[\s\S]*\+49 30 23125202/)
  await paula.presses(/^Into another/, /Where shall the account go/)
  await paula.says('930114402287715', /Which solution/)
  await paula.sees(/The account is in that solution already/)
  await clock.advance('P7D')
  await paula.sees(/this case has expired/)
})

test('Another partner cannot name this account', async () => {
  await using stage = await openStage()
  const { bruno } = stage
  await bruno.says(`/new migrate-between-solutions ${waba}`)
  await bruno.sees(/We found no such number or WABA among yours/)
})
