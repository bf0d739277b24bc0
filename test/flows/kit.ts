import type { Act } from '../../src/flows/engine/act.ts'
import { advance } from '../../src/flows/engine/advance.ts'
import { decide, type Verdict } from '../../src/flows/engine/decide.ts'
import { type Duration, durationMs } from '../../src/flows/engine/duration.ts'
import { type By, type CaseEvent, type EventData, type NewEvent, system } from '../../src/flows/engine/events.ts'
import type { CaseState } from '../../src/flows/engine/fold.ts'
import { type Plan, plan } from '../../src/flows/engine/plan.ts'
import type { Flow, Role } from '../../src/flows/engine/types.ts'
import type { Reading, Readings } from '../../src/meta/facts.ts'

/** When every story begins. */
export const start = Date.UTC(2026, 2, 10, 9)
const asOf = new Date(start).toISOString()

export const known = <T>(value: T): Reading<T> => ({ state: 'known', value, asOf, source: 'hub' })
export const absent: Reading<never> = { state: 'absent', asOf, source: 'hub' }
export const notAsked: Reading<never> = { state: 'unknown', asOf, why: 'no-token' }
export const broken: Reading<never> = {
  state: 'error',
  asOf,
  source: 'hub',
  problem: { kind: 'Unavailable', asked: 'GET hub /channels', answered: 'HTTP 500' },
}

export const person = (role: Role, name: string = role): By => ({ role, id: `slack:${name}`, name })

/** A case as the desk would run it, with a clock that only the test moves. */
export interface TestCase {
  readonly flow: Flow
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
  readonly now: number
  readonly plan: Plan
  /** The question for a person now. */
  readonly question: string | undefined
  /** Status of a step: `open`, `ended` …, `hidden`, or `gone` when the flow has no such step. */
  status(step: string): string
  outcome(step: string): string | undefined
  /** Lets a person act; what comes of it is written. */
  act(by: By, act: Act): Verdict
  answer(question: string, value: unknown, by?: By): Verdict
  /** The platforms have been asked. */
  look(readings: Readings, found?: Omit<EventData<'looked-up'>, 'readings'>): void
  /** The desk writes on its own. */
  write(...events: NewEvent[]): void
  /** Moves the clock, wakes the case, and tells what was due. */
  wait(duration: Duration | number): NewEvent[]
  /** Goes on with another version of the flow. */
  deploy(flow: Flow): TestCase
}

export interface CaseOptions extends Omit<EventData<'opened'>, 'flow' | 'version'> {
  by?: By
}

export function caseOf(flow: Flow, { by = person('partner'), ...opened }: CaseOptions = {}): TestCase {
  const data = { flow: flow.id, version: flow.version, ...opened }
  const first = advance(flow, undefined, [{ type: 'opened', data }], by, start)
  return running(flow, first.state, first.events, start, by)
}

function running(flow: Flow, state: CaseState, events: readonly CaseEvent[], now: number, opener: By): TestCase {
  const append = (fresh: readonly NewEvent[], by: By) => {
    const next = advance(flow, state, fresh, by, now)
    state = next.state
    events = [...events, ...next.events]
  }
  const self: TestCase = {
    flow,
    get state() {
      return state
    },
    get events() {
      return events
    },
    get now() {
      return now
    },
    get plan() {
      return plan(flow, state, now)
    },
    get question() {
      return self.plan.question?.question.id
    },
    status(id) {
      const current = self.plan
      if (current.hidden.some((step) => step.id === id)) return 'hidden'
      return current.steps.find(({ step }) => step.id === id)?.status ?? 'gone'
    },
    outcome: (id) => self.plan.steps.find(({ step }) => step.id === id)?.outcome,
    act(by, act) {
      const verdict = decide(flow, state, by, act, now)
      if (verdict.ok) append(verdict.events, by)
      return verdict
    },
    answer: (question, value, by = opener) => self.act(by, { do: 'answer', question, value }),
    look: (readings, found = {}) => append([{ type: 'looked-up', data: { readings, ...found } }], system),
    write: (...fresh) => append(fresh, system),
    wait(duration) {
      now += typeof duration === 'number' ? duration : durationMs(duration)
      const { due } = self.plan
      if (due.length) append(due, system)
      return due
    },
    deploy: (next) => running(next, state, events, now, opener),
  }
  return self
}
