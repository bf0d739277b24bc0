import { describe, expect, it } from 'vitest'
import { seesQuestion, seesStep } from '../../src/cases/sight.ts'
import partnerChange from '../../src/flows/partner-change.ts'
import { changeErrorIn } from '../../src/flows/partner-change-error.ts'
import { listed } from '../../src/flows/partner-change-request.ts'
import type { Channel, PartnerChange, Readings } from '../../src/meta/facts.ts'
import { absent, broken, caseOf, known, notAsked, person, start, type TestCase } from './kit.ts'

const pat = person('partner', 'Pat')
const nils = person('destination-partner', 'Nils')
const ana = person('support', 'Ana')

const channel = (id: string, phone: string, more: Partial<Channel> = {}): Channel => ({
  id,
  clientId: 'Ab1CL',
  phone,
  wabaId: 'Ab1WA',
  hubStatus: 'live',
  ...more,
})
const two = [channel('Ab1CH', '4930123456'), channel('Ab2CH', '4930123457')]
const request = (status: string, more: Partial<PartnerChange> = {}): PartnerChange => ({
  id: 'Rq1PC',
  status,
  sourceClientId: 'Ab1CL',
  targetPartnerId: 'NordwnPA',
  createdAt: new Date(start + 1000).toISOString(),
  ...more,
})

/** What the platforms say before anything happens, to a destination that is one of ours. */
function hub(more: Readings = {}): Readings {
  return {
    channel: known(channel('Ab1CH', '4930123456')),
    client: known({ id: 'Ab1CL', name: 'Bright Lights' }),
    numbers: known(two),
    partner: known({ id: 'BrghtlPA' }),
    balance: known({ amountMinor: 500, currency: 'EUR' }),
    changeRequests: known([]),
    newPartner: known({ id: 'NordwnPA', autoApprove: false, paymentRequired: false }),
    newNumbers: known([]),
    newPermission: known({ channels: [], phones: [] }),
    ...more,
  }
}

const answers = { scope: 'all', button: 'active', 'destination-payment': 'direct' }

/** Everything is answered, in the order in which it is asked. */
function asked(more: Readings = {}, given: Record<string, unknown> = {}, destination = 'NordwnPA'): TestCase {
  const desk = caseOf(partnerChange, { by: pat, partner: 'brightline' })
  const { newPartner: _, newNumbers: _numbers, newPermission: _permission, ...before } = hub(more)
  desk.answer('number', '+49 30 123456')
  desk.look(before)
  desk.answer('destination-partner', destination)
  desk.look(hub(more), { destination: 'nordwind' })
  for (const [question, value] of Object.entries({ ...answers, ...given })) {
    expect(desk.answer(question, value), question).toMatchObject({ ok: true })
  }
  return desk
}

/** The Hub was asked again. */
const seen = (desk: TestCase, requests: PartnerChange[], more: Readings = {}) =>
  desk.look(hub({ changeRequests: known(requests), ...more }), { destination: 'nordwind' })

