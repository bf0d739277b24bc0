import { expect, test } from 'vitest'
import switchSolutionPartner, { leftOut } from '../../src/flows/switch-solution-partner.ts'
import type { Facts, Readings } from '../../src/meta/facts.ts'
import { absent, caseOf, known, notAsked, person, type TestCase } from './kit.ts'

const pat = person('partner', 'Pat')
const dan = person('destination-partner', 'Dan')
const ana = person('support', 'Ana')

const account = { id: '102290129340398', ownershipType: 'CLIENT_OWNED', currency: 'EUR', primaryFundingId: '1' }

function told(more: Partial<Readings> = {}, changed: Partial<Facts['account']> = {}): Readings {
  return {
    channel: known({ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456' }),
    client: known({ id: 'Ab1CL', name: 'Bright Lights' }),
    waba: known({ id: 'Ab1WA', externalId: account.id }),
    account: known({ ...account, ...changed }),
    phone: known({ id: '2', platformType: 'CLOUD_API' }),
    solutions: known([]),
    subscriptions: known({ count: 1, apps: [] }),
    health: known({ canSendMessage: 'AVAILABLE', entities: [] }),
    ...more,
  }
}

/** Asked on 10 March 2026. */
function opened(readings = told(), by = pat): TestCase {
  const desk = caseOf(switchSolutionPartner, { by })
  desk.answer('waba', '102290129340398')
  desk.look(readings)
  return desk
}

function answersOfNewPartner(desk: TestCase, token = 'business_integration', currency = 'EUR') {
  desk.look({ newPartner: notAsked })
  desk.answer('token', token, dan)
  desk.answer('credit-line', '940336624409937', dan)
  desk.answer('credit-currency', currency, dan)
}

/** Everything is agreed and confirmed; the planned day is still to come. */
function planned(start = '2026-03-27'): TestCase {
  const desk = opened()
  desk.act(pat, { do: 'skip-question', question: 'unshared-on' })
  desk.answer('start-on', start)
  desk.answer('sending-stop', 'yes')
  desk.answer('on-premises', 'no')
  desk.answer('destination-partner', 'NordwnPA')
  answersOfNewPartner(desk)
  desk.act(pat, { do: 'attest', step: 'client-is-admin' })
  desk.act(dan, { do: 'attest', step: 'signup-ready' })
  return desk
}

const until = (desk: TestCase, ...date: [number, number, number, number?]) =>
  desk.wait(Date.UTC(date[0], date[1] - 1, date[2], date[3] ?? 0) - desk.now)
const step = (desk: TestCase, id: string) => desk.plan.steps.find((each) => each.step.id === id)
const plan = (desk: TestCase) => step(desk, 'dates')?.finding?.evidence
const says = (desk: TestCase, id: string) => step(desk, id)?.step.says?.(desk.plan.view)

test('the whole switch, with the days that were agreed', () => {
  const desk = planned()
  expect(plan(desk)).toEqual({
    unshare_on: '2026-03-27',
    share_on: '2026-03-27',
    sending_again: '2026-04-01',
    days_without_sending: 5,
  })
  expect([desk.status('start-date'), desk.status('unshare')]).toEqual(['open', 'blocked'])
  until(desk, 2026, 3, 27)
  expect(desk.outcome('start-date')).toBe('passed')
  expect(step(desk, 'unshare')?.dueAt).toBe(Date.UTC(2026, 2, 29))
  const gone = {
    subscriptions: known({ count: 0, apps: [] }),
    health: known({ canSendMessage: 'BLOCKED', entities: [] }),
  }
  desk.look(told(gone))
  expect(desk.outcome('unshare')).toBe('done')
  desk.act(dan, { do: 'tick', step: 'embedded-signup' })
  for (const id of ['read-waba-id', 'exchange-code']) desk.act(dan, { do: 'tick', step: id })
  expect(desk.outcome('sharing-allowed')).toBe('passed')
  expect(desk.status('share-credit-line')).toBe('blocked')
  desk.act(ana, { do: 'approve', step: 'share-agreed' })
  expect(desk.act(pat, { do: 'start', step: 'share-credit-line' })).toMatchObject({ why: { code: 'not-your-role' } })
  desk.act(dan, { do: 'start', step: 'share-credit-line' })
  desk.write({ type: 'action-done', data: { step: 'share-credit-line', evidence: { receiving_credential: '77' } } })
  desk.act(dan, { do: 'start', step: 'subscribe-app' })
  desk.write({ type: 'action-done', data: { step: 'subscribe-app' } })

  desk.look(told(gone, { primaryFundingId: '77' }))
  expect(desk.status('line-active'), 'not before the 1st').toBe('open')
  desk.look(told(gone))
  until(desk, 2026, 4, 1, 12)
  expect(desk.status('line-active')).toBe('open')
  desk.look(told(gone, { primaryFundingId: '77' }))
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('days are offered, and blocked ones refused', () => {
  const desk = opened()
  expect(desk.question).toBe('unshared-on')
  desk.act(pat, { do: 'skip-question', question: 'unshared-on' })
  expect(desk.plan.question).toMatchObject({
    prefill: '2026-03-27',
    shows: {
      this_from: '2026-03-10',
      this_to: '2026-03-28',
      next_from: '2026-04-05',
      next_to: '2026-04-27',
      recommended: '2026-03-27',
      resume: '2026-04-01',
      earliest: '2026-04-01',
      days: 5,
    },
  })
  desk.answer('start-on', '2026-03-30')
  expect(desk.plan.question).toMatchObject({ problem: 'blocked-days' })
  desk.answer('start-on', '2026-03-09')
  expect(desk.plan.question).toMatchObject({ problem: 'in-the-past' })
})

test('at the end of a month the days of the next two are offered', () => {
  const desk = planned()
  until(desk, 2026, 3, 29)
  expect(says(desk, 'dates')).toMatchObject({
    this_from: '2026-04-05',
    this_to: '2026-04-27',
    next_from: '2026-05-05',
    next_to: '2026-05-28',
    recommended: '2026-04-26',
    resume: '2026-05-01',
  })
})

test('another day means another agreement', () => {
  const desk = opened()
  desk.act(pat, { do: 'skip-question', question: 'unshared-on' })
  desk.answer('start-on', '2026-03-26')
  expect(desk.plan.question?.shows).toMatchObject({ sending_again: '2026-04-01', days_without_sending: 6 })
  desk.answer('sending-stop', true)
  desk.answer('start-on', '2026-04-26')
  expect(desk.plan.question).toMatchObject({
    question: { id: 'sending-stop' },
    shows: { unshare_on: '2026-04-26', sending_again: '2026-05-01', days_without_sending: 5 },
  })
})

test('the plan moves with the days when the client takes its time', () => {
  const desk = planned('2026-03-26')
  until(desk, 2026, 3, 26)
  expect(says(desk, 'unshare')).toMatchObject({ unshare_on: '2026-03-26', days_without_sending: 6 })
  until(desk, 2026, 3, 28)
  expect(says(desk, 'unshare')).toMatchObject({
    unshare_on: '2026-03-28',
    sending_again: '2026-04-01',
    days_without_sending: 4,
  })
  expect(desk.status('unshare')).toBe('open')
  expect(until(desk, 2026, 3, 29)).toContainEqual(expect.objectContaining({ type: 'checked' }))
  desk.wait(0)
  expect(desk.status('unshare')).toBe('blocked')
  expect(step(desk, 'dates')).toMatchObject({
    status: 'open',
    finding: { result: 'fail', evidence: { next_start: '2026-04-26', sending_again: '2026-05-01' } },
  })
  expect(desk.plan.view.late.dates).toBe(true)
  desk.answer('start-on', '2026-04-26')
  expect(desk.question).toBe('sending-stop')
  desk.answer('sending-stop', true)
  expect(plan(desk)).toMatchObject({ unshare_on: '2026-04-26', sending_again: '2026-05-01', days_without_sending: 5 })
  expect(desk.outcome('client-is-admin')).toBe('declared')
})

test('what is unshared already is shared at the next chance', () => {
  const desk = opened(told(), ana)
  desk.answer('unshared-on', '2026-03-11')
  expect(desk.plan.question).toMatchObject({ problem: 'in-the-future' })
  desk.answer('unshared-on', '2026-03-09')
  expect(desk.plan.question).toMatchObject({ question: { id: 'sending-stop' }, shows: { days_without_sending: 23 } })
  desk.answer('sending-stop', true)
  desk.answer('on-premises', 'no')
  desk.act(ana, { do: 'skip-question', question: 'destination-partner' })
  answersOfNewPartner(desk)
  expect([desk.status('start-date'), desk.status('unshare'), desk.status('embedded-signup')]).toEqual([
    'hidden',
    'hidden',
    'open',
  ])
  expect(desk.wait('PT4H')).toContainEqual({ type: 'reminded', data: { step: 'embedded-signup' } })
})

test('a credit line that is late waits for the next window, and everybody sees the new day', () => {
  const desk = planned()
  until(desk, 2026, 3, 27)
  desk.act(pat, { do: 'tick', step: 'unshare' })
  until(desk, 2026, 3, 28, 20)
  for (const id of ['embedded-signup', 'read-waba-id', 'exchange-code']) desk.act(dan, { do: 'tick', step: id })
  desk.act(ana, { do: 'approve', step: 'share-agreed' })
  expect(desk.status('share-credit-line')).toBe('open')
  until(desk, 2026, 3, 29)
  desk.wait(0)
  expect(desk.status('share-credit-line')).toBe('blocked')
  expect(desk.act(dan, { do: 'start', step: 'share-credit-line' })).toMatchObject({ why: { code: 'not-open' } })
  expect(step(desk, 'sharing-allowed')?.finding).toEqual({ result: 'fail', evidence: { next_allowed: '2026-04-05' } })
  expect(desk.plan.view.late['sharing-allowed']).toBe(true)
  expect(plan(desk)).toMatchObject({
    share_on: '2026-04-05',
    sending_again: '2026-05-01',
    days_without_sending: 35,
    edge_day: true,
  })
  until(desk, 2026, 4, 5, 4)
  expect(step(desk, 'sharing-allowed')?.finding).toEqual({
    result: 'pass',
    evidence: { allowed_today: true, edge_day: true },
  })
  desk.act(dan, { do: 'start', step: 'share-credit-line' })
  desk.write({ type: 'action-failed', data: { step: 'share-credit-line', problem: 'not on this day' } })
  desk.wait('PT8H')
  expect(step(desk, 'sharing-allowed')?.finding).toEqual({ result: 'pass', evidence: { allowed_today: true } })
  desk.act(ana, { do: 'start', step: 'share-credit-line' })
  desk.write({ type: 'action-done', data: { step: 'share-credit-line' } })
  until(desk, 2026, 4, 29)
  expect(plan(desk)).toMatchObject({ share_on: '2026-04-05', sending_again: '2026-05-01' })
  expect(desk.outcome('sharing-allowed')).toBe('passed')
})

test('a line that is not active on the 2nd is said aloud', () => {
  const desk = planned()
  until(desk, 2026, 3, 27)
  desk.act(pat, { do: 'tick', step: 'unshare' })
  for (const id of ['embedded-signup', 'read-waba-id', 'exchange-code']) desk.act(dan, { do: 'tick', step: id })
  desk.act(ana, { do: 'approve', step: 'share-agreed' })
  desk.act(dan, { do: 'start', step: 'share-credit-line' })
  desk.write({ type: 'action-done', data: { step: 'share-credit-line', evidence: { receiving_credential: '77' } } })
  until(desk, 2026, 4, 1, 23)
  expect(desk.plan.view.late['line-active']).toBe(false)
  expect(until(desk, 2026, 4, 2)).toContainEqual({ type: 'escalated', data: { step: 'line-active' } })
  desk.act(dan, { do: 'attest', step: 'line-active' })
  expect(desk.outcome('line-active')).toBe('declared')
})

test.each([
  ['on-behalf-of', told({}, { ownershipType: 'ON_BEHALF_OF' })],
  ['in-a-solution', told({ solutions: known([{ id: '930114402287715' }]) })],
  ['not-found', told({ channel: absent })],
] as const)('an account that cannot be switched is told apart at once: %s', (problem, readings) => {
  expect(opened(readings).plan.question).toMatchObject({ question: { id: 'waba' }, problem })
})

test('what no platform tells is asked', () => {
  const desk = opened(told({ account: notAsked, solutions: notAsked, phone: notAsked }))
  expect(desk.question).toBe('ownership')
  desk.answer('ownership', 'obo')
  expect(desk.plan.question).toMatchObject({ problem: 'on-behalf-of' })
  desk.answer('ownership', 'unknown')
  desk.answer('in-a-solution', 'yes')
  expect(desk.plan.question).toMatchObject({ problem: 'other-procedure' })
  desk.answer('in-a-solution', 'no')
  desk.act(pat, { do: 'skip-question', question: 'unshared-on' })
  desk.answer('start-on', '2026-03-27')
  desk.answer('sending-stop', 'yes')
  desk.answer('on-premises', 'yes')
  desk.act(pat, { do: 'skip-question', question: 'destination-partner' })
  expect(desk.plan.ready, 'the new partner is not asked before the owner is clear').toBe(true)
  desk.act(ana, { do: 'attest', step: 'client-owned' })
  expect(desk.plan.lookUp).toMatchObject({ names: expect.arrayContaining(['newPartner']), at: desk.now })
  desk.look({ newPartner: notAsked })
  expect(desk.question).toBe('token')
})

test('only the new partner and support speak for the credit line', () => {
  const desk = planned()
  expect(desk.answer('credit-currency', 'USD', pat)).toMatchObject({ why: { code: 'not-your-role' } })
  desk.answer('credit-currency', 'USD', dan)
  expect(step(desk, 'same-currency')?.finding).toEqual({
    result: 'fail',
    evidence: { currency: 'EUR', credit_currency: 'USD' },
  })
})

test('a system user token takes its own steps, On-Premises numbers theirs', () => {
  const desk = planned()
  expect([desk.status('assign-system-user'), desk.status('register-again')]).toEqual(['hidden', 'hidden'])
  desk.answer('token', 'system_user', dan)
  desk.answer('on-premises', 'yes')
  expect([desk.status('assign-system-user'), desk.status('register-again')]).toEqual(['blocked', 'blocked'])
  expect(step(desk, 'numbers-in-the-cloud')?.finding?.result).toBe('warn')
})

test('the edge of the window is judged in the time zone of the account, too', () => {
  const desk = opened(told({}, { timezoneId: '15' }))
  desk.act(pat, { do: 'skip-question', question: 'unshared-on' })
  desk.answer('start-on', '2026-03-28')
  expect(desk.plan.question?.shows).toMatchObject({ edge_day: true })
})

test('every row of the procedure is in the flow, or left out with a reason', () => {
  const refs = new Set([...switchSolutionPartner.questions, ...switchSolutionPartner.steps].map(({ ref }) => ref))
  const rows = ['waba', 'own', 'mps', 'start', 'plan', 'stop', 'platform', 'token', 'credit'].map((id) => `sp-q-${id}`)
  rows.push(...[1, 2, 3, 4, 5, 6, 7].map((n) => `sp-c${n}`))
  rows.push(...['0', '1', '2', '3', '4', '5', '6', '6b', '7', '8', '9'].map((n) => `sp-s${n}`))
  expect(rows.filter((row) => !refs.has(row)).sort()).toEqual(Object.keys(leftOut).sort())
})

test('failing messages are expected from the day of the unsharing until the day on which they work again', () => {
  const desk = planned()
  const expected = () => switchSolutionPartner.expects?.(desk.plan.view)
  const kind = 'sending-blocked'
  const both = ['partner', 'destination-partner']
  expect(expected()).toEqual([{ kind }])
  until(desk, 2026, 3, 26, 23)
  expect(expected()).toEqual([{ kind }])
  until(desk, 2026, 3, 27)
  expect(expected()).toEqual([{ kind, until: '2026-04-01', for: both }])
  // Too late for this month: the line is shared on 5 April.
  until(desk, 2026, 3, 30)
  expect(expected()).toEqual([{ kind, until: '2026-05-01', for: both }])
})

test('failing messages are a worry again when the day has passed on which they were to work', () => {
  const desk = planned()
  until(desk, 2026, 3, 27)
  const shared = (now: number) => ({ ...desk.plan.view, endedAt: { 'share-credit-line': Date.UTC(2026, 2, 27) }, now })
  expect(switchSolutionPartner.expects?.(shared(Date.UTC(2026, 3, 1, 23)))).toMatchObject([{ until: '2026-04-01' }])
  expect(switchSolutionPartner.expects?.(shared(Date.UTC(2026, 3, 2)))).toEqual([])
})

test('no day is named before the client has agreed to it', () => {
  const desk = opened()
  desk.answer('unshared-on', '2026-03-10')
  expect(switchSolutionPartner.expects?.(desk.plan.view)).toEqual([{ kind: 'sending-blocked' }])
  desk.answer('sending-stop', 'yes')
  expect(switchSolutionPartner.expects?.(desk.plan.view)).toMatchObject([{ until: '2026-04-01' }])
})
