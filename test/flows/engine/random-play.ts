import fc from 'fast-check'
import type { Act } from '../../../src/flows/engine/act.ts'
import { optionsOf } from '../../../src/flows/engine/answer.ts'
import type { By } from '../../../src/flows/engine/events.ts'
import type { PlannedStep } from '../../../src/flows/engine/plan.ts'
import { rolesFor } from '../../../src/flows/engine/rights.ts'
import type { Question, Role, View } from '../../../src/flows/engine/types.ts'
import type { Readings } from '../../../src/meta/facts.ts'
import { anyReadings, only } from '../facts.ts'
import { broken, known, person, type TestCase } from '../kit.ts'

/** One thing that happens to a case, chosen without knowing the case; `at` picks the question or step. */
export type Move =
  | { move: 'help'; at: number }
  | { move: 'act'; role: Role; do: Act['do']; at: number; value: number }
  | { move: 'look'; readings: Readings; busy: boolean }
  | { move: 'jump'; minutes: number }
  | { move: 'call'; ends: 'done' | 'failed' | 'unclear' }

export const roles: readonly Role[] = ['support', 'lead', 'admin', 'partner', 'destination-partner']
const doings = 'answer skip-question tick untick skip attest approve decline start re-check take say cancel'.split(
  ' ',
) as Act['do'][]
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
      if (lookDue(desk, move.at % 3 === 0 ? mixed : good)) return undefined
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
    const by = person(question.question.by?.[0] ?? 'partner')
    return {
      by,
      act: { do: 'answer', question: question.question.id, value: answerFor(question.question, view, at % 5) },
    }
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
  account: known({ id: '2', ownershipType: 'CLIENT_OWNED', currency: 'EU1' }),
  business: known({ id: '3', verificationStatus: 'verified' }),
  templates: known({ total: 0, byStatus: {} }),
  permission: known({ apiKey: 'shared' }),
  waba: known({ id: 'Ab1WA' }),
  balance: known({ amountMinor: 100, currency: 'EUR' }),
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
    else if (!lookDue(desk, good)) {
      const next = nextHelp(desk, 0)
      if (!next) return
      desk.act(next.by, next.act)
    }
  }
}