describe('before the request', () => {
  it('lists every number that moves, and the client agrees to it', () => {
    const desk = caseOf(partnerChange, { by: pat })
    desk.answer('number', '+49 30 123456')
    desk.look(hub())
    desk.answer('destination-partner', 'NordwnPA')
    desk.look(hub())
    expect(desk.plan.question).toMatchObject({
      question: { id: 'scope' },
      shows: { numbers: '+4930123456, +4930123457', destination: 'NordwnPA' },
    })
    desk.answer('scope', 'all')
    desk.answer('button', 'active')
    desk.answer('destination-payment', 'unknown')
    desk.answer('destination-partner', 'SabiaxPA')
    expect(desk.state.readings.newPartner).toBeUndefined()
    desk.look(hub())
    expect(desk.question).toBe('scope')
  })

  it('refuses the partner that the client has', () => {
    const desk = caseOf(partnerChange, { by: pat })
    desk.answer('number', '+49 30 123456')
    desk.look(hub())
    desk.answer('destination-partner', 'BrghtlPA')
    expect(desk.plan.question).toMatchObject({ problem: 'same-partner' })
  })

  it.each<[string, Readings, Record<string, unknown>, string, string, string]>([
    [
      'several accounts are read by the client',
      { numbers: known([...two, channel('x', '12025550143', { wabaId: 'o' })]) },
      {},
      'NordwnPA',
      'numbers-listed',
      'warn',
    ],
    ['so is a list that nobody has', { numbers: notAsked }, {}, 'NordwnPA', 'numbers-listed', 'unknown'],
    ['an odd id is confirmed', { newPartner: notAsked }, {}, 'Nordwind1', 'destination-id', 'warn'],
    ['a usual one is fine', { newPartner: notAsked }, {}, 'AbCdEfPA', 'destination-id', 'pass'],
    [
      'one that the Hub does not know is not',
      {},
      { button: 'error', 'error-text': 'Unknown partner id' },
      'NordwnPA',
      'destination-id',
      'fail',
    ],
    [
      'another request has to end',
      { changeRequests: known([request('created', { targetPartnerId: 'SabiaxPA' })]) },
      {},
      'NordwnPA',
      'no-open-request',
      'fail',
    ],
    [
      'one to the same partner is the one',
      { changeRequests: known([request('created')]) },
      {},
      'NordwnPA',
      'no-open-request',
      'pass',
    ],
    ['no list of requests proves nothing', { changeRequests: notAsked }, {}, 'NordwnPA', 'no-open-request', 'unknown'],
    [
      'a negative balance is settled',
      { balance: known({ amountMinor: -1250, currency: 'EUR' }) },
      {},
      'NordwnPA',
      'payment-ready',
      'warn',
    ],
    ['without a balance somebody says so', { balance: notAsked }, {}, 'NordwnPA', 'payment-ready', 'unknown'],
    [
      'a cancellation of any number is finished',
      { numbers: known([...two, channel('x', '12025550143', { hubStatus: 'pending_deletion' })]) },
      {},
      'NordwnPA',
      'nothing-running',
      'fail',
    ],
    ['a Hub that fails is asked again', { numbers: broken }, {}, 'NordwnPA', 'nothing-running', 'error'],
  ])('%s', (_, readings, given, destination, step, result) => {
    const desk = asked(readings, given, destination)
    expect(desk.plan.steps.find((each) => each.step.id === step)?.finding?.result).toBe(result)
  })

  it('needs no payment method where the new partner pays', () => {
    expect(asked({}, { 'destination-payment': 'partner' }).status('payment-ready')).toBe('hidden')
  })

  it('is parked while the change is not possible, and goes on with a new answer', () => {
    const desk = asked({}, { button: 'greyed' })
    expect([desk.status('change-possible'), desk.status('open-request')]).toEqual(['open', 'blocked'])
    expect(desk.wait('P7D')).toContainEqual({ type: 'escalated', data: { step: 'change-possible' } })
    expect(desk.wait('P7D')).toContainEqual({ type: 'reminded', data: { step: 'change-possible' } })
    desk.answer('button', 'active')
    expect([desk.status('change-possible'), desk.status('open-request')]).toEqual(['hidden', 'open'])
  })

  it('asks support when only some numbers shall move, and promises nothing', () => {
    const desk = asked({}, { scope: 'some' })
    expect(desk.status('open-request')).toBe('blocked')
    desk.act(ana, { do: 'decline', step: 'some-numbers', reason: 'Not for this client' })
    expect(desk.state.closed).toMatchObject({ outcome: 'declined' })
  })

  it.each([
    ['Destination partner is using a different payment processor.', 'other-processor'],
    ['Unknown Partner ID', 'unknown-partner'],
    ['Partner id not found', 'unknown-partner'],
    ['Something went wrong', 'unknown'],
  ])('reads "%s"', (text, error) => {
    expect(changeErrorIn(text)).toBe(error)
  })
})

