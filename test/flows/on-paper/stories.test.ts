import { expect, test } from 'vitest'
import { absent, caseOf, known, notAsked, person, start, type TestCase } from '../kit.ts'
import numberMigration from './number-migration.ts'
import partnerChange from './partner-change.ts'
import switchSolutionPartner from './switch-solution-partner.ts'

const pat = person('partner', 'Pat')
const dan = person('destination-partner', 'Dan')
const ana = person('support', 'Ana')
const day = 86_400_000
const hour = 3_600_000

function told(desk: TestCase, answers: Record<string, unknown>): void {
  for (const [question, value] of Object.entries(answers)) {
    expect(desk.answer(question, value), `${question}: ${desk.question}`).toMatchObject({ ok: true })
  }
}

function ticked(desk: TestCase, by: typeof pat, ...steps: string[]): void {
  for (const step of steps) expect(desk.act(by, { do: 'tick', step }), step).toMatchObject({ ok: true })
}

test('a switch of solution partner keeps to the dates the client agreed to', () => {
  const account = known({ id: '1', ownershipType: 'CLIENT_OWNED', currency: 'EUR' })
  const desk = caseOf(switchSolutionPartner, { by: pat })
  desk.answer('waba', '102290129340398')
  desk.look({ account, phone: known({ id: '2', platformType: 'CLOUD_API' }) })
  desk.answer('in-a-solution', 'no')
  desk.act(pat, { do: 'skip-question', question: 'unshared-on' })
  expect(desk.plan.question).toMatchObject({ prefill: '2026-03-27' })
  desk.answer('start-on', '2026-03-30')
  expect(desk.plan.question).toMatchObject({ problem: 'blocked-days' })
  desk.answer('start-on', '2026-03-26')
  expect(desk.plan.question).toMatchObject({ shows: { resume: '2026-04-01', days: 6 } })
  told(desk, { 'sending-stop': true, 'start-on': '2026-03-27' })
  expect(desk.plan.question).toMatchObject({ shows: { resume: '2026-04-01', days: 5 } })
  told(desk, { 'sending-stop': true })
  expect(desk.answer('token', 'system_user')).toMatchObject({ ok: false, why: { code: 'not-your-role' } })
  desk.answer('token', 'business_integration', dan)
  desk.answer('credit-currency', 'EUR', dan)

  desk.act(pat, { do: 'attest', step: 'client-is-admin' })
  expect(desk.plan.wakeAt).toBe(Date.UTC(2026, 2, 27))
  desk.wait(Date.UTC(2026, 2, 27) - desk.now)
  expect(desk.outcome('start-date')).toBe('passed')
  expect(desk.plan.steps.find(({ step }) => step.id === 'unshare')?.dueAt).toBe(Date.UTC(2026, 2, 29))
  ticked(desk, pat, 'unshare', 'embedded-signup')
  ticked(desk, dan, 'read-waba-id', 'exchange-code')
  expect(desk.outcome('sharing-allowed-today')).toBe('passed')
  desk.act(ana, { do: 'approve', step: 'credit-line' })
  for (const step of ['share-credit-line', 'subscribe-app']) {
    desk.act(dan, { do: 'start', step })
    desk.write({ type: 'action-done', data: { step } })
  }
  expect(desk.status('line-active')).toBe('open')
  desk.wait(Date.UTC(2026, 3, 2, 12) - desk.now)
  expect(desk.plan.view.late['line-active']).toBe(true)
  desk.look({ account: known({ id: '1', ownershipType: 'CLIENT_OWNED', currency: 'EUR', primaryFundingId: '77' }) })
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('a switch started late in the month shares its credit line in the next', () => {
  const desk = caseOf(switchSolutionPartner, { by: ana })
  desk.answer('waba', '102290129340398')
  desk.look({ account: known({ id: '1', ownershipType: 'CLIENT_OWNED', currency: 'EUR' }), phone: notAsked })
  told(desk, { 'in-a-solution': false, 'unshared-on': '2026-03-11' })
  expect(desk.plan.question).toMatchObject({ problem: 'in-the-future' })
  told(desk, { 'unshared-on': '2026-03-09' })
  expect(desk.plan.question).toMatchObject({ shows: { resume: '2026-04-01', days: 23 } })
  told(desk, { 'sending-stop': true, token: 'business_integration', 'credit-currency': 'EUR' })
  desk.act(ana, { do: 'attest', step: 'client-is-admin' })
  expect([desk.status('unshare'), desk.status('embedded-signup')]).toEqual(['hidden', 'open'])
  desk.wait(Date.UTC(2026, 2, 29) - desk.now)
  ticked(desk, ana, 'embedded-signup')
  expect(desk.plan.steps.find(({ step }) => step.id === 'sharing-allowed-today')).toMatchObject({
    status: 'open',
    finding: { result: 'fail', evidence: { next: '2026-04-05' } },
  })
  expect(desk.plan.wakeAt).toBeLessThanOrEqual(Date.UTC(2026, 3, 5))
  desk.wait(Date.UTC(2026, 3, 5) - desk.now)
  expect(desk.outcome('sharing-allowed-today')).toBe('passed')
})

test('a partner change needs both sides, and asks what comes up on the way', () => {
  const desk = caseOf(partnerChange, { by: pat })
  desk.answer('number', '4930123456')
  desk.look({
    channel: known({ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456', hubStatus: 'live' }),
    client: known({ id: 'Ab1CL', name: 'Bright Lights' }),
    waba: known({ id: 'Ab1WA' }),
    balance: notAsked,
  })
  told(desk, { destination: 'NordwnPA', 'all-numbers-move': true, button: 'active', 'destination-payment': 'direct' })
  expect(desk.status('hold-off')).toBe('hidden')
  desk.act(ana, { do: 'attest', step: 'no-open-request' })
  expect(desk.act(pat, { do: 'attest', step: 'destination-ready' })).toMatchObject({ why: { code: 'not-your-role' } })
  desk.act(dan, { do: 'attest', step: 'destination-ready' })
  ticked(desk, pat, 'open-request', 'enter-destination')
  expect(desk.question).toBe('payment-method-asked')
  told(desk, { 'payment-method-asked': 'yes' })
  expect(desk.status('submitted')).toBe('blocked')
  ticked(desk, pat, 'add-payment-method')
  desk.act(pat, { do: 'attest', step: 'submitted' })
  expect(desk.act(pat, { do: 'attest', step: 'accepted' })).toMatchObject({ why: { code: 'not-your-role' } })
  expect(desk.wait('P5D')).toEqual([{ type: 'escalated', data: { step: 'accepted' } }])
  desk.act(dan, { do: 'attest', step: 'accepted' })
  desk.act(dan, { do: 'attest', step: 'change-completed' })
  expect(desk.question).toBe('numbers-to-manage')
  told(desk, { 'numbers-to-manage': ['4930123456'] })
  desk.look({ permission: known({ apiKey: 'shared' }) })
  expect(desk.outcome('grant-permission')).toBe('done')
  ticked(desk, dan, 'new-keys')
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('a number migrates: every check, a provider that refuses, and a number that arrives', () => {
  const desk = caseOf(numberMigration, { by: pat, payment: 'direct' })
  const source = (isPinEnabled: boolean) => ({
    channel: absent,
    account: known({
      id: '1',
      ownershipType: 'CLIENT_OWNED',
      ownerBusinessId: '506914307656634',
      reviewStatus: 'APPROVED',
    }),
    business: known({ id: '506914307656634', verificationStatus: 'verified' }),
    phone: known({
      id: '2',
      isPinEnabled,
      nameStatus: 'APPROVED',
      status: 'CONNECTED',
      accountMode: 'LIVE',
      isOba: false,
    }),
  })
  desk.answer('number', '55 11 98765-4321')
  desk.look(source(true))
  expect(desk.question).toBe('spelled-with-nine')
  told(desk, {
    'spelled-with-nine': 'without',
    source: 'other_bsp',
    'old-provider': 'Sabia',
    platform: 'CLOUD_API',
    'hub-account': true,
    'waba-mode': 'new',
    'high-volume': 'no',
  })
  expect(desk.status('extra-nine')).toBe('open')
  told(desk, { 'spelled-with-nine': 'with' })
  expect(desk.outcome('extra-nine')).toBe('passed')
  for (const step of ['meta-admin', 'website-live', 'line-reachable', 'cloud-enabled', 'redirect-url']) {
    desk.act(pat, { do: 'attest', step })
  }
  expect([desk.status('two-step-off'), desk.status('ready')]).toEqual(['open', 'blocked'])
  expect(desk.status('report-obstruction')).toBe('hidden')
  desk.wait('P3D')
  expect(desk.status('report-obstruction')).toBe('open')
  ticked(desk, ana, 'report-obstruction')
  desk.look(source(false))
  expect(desk.outcome('ready')).toBe('passed')

  expect(desk.question).toBe('session')
  desk.act(pat, { do: 'skip-question', question: 'session' })
  ticked(desk, pat, 'import-number', 'enter-number', 'create-waba')
  expect(desk.question).toBe('waba-created-on')
  told(desk, { 'waba-created-on': new Date(start + 3 * day).toISOString().slice(0, 10) })
  expect(desk.outcome('waba-is-new')).toBe('passed')
  for (const step of ['same-business', 'destination-can-pay']) desk.act(pat, { do: 'attest', step })
  ticked(desk, pat, 'confirm-waba')
  desk.wait(hour / 2)
  const channel = { id: 'Ab1CH', clientId: 'Ab1CL', phone: '5511987654321' }
  desk.look({ ...source(true), channel: known(channel) })
  expect(desk.outcome('number-submitted')).toBe('passed')
  expect(desk.plan.ready).toBe(true)
  desk.look({ channel: known({ ...channel, status: 'ready', accountMode: 'live', hubStatus: 'live' }) })
  expect(desk.outcome('live')).toBe('passed')
  ticked(desk, pat, 'grant-permission', 'compare')
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})
