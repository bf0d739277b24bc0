import { describe, expect, test } from 'vitest'
import addWabaToSolution, { leftOut as leftOutOfAdding } from '../../src/flows/add-waba-to-solution.ts'
import migrateBetweenSolutions, { leftOut as leftOutOfMoving } from '../../src/flows/migrate-between-solutions.ts'
import { reportEvidence, templateReport } from '../../src/flows/solutions/template-report.ts'
import wabaOwnershipTransfer, { leftOut as leftOutOfGiving } from '../../src/flows/waba-ownership-transfer.ts'
import type { Readings } from '../../src/meta/facts.ts'
import { absent, caseOf, known, notAsked, person, type TestCase } from './kit.ts'

const pat = person('partner', 'Pat')
const dan = person('destination-partner', 'Dan')
const ana = person('support', 'Ana')
const solution = '930225513398826'

function told(more: Partial<Readings> = {}): Readings {
  return {
    channel: known({ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456' }),
    client: known({ id: 'Ab1CL', name: 'Bright Lights' }),
    waba: known({ id: 'Ab1WA', externalId: '102290129340398' }),
    account: known({ id: '102290129340398', ownershipType: 'CLIENT_OWNED', currency: 'EUR', ownerBusinessName: 'BL' }),
    phone: known({ id: '2', isPinEnabled: false }),
    shared: known({ id: '102290129340398' }),
    wabaNumbers: known([{ id: '2', displayPhoneNumber: '+49 30 123456' }]),
    solutions: known([{ id: '930114402287715', status: 'ACTIVE', appIds: ['7', '8'] }]),
    solution: known({ id: solution, name: 'Bright', status: 'ACTIVE', appIds: ['8', '9'] }),
    templates: known({ total: 2, byStatus: {}, eligible: 2, coming: ['hello', 'bye'], staying: [] }),
    ownSolutions: notAsked,
    intent: notAsked,
    arriving: notAsked,
    destination: notAsked,
    destinationSolutions: notAsked,
    destinationTemplates: notAsked,
    credit: absent,
    ...more,
  }
}

/** Asked by Pat until nothing is left to answer. */
function moving(answers: Record<string, unknown> = {}, readings = told()): TestCase {
  const desk = caseOf(migrateBetweenSolutions, { by: pat })
  desk.answer('waba', '102290129340398')
  desk.look(readings)
  const all: Record<string, unknown> = {
    'where-to': 'solution',
    'destination-solution': solution,
    way: 'request',
    ...answers,
  }
  for (let turns = 0; turns < 12 && desk.question; turns += 1) {
    const id = desk.question
    if (all[id] === undefined) desk.act(pat, { do: 'skip-question', question: id })
    else desk.answer(id, all[id])
    if (desk.plan.lookUp) desk.look(readings)
  }
  return desk
}

function done(desk: TestCase, by: typeof pat, step: string, evidence?: Record<string, string>) {
  desk.act(by, { do: 'start', step })
  desk.write({ type: 'action-done', data: { step, ...(evidence && { evidence }) } })
}

describe('between solutions', () => {
  const intent = (status: string) => known({ id: 'i1', status, ...(status === 'ACCEPTED' && { destinationWaba: '5' }) })

  test('by a request: nothing moves before the client has accepted, and a WABA that nobody pays for gets a credit line', () => {
    const desk = moving()
    expect(desk.question).toBeUndefined()
    expect(desk.outcome('apps-in-one-portfolio')).toBe('passed')
    expect(desk.outcome('templates-come-along')).toBe('passed')
    expect(desk.status('tag-waba')).toBe('blocked')
    desk.act(ana, { do: 'approve', step: 'calls-agreed' })
    expect(desk.act(dan, { do: 'start', step: 'tag-waba' })).toMatchObject({ why: { code: 'not-your-role' } })
    done(desk, pat, 'tag-waba', { intent: 'i1' })
    desk.look(told({ intent: intent('INITIATED') }))
    expect(desk.status('accepted')).toBe('open')
    expect(desk.status('submit-number')).toBe('blocked')
    const arrived = {
      intent: intent('ACCEPTED'),
      destination: known({ id: '5', currency: 'EUR' }),
      destinationSolutions: known([{ id: solution }]),
    }
    desk.look(told(arrived))
    expect(desk.outcome('accepted')).toBe('passed')
    expect(desk.outcome('in-the-right-solution')).toBe('passed')
    expect(desk.question).toBe('credit-line')
    desk.answer('credit-line', '940336624409937', dan)
    for (const step of ['subscribe-app', 'share-credit-line', 'submit-number', 'register-number']) done(desk, pat, step)
    desk.look(told({ ...arrived, arriving: known({ id: '6', status: 'CONNECTED' }) }))
    expect(desk.outcome('connected')).toBe('passed')
    const copies = {
      total: 2,
      byStatus: {},
      coming: [],
      staying: [
        { name: 'hello', why: 'UNKNOWN' },
        { name: 'bye', why: 'REJECTED' },
      ],
    }
    desk.look(told({ ...arrived, destinationTemplates: known(copies) }))
    expect(desk.status('template-report'), 'ratings come after 24 hours').toBe('open')
    desk.wait('PT24H')
    expect(desk.outcome('template-report')).toBe('passed')
    expect(desk.plan.view.evidence['template-report']).toEqual({ templates_arrived: 1, templates_rejected: 'bye' })
    desk.act(pat, { do: 'tick', step: 'make-templates-again' })
    expect(desk.state.closed).toMatchObject({ outcome: 'done' })
  })

  test('an answer about an earlier wish says nothing about the newest', () => {
    const desk = moving()
    desk.act(ana, { do: 'approve', step: 'calls-agreed' })
    done(desk, pat, 'tag-waba', { intent: 'i2' })
    desk.look(told({ intent: intent('ACCEPTED') }))
    expect(desk.status('accepted')).toBe('open')
  })

  test('the wrong solution stops the move and is said aloud after an hour', () => {
    const desk = moving()
    desk.act(ana, { do: 'approve', step: 'calls-agreed' })
    done(desk, pat, 'tag-waba', { intent: 'i1' })
    desk.look(told({ intent: intent('ACCEPTED'), destinationSolutions: known([{ id: '930114402287715' }]) }))
    expect(desk.status('in-the-right-solution')).toBe('open')
    expect(desk.act(ana, { do: 'attest', step: 'in-the-right-solution' })).toMatchObject({
      why: { code: 'cannot-attest' },
    })
    expect(desk.wait('PT1H')).toContainEqual({ type: 'escalated', data: { step: 'in-the-right-solution' } })
  })

  test('another solution needs support once more', () => {
    const desk = moving()
    desk.act(ana, { do: 'approve', step: 'calls-agreed' })
    desk.answer('destination-solution', '930225513398827')
    desk.look(told({ solution: known({ id: '930225513398827', status: 'ACTIVE', appIds: ['8'] }) }))
    desk.answer('way', 'request')
    expect(desk.status('calls-agreed')).toBe('open')
  })

  test('once it is tagged no other solution can be named, until the client has rejected', () => {
    const desk = moving()
    desk.act(ana, { do: 'approve', step: 'calls-agreed' })
    done(desk, pat, 'tag-waba', { intent: 'i1', tagged_for: solution })
    desk.wait('PT1M')
    const other = told({ solution: known({ id: '930225513398827', status: 'ACTIVE', appIds: ['8'] }) })
    desk.answer('destination-solution', '930225513398827')
    desk.look(other)
    expect(desk.plan.question).toMatchObject({ problem: 'tagged-already' })
    desk.look({ ...other, intent: intent('REJECTED') })
    expect(desk.question).toBe('way')
  })

  test.each([
    ['https://signup.example/?solution=930225513398826', 'passed'],
    ['https://signup.example/?app_id=440019283746551&solution=930225513398826', 'passed'],
    ['https://signup.example/?solution=930114402287715', undefined],
  ])('the signup link %s', (link, outcome) => {
    const desk = moving({ way: 'signup', 'signup-link': link })
    done(desk, pat, 'tag-waba', { intent: 'i1' })
    expect(desk.outcome('hand-over-link')).toBe('done')
    expect(desk.outcome('link-of-solution')).toBe(outcome)
  })

  test('what cannot be compared is asked: apps of two portfolios, templates that nobody can read', () => {
    const apps = { solution: known({ id: solution, status: 'ACTIVE', appIds: ['9'] }) }
    const desk = moving({}, told({ ...apps, templates: notAsked }))
    const step = desk.plan.steps.find((each) => each.step.id === 'apps-in-one-portfolio')
    expect(step?.finding).toEqual({ result: 'unknown', evidence: { source_apps: '7, 8', destination_apps: '9' } })
    desk.act(pat, { do: 'attest', step: 'apps-in-one-portfolio' })
    desk.act(pat, { do: 'attest', step: 'templates-come-along' })
    expect([desk.outcome('apps-in-one-portfolio'), desk.outcome('templates-come-along')]).toEqual([
      'declared',
      'declared',
    ])
  })
})

describe('the template report', () => {
  const before = { total: 3, byStatus: {}, coming: ['hello', 'bye', 'sale'], staying: [{ name: 'old', why: 'RED' }] }

  test('tells what arrived, what was rejected and what is missing', () => {
    const after = {
      total: 2,
      byStatus: {},
      coming: [],
      staying: [
        { name: 'hello', why: 'UNKNOWN' },
        { name: 'sale', why: 'REJECTED' },
      ],
    }
    const report = templateReport(before, after)
    expect(report).toEqual({ arrived: ['hello'], rejected: ['sale'], missing: ['bye'] })
    expect(report && reportEvidence(report)).toEqual({
      templates_arrived: 1,
      templates_rejected: 'sale',
      templates_missing: 'bye',
    })
  })

  test('says nothing when not every template is listed by name', () => {
    expect(templateReport(before, { total: 300, byStatus: {}, coming: ['hello'], staying: [] })).toBeUndefined()
  })
})

test('an offer is bound to its solution, and the approval to what was answered', () => {
  const desk = caseOf(wabaOwnershipTransfer, { by: pat })
  desk.answer('waba', '102290129340398')
  const obo = known({ id: '1', ownershipType: 'ON_BEHALF_OF', onBehalfOf: { status: 'APPROVED' } })
  const readings = told({ account: obo, solutions: known([]) })
  desk.look(readings)
  desk.answer('destination-solution', solution)
  desk.look(readings)
  for (const [id, value] of [
    ['solution-is-final', true],
    ['route', 'business-suite'],
    ['no-way-back', true],
  ] as const)
    desk.answer(id, value)
  desk.act(ana, { do: 'approve', step: 'legacy-agreed' })
  done(desk, pat, 'offer-ownership', { offer: 'o1', offered_with: solution })
  expect(desk.status('claimed')).toBe('open')
  desk.wait('PT1M')
  desk.answer('destination-solution', '930114402287715')
  desk.look(readings)
  expect(desk.plan.question).toMatchObject({ problem: 'fixed' })
  desk.answer('destination-solution', solution)
  desk.look(readings)
  expect(desk.question).toBe('solution-is-final')
  expect(desk.outcome('offer-ownership')).toBe('done')
})

test('adding an account: Meta’s old list of solutions proves nothing, silence is told', () => {
  const desk = caseOf(addWabaToSolution, { by: pat })
  desk.answer('waba', '102290129340398')
  const alone = told({ solutions: known([]) })
  desk.look(alone)
  desk.answer('destination-solution', solution)
  desk.look(alone)
  desk.act(pat, { do: 'skip-question', question: 'destination-partner' })
  done(desk, pat, 'tag-waba', { intent: 'i1' })
  expect(desk.wait('P3D')).toContainEqual({ type: 'reminded', data: { step: 'accepted' } })
  expect(desk.wait('P10D')).toEqual([])
  desk.wait('P77D')
  desk.look(told({ solutions: known([]), intent: known({ id: 'i1', status: 'ACCEPTED' }) }))
  expect(desk.plan.view.evidence.accepted).toEqual({ intent_status: 'ACCEPTED', by_silence: true })
  expect(desk.plan.steps.at(-1)).toMatchObject({ status: 'open', finding: { result: 'unknown' } })
  desk.look(told({ solutions: known([{ id: solution, status: 'ACTIVE' }]) }))
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test.each([
  [
    migrateBetweenSolutions,
    leftOutOfMoving,
    [
      'ms-q-waba ms-q-src ms-q-dst ms-q-link ms-q-phone ms-q-portfolio ms-q-2fa',
      'ms-c1 ms-c2 ms-c3 ms-c4 ms-c5 ms-c6',
      'ms-s1 ms-s2 ms-s3 ms-s4 ms-s5 ms-s6',
    ],
  ],
  [addWabaToSolution, leftOutOfAdding, ['aw-q-waba aw-q-sol aw-q-own', 'aw-c1 aw-c2 aw-c3 aw-c4', 'aw-s1 aw-s2 aw-s3']],
  [
    wabaOwnershipTransfer,
    leftOutOfGiving,
    ['ot-q-waba ot-q-sol ot-q-route ot-q-oneway', 'ot-c1 ot-c2 ot-c3', 'ot-s1 ot-s2a ot-s2b ot-s3'],
  ],
] as const)('every row of $id is a part of it, or left out with a reason', (flow, leftOut, rows) => {
  const refs = new Set([...flow.questions, ...flow.steps].map(({ ref }) => ref))
  const missing = rows
    .join(' ')
    .split(' ')
    .filter((row) => !refs.has(row))
  expect(missing.sort()).toEqual(Object.keys(leftOut).sort())
})