describe('the request', () => {
  it('asks about a payment method on the way, and only then', () => {
    const desk = asked()
    desk.act(pat, { do: 'tick', step: 'open-request' })
    desk.act(pat, { do: 'tick', step: 'enter-destination' })
    desk.answer('payment-method-asked', 'yes')
    expect([desk.status('add-payment-method'), desk.status('request-created')]).toEqual(['open', 'blocked'])
    expect(desk.wait('P2D')).toContainEqual({ type: 'reminded', data: { step: 'add-payment-method' } })
    seen(desk, [request('created')])
    expect(desk.outcome('add-payment-method')).toBe('done')
    expect(desk.outcome('request-created')).toBe('passed')
  })

  it('ends every step before it when the Hub shows it', () => {
    const desk = asked()
    seen(desk, [request('created')])
    expect(['open-request', 'enter-destination'].map((step) => desk.outcome(step))).toEqual(['done', 'done'])
    expect(desk.outcome('request-created')).toBe('passed')
    expect(desk.status('approve-change')).toBe('open')
    expect(desk.question).toBeUndefined()
    expect(desk.act(pat, { do: 'answer', question: 'destination-partner', value: 'SabiaxPA' })).toMatchObject({
      why: { code: 'known-by-platform' },
    })
  })

  it('is not one of another time', () => {
    const desk = asked({ changeRequests: known([request('failed', { createdAt: '2026-01-01T00:00:00Z' })]) })
    expect(desk.status('open-request')).toBe('open')
    expect(desk.status('failed-change')).toBe('hidden')
  })

  it('to another partner says so', () => {
    const desk = asked()
    desk.act(pat, { do: 'tick', step: 'open-request' })
    desk.act(pat, { do: 'tick', step: 'enter-destination' })
    desk.answer('payment-method-asked', 'no')
    seen(desk, [request('created', { targetPartnerId: 'SabiaxPA' })])
    const planned = desk.plan.steps.find(({ step }) => step.id === 'request-created')
    expect(planned).toMatchObject({ status: 'open', finding: { evidence: { target_partner: 'SabiaxPA' } } })
    expect(planned?.step.how?.(desk.plan.view)).toBe('other-partner')
  })

  it('is confirmed by support alone where the Hub cannot tell: that lets the new partner in', () => {
    const desk = asked({ changeRequests: notAsked })
    desk.act(ana, { do: 'attest', step: 'no-open-request' })
    for (const step of ['open-request', 'enter-destination']) desk.act(pat, { do: 'tick', step })
    desk.answer('payment-method-asked', 'no')
    expect(desk.act(pat, { do: 'attest', step: 'request-created' })).toMatchObject({ why: { code: 'not-your-role' } })
    expect(desk.plan.destination).toBeUndefined()
    desk.act(ana, { do: 'attest', step: 'request-created' })
    expect(desk.plan.destination).toBe('nordwind')
  })
})

describe('the new partner', () => {
  it('alone may accept, and the Hub counts as well', () => {
    const desk = asked()
    seen(desk, [request('created')])
    for (const by of [pat, ana]) {
      expect(desk.act(by, { do: 'start', step: 'approve-change' })).toMatchObject({ why: { code: 'not-your-role' } })
    }
    seen(desk, [request('pending')])
    expect([desk.status('approve-change'), desk.outcome('accepted')]).toEqual(['hidden', 'passed'])
    expect(desk.outcome('destination-ready')).toBe('passed')
  })

  it('is reminded each day, and support hears after five', () => {
    const desk = asked()
    seen(desk, [request('created')])
    expect(desk.wait('PT24H')).toContainEqual({ type: 'reminded', data: { step: 'approve-change' } })
    expect(desk.wait('P4D')).toContainEqual({ type: 'escalated', data: { step: 'accepted' } })
  })

  it('that is none of ours has no steps here', () => {
    const desk = asked({ newPartner: notAsked, newNumbers: notAsked, newPermission: notAsked }, {}, 'AbCdEfPA')
    seen(desk, [request('created', { targetPartnerId: 'AbCdEfPA' })], { newPartner: notAsked })
    for (const step of ['destination-ready', 'approve-change', 'new-keys']) expect(desk.status(step)).toBe('hidden')
    expect(desk.status('accepted')).toBe('open')
    seen(desk, [request('completed', { targetPartnerId: 'AbCdEfPA' })], {
      newPartner: notAsked,
      newPermission: notAsked,
    })
    expect(desk.plan.steps.find(({ step }) => step.id === 'grant-permission')).toMatchObject({ owner: 'client' })
    desk.act(pat, { do: 'tick', step: 'grant-permission' })
    expect(desk.state.closed).toMatchObject({ outcome: 'done' })
  })

  it('sees its own steps and those of both, and no question of the other side', () => {
    const desk = asked()
    seen(desk, [request('failed')])
    const { view } = desk.plan
    const sees = partnerChange.steps.filter((step) => seesStep('destination-partner', step, view)).map(({ id }) => id)
    expect(sees).toEqual([
      'destination-ready',
      'approve-change',
      'failed-change',
      'change-completed',
      'grant-permission',
      'new-keys',
    ])
    const hidden = partnerChange.steps.filter((step) => !seesStep('partner', step, view)).map(({ id }) => id)
    expect(hidden).toEqual(['destination-ready', 'approve-change', 'grant-permission', 'new-keys'])
    const questions = partnerChange.questions.filter((one) => seesQuestion('destination-partner', one))
    expect(questions.map(({ id }) => id)).toEqual(['numbers-to-manage'])
  })
})

