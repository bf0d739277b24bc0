import fc from 'fast-check'
import type { Act } from '../../../src/flows/engine/act.ts'
import { optionsOf } from '../../../src/flows/engine/answer.ts'
import type { By } from '../../../src/flows/engine/events.ts'
import type { PlannedStep } from '../../../src/flows/engine/plan.ts'
import { rolesFor } from '../../../src/flows/engine/rights.ts'
import type { Question, Role, View } from '../../../src/flows/engine/types.ts'
import type { Readings } from '../../../src/meta/facts.ts'
import { anyReadings, only } from '../facts.ts'
import { absent, broken, known, notAsked, person, type TestCase } from '../kit.ts'

/** One thing that happens to a case, chosen without knowing the case; `at` picks the question or step. */
export type Move =
  | { move: 'help'; at: number }
  | { move: 'act'; role: Role; do: Act['do']; at: number; value: number }
  | { move: 'look'; readings: Readings; busy: boolean }
  | { move: 'jump'; minutes: number }
  | { move: 'call'; ends: 'done' | 'failed' | 'unclear' }

export const roles: readonly Role[] = ['support', 'lead', 'admin', 'partner', 'destination-partner']
const doings = [
  ...['answer', 'skip-question', 'tick', 'untick', 'skip', 'attest', 'approve', 'decline', 'start', 're-check', 'take'],
  ...['say', 'add-item', 'tick-item', 'untick-item', 'remove-item', 'cancel'],
] as Act['do'][]
const likely = doings.filter((what) => what !== 'cancel')

const help: fc.Arbitrary<Move> = fc.record({ move: fc.constant('help'), at: fc.nat(20) })
const act: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('act'),
  role: fc.constantFrom(...roles),
  do: fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...likely) },
    { weight: 1, arbitrary: fc.constantFrom(...doings) },
  ),
  at: fc.nat(20),
  value: fc.nat(5),
})
const look: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('look'),
  readings: anyReadings,
  busy: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})
const days = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 8 }).map((halves) => halves / 2) },
  { weight: 1, arbitrary: fc.integer({ min: 5, max: 20 }) },
)
const jump: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('jump'),
  minutes: fc.oneof(
    fc.integer({ min: 0, max: 180 }),
    days.map((n) => n * 1440),
  ),
})
const call: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('call'),
  ends: fc.constantFrom('done', 'failed', 'unclear'),
})

/** A long history; the helpful beginning brings most cases past their questions. */
export const moves: fc.Arbitrary<Move[]> = fc
  .tuple(
    fc.array(help, { maxLength: 12, size: 'max' }),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: help },
        { weight: 6, arbitrary: act },
        { weight: 3, arbitrary: look },
        { weight: 2, arbitrary: jump },
        { weight: 1, arbitrary: call },
      ),
      { maxLength: 30, size: 'max' },
    ),
  )
  .map(([beginning, rest]) => [...beginning, ...rest])

/** Plays a move; tells which act of whom it was, if it was one. */
export function play(desk: TestCase, move: Move): { by: By; act: Act } | undefined {
  switch (move.move) {
    case 'jump':
      desk.wait(move.minutes * 60_000)
      return undefined
    case 'look': {
      const names = desk.plan.lookUp?.names
      const busy = move.busy ? { busy: 'PD-7' } : {}
      if (!desk.state.closed && names) desk.look(only(move.readings, names), busy)
      return undefined
    }
    case 'call': {
      const running = desk.plan.steps.find(({ state }) => state.action?.status === 'started')
      if (!running || desk.state.closed) return undefined
      const data = { step: running.step.id }
      desk.write(
        move.ends === 'failed'
          ? { type: 'action-failed', data: { ...data, problem: 'HTTP 500' } }
          : { type: `action-${move.ends}`, data },
      )
      return undefined
    }
    case 'act':
      return done(desk, person(move.role), anAct(desk, move.do, move.at, move.value))
    case 'help': {
      if (lookDue(desk, move.at % 3 === 0 ? mixed : goodFor(desk))) return undefined
      const next = nextHelp(desk, move.at)
      return next && done(desk, next.by, next.act)
    }
  }
}

/** The platforms are asked when it is time. */
function lookDue(desk: TestCase, news: Readings): boolean {
  const { lookUp } = desk.plan
  if (!lookUp || lookUp.at > desk.now) return false
  desk.look(only(news, lookUp.names))
  return true
}

function done(desk: TestCase, by: By, act: Act) {
  desk.act(by, act)
  return { by, act }
}

function anAct(desk: TestCase, what: Act['do'], at: number, value: number): Act {
  const { questions, steps, view } = desk.plan
  const question = questions[at % Math.max(1, questions.length)]?.question
  const step = steps[at % Math.max(1, steps.length)]?.step.id ?? 'no-such-step'
  const reason = value % 2 ? 'because' : ' '
  switch (what) {
    case 'answer':
      return {
        do: what,
        question: question?.id ?? 'no-such-question',
        value: question && answerFor(question, view, value),
      }
    case 'skip-question':
      return { do: what, question: question?.id ?? 'no-such-question' }
    case 'skip':
    case 'decline':
      return { do: what, step, reason }
    case 'say':
      return { do: what, text: 'hello', internal: false, from: { surface: 'slack', room: 'C1' } }
    case 'add-item':
      return { do: what, text: value % 2 ? '@partner call the client' : 'call the client' }
    case 'tick-item':
    case 'untick-item':
    case 'remove-item': {
      const { items = [] } = desk.state
      return { do: what, item: items[at % Math.max(1, items.length)]?.id ?? 404 }
    }
    case 're-check':
    case 'take':
    case 'cancel':
      return { do: what }
    default:
      return { do: what, step }
  }
}

/** An answer that is good by its kind. */
export function answerFor(question: Question, view: View, n: number): unknown {
  const options = optionsOf(question, view)
  const values: Record<Question['kind'], unknown> = {
    phone: `+49 30 12345${n}`,
    'yes-no': n % 2 === 0,
    confirm: 'yes',
    choice: options[n % Math.max(1, options.length)],
    choices: options.slice(0, 1 + (n % Math.max(1, options.length))),
    date: `2026-03-2${n}`,
    'meta-id': `10229012934039${n}`,
    'hub-id': `Ab${n}CdPA`,
    email: `client${n}@example.com`,
    url: `https://example.com/${n}`,
    text: `EU${n}`,
    number: n,
  }
  return values[question.kind]
}

/** What the right person would do next. */
export function nextHelp(desk: TestCase, at: number): { by: By; act: Act } | undefined {
  const { question, steps, view } = desk.plan
  if (question) {
    const { id, by: roles, skippable } = question.question
    const by = person(roles?.[0] ?? 'partner')
    if (question.problem && skippable) return { by, act: { do: 'skip-question', question: id } }
    return { by, act: { do: 'answer', question: id, value: right[id] ?? answerFor(question.question, view, at % 5) } }
  }
  const open = steps.filter(({ status }) => status === 'open')
  const planned = open[at % Math.max(1, open.length)]
  return planned && helpWith(planned)
}

function helpWith({ step, owner }: PlannedStep): { by: By; act: Act } {
  const by = person(rolesFor(step, owner)[0] ?? 'support')
  const what = { check: 'attest', wait: 'attest', task: 'tick', approval: 'approve', action: 'start' } as const
  return { by, act: { do: what[step.kind], step: step.id } }
}