describe('the move', () => {
  it('is over when the Hub says so, though the number is not with the old partner any more', () => {
    const desk = asked()
    seen(desk, [request('created')])
    seen(desk, [request('completed')], { channel: absent, numbers: notAsked, newNumbers: known(two) })
    expect(desk.outcome('change-completed')).toBe('passed')
    expect(desk.question).toBe('numbers-to-manage')
    desk.answer('numbers-to-manage', ['+4930123456'], nils)
    seen(desk, [request('completed')], { newPermission: known({ channels: [], phones: ['4930123457'] }) })
    expect(desk.status('grant-permission')).toBe('open')
    expect(desk.wait('P3D')).toContainEqual({ type: 'reminded', data: { step: 'grant-permission' } })
    seen(desk, [request('completed')], { newPermission: known({ channels: ['Ab1CH'], phones: [] }) })
    expect(desk.outcome('grant-permission')).toBe('done')
    desk.act(nils, { do: 'tick', step: 'new-keys' })
    expect(desk.state.closed).toMatchObject({ outcome: 'done' })
  })

  it('is over when every number is with the new partner, whatever the list of requests says', () => {
    const desk = asked()
    seen(desk, [request('created')])
    seen(desk, [], { newNumbers: known(two.slice(0, 1)) })
    expect(desk.status('accepted')).toBe('open')
    seen(desk, [], { newNumbers: known(two) })
    expect(desk.outcome('change-completed')).toBe('passed')
  })

  it('needs no permission where the new partner pays', () => {
    const desk = asked()
    const pays = { newPartner: known({ id: 'NordwnPA', paymentRequired: true }) }
    seen(desk, [request('completed')], pays)
    expect([desk.status('grant-permission'), desk.status('new-keys')]).toEqual(['hidden', 'open'])
  })

  it('that fails is looked into by support, and may go on', () => {
    const desk = asked()
    seen(desk, [request('pending')])
    seen(desk, [request('failed')])
    expect(desk.status('failed-change')).toBe('open')
    desk.act(ana, { do: 'approve', step: 'failed-change' })
    seen(desk, [request('completed')])
    expect(desk.outcome('change-completed')).toBe('passed')
  })

  it('that takes longer than a day is escalated', () => {
    const desk = asked()
    seen(desk, [request('pending')])
    expect(desk.wait('PT24H')).toContainEqual({ type: 'escalated', data: { step: 'change-completed' } })
  })
})

describe('the list of numbers', () => {
  it('names the accounts where there are several, and ends somewhere', () => {
    expect(listed(two)).toBe('+4930123456, +4930123457')
    expect(listed([...two, channel('x', '12025550143', { wabaId: 'Cd2WA' })])).toBe(
      '+4930123456, +4930123457 (Ab1WA); +12025550143 (Cd2WA)',
    )
    const many = Array.from({ length: 30 }, (_, n) => channel(`c${n}`, `49301234${n + 10}`))
    expect(listed(many)).toMatch(/ …$/)
    expect(listed(many).match(/\+/g)).toHaveLength(20)
  })
})