const good: Readings = {
  channel: known({ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123450', hubStatus: 'live' }),
  client: known({ id: 'Ab1CL' }),
  phone: known({ id: '1', isPinEnabled: false }),
  account: known({ id: '2', ownershipType: 'CLIENT_OWNED', currency: 'EUR' }),
  business: known({ id: '3', verificationStatus: 'verified' }),
  templates: known({ total: 0, byStatus: {} }),
  template: known({ name: 'order_update', status: 'APPROVED' }),
  permission: known({ apiKey: 'shared' }),
  apiKeys: known({ count: 0, ids: [] }),
  waba: known({ id: 'Ab1WA' }),
  balance: known({ amountMinor: 100, currency: 'EUR' }),
  health: known({ canSendMessage: 'AVAILABLE', entities: [] }),
  subscriptions: known({ count: 1, apps: [] }),
  credit: absent,
  solutions: known([]),
  commerce: known({ isCatalogVisible: true, isCartEnabled: true }),
  usage: known({ since: '2026-03-01T09:00:00Z', billable: false }),
  numbers: known([{ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123450', hubStatus: 'live' }]),
  partner: known({ id: 'Br1PA' }),
  changeRequests: known([
    { id: 'r1', status: 'completed', targetPartnerId: 'Ab1CdPA', createdAt: '2030-01-01T00:00:00Z' },
  ]),
  newPartner: known({ id: 'Ab1CdPA', autoApprove: false }),
  newNumbers: known([{ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123450', hubStatus: 'live' }]),
  newPermission: known({ channels: ['Ab1CH'], phones: [] }),
}

/** Answers that have to fit what the platforms say. */
const right: Record<string, unknown> = {
  'last-digits': '3450',
  payments: '50+5',
  prepaid: true,
  waba: '102290129340398',
  'destination-solution': '930225513398826',
  'credit-currency': 'EUR',
  source: 'other_bsp',
  deployment: 'legacy',
  'whatsapp-web': 'other',
  'account-mode': 'live',
}

/** A WABA in one solution, another solution for it, and what is found where its number goes. */
const solutions: Readings = {
  shared: known({ id: '2' }),
  wabaNumbers: known([{ id: '1', displayPhoneNumber: '+49 30 123450' }]),
  solutions: known([{ id: '930114402287715', status: 'ACTIVE', appIds: ['7'] }]),
  solution: known({ id: '930225513398826', status: 'ACTIVE', appIds: ['7'] }),
  ownSolutions: known([{ id: '930225513398826', status: 'ACTIVE', appIds: ['7'] }]),
  intent: known({ id: 'i1', status: 'INITIATED' }),
  destination: known({ id: '3', primaryFundingId: '4' }),
  arriving: known({ id: '5', status: 'CONNECTED' }),
  destinationTemplates: known({ total: 0, byStatus: {}, coming: [], staying: [] }),
  destinationSolutions: known([{ id: '930225513398826' }]),
}

function inSolutions({ flow, outcome }: TestCase): Readings {
  if (flow.id === 'migrate-between-solutions') return solutions
  if (flow.id === 'add-waba-to-solution') {
    return { ...solutions, solutions: known(outcome('accepted') ? [{ id: '930225513398826' }] : []) }
  }
  const account = known({ id: '2', ownershipType: 'ON_BEHALF_OF' })
  return { ...solutions, account, credit: known({ id: '6', isActive: true }) }
}

/** A number that is not at 360dialog, and of which nobody tells much. */
const elsewhere: Readings = {
  channel: absent,
  client: notAsked,
  website: notAsked,
  destination: notAsked,
  arriving: notAsked,
}

/** The world in which a procedure can be gone through to its end. */
function goodFor(desk: TestCase): Readings {
  const { flow } = desk
  if (['migrate-between-solutions', 'add-waba-to-solution', 'waba-ownership-transfer'].includes(flow.id)) {
    return { ...good, ...inSolutions(desk) }
  }
  if (flow.id.startsWith('number-migration')) return { ...good, ...elsewhere }
  if (flow.id !== 'refund') return good
  const channel = { id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123450', cancelledAt: '2026-03-01T09:00:00Z' }
  return { ...good, channel: known(channel) }
}

const mixed: Readings = {
  ...good,
  phone: known({ id: '1', isPinEnabled: true, accountMode: 'SANDBOX' }),
  account: broken,
  permission: known({ apiKey: 'missing' }),
  balance: known({ amountMinor: -100, currency: 'EUR' }),
}

/** Everybody does the right thing until the case is closed, or until nothing more can be done. */
export function finish(desk: TestCase): void {
  for (let turns = 0; turns < 200 && !desk.state.closed; turns += 1) {
    const running = desk.plan.steps.find(({ status }) => status === 'running')
    if (running) desk.write({ type: 'action-done', data: { step: running.step.id } })
    else if (!lookDue(desk, goodFor(desk))) {
      const next = nextHelp(desk, 0)
      if (!next) return
      desk.act(next.by, next.act)
    }
  }
}
