import fc from 'fast-check'
import { action, approval, ask, check, defineFlow, task, wait } from '../../../src/flows/engine/define.ts'
import type { Duration } from '../../../src/flows/engine/duration.ts'
import type { Answer, Finding, Flow, Owner, Question, Role, Rule, Step, View } from '../../../src/flows/engine/types.ts'
import type { FactName } from '../../../src/meta/facts.ts'
import { start } from '../kit.ts'

/** A flow as plain data, so that a failing one can be printed, made smaller and read. What it reads is declared. */
export interface FlowSpec {
  questions: QuestionSpec[]
  steps: StepSpec[]
}

/** `answers:q1`, `outcomes:s0`, `facts:phone`. A rule reads all of them before it judges. */
export interface Cond {
  reads: string[]
  holds: 'all' | 'any' | 'none'
}

export interface QuestionSpec {
  id: string
  kind: 'phone' | 'yesNo' | 'date' | 'confirm' | 'choice' | 'choices' | 'text' | 'number'
  needs: FactName[]
  skippable: boolean
  when?: Cond
  known?: Cond
  prefill?: Cond
  problem?: Cond
}

export interface StepSpec {
  id: string
  kind: 'check' | 'task' | 'approval' | 'action' | 'wait'
  owner: Owner
  by: Role[]
  after: string[]
  needs: FactName[]
  otherwise: 'fail' | 'warn' | 'unknown'
  skippable: boolean
  goOn: boolean
  once: boolean
  atLimit: 'remind' | 'escalate'
  every?: 'poll' | 'slow'
  remind?: Duration
  within?: Duration
  until?: Cond
  when?: Cond
  ends?: Cond
  bot?: Cond
}

const factNames = ['channel', 'phone', 'waba', 'balance'] as const

const factHolds: Record<string, (view: View) => boolean> = {
  channel: ({ facts }) => facts.channel?.hubStatus === 'live',
  phone: ({ facts }) => facts.phone?.isPinEnabled === false,
  waba: ({ readings }) => readings.waba?.state === 'known',
  balance: ({ facts }) => (facts.balance?.amountMinor ?? 0) > 0,
}

function rule(cond: Cond): Rule<boolean> {
  return (view) => {
    const seen = cond.reads.map((read) => {
      const [kind = '', name = ''] = read.split(':')
      if (kind === 'facts') return factHolds[name]?.(view) ?? false
      const value = kind === 'answers' ? view.answers[name] : view.outcomes[name]
      return value !== undefined && value !== false && value !== 'no'
    })
    if (cond.holds === 'all') return seen.every(Boolean)
    return cond.holds === 'any' ? seen.some(Boolean) : !seen.some(Boolean)
  }
}

const given: Record<QuestionSpec['kind'], Answer> = {
  phone: '4930123456',
  yesNo: true,
  date: '2026-04-01',
  confirm: true,
  choice: 'maybe',
  choices: ['maybe'],
  text: 'words',
  number: 7,
}

function buildQuestion({ id, kind, when, known, prefill, problem, needs, skippable }: QuestionSpec): Question {
  const when_ = when && rule(when)
  const knows = known && rule(known)
  const suggests = prefill && rule(prefill)
  const wrong = problem && rule(problem)
  const rest = {
    ref: 'none',
    needs,
    skippable,
    ...(when_ && { when: when_ }),
    ...(knows && { known: (view: View) => (knows(view) ? given[kind] : undefined) }),
    ...(suggests && { prefill: (view: View) => (suggests(view) ? given[kind] : undefined) }),
    ...(wrong && { problem: (view: View) => (wrong(view) ? 'wrong' : undefined) }),
  }
  if (kind === 'choice' || kind === 'choices') return ask[kind](id, ['yes', 'no', 'maybe'], rest)
  return kind === 'text' ? ask.text(id, { ...rest, max: 40 }) : ask[kind](id, rest)
}

function buildStep(spec: StepSpec): Step {
  const { id, kind, by, after, needs, every, remind, within, atLimit, skippable } = spec
  const bot = spec.bot && rule(spec.bot)
  const date = spec.until && rule(spec.until)
  const polled = { needs, ...(every && { every }) }
  const rest = {
    ref: 'none',
    after,
    atLimit,
    owner: bot ? (view: View): Owner => (bot(view) ? 'bot' : spec.owner) : spec.owner,
    ...(spec.when && { when: rule(spec.when) }),
    ...(remind && { remind }),
    ...(within && { within }),
    ...(date && { within: (view: View) => (date(view) ? start + 3 * 86_400_000 : undefined) }),
  }
  const ends = spec.ends && rule(spec.ends)
  const finding = (view: View): Finding => ({
    result: ends?.(view) ? 'pass' : spec.otherwise,
    evidence: { b: 1, aa: 2 },
  })
  if (kind === 'check') return check(id, { ...rest, ...polled, once: spec.once, passes: finding })
  if (kind === 'wait') return wait(id, { ...rest, ...polled, until: finding })
  if (kind === 'approval') return approval(id, { ...rest, by, declined: spec.goOn ? 'go-on' : 'close' })
  if (kind === 'action') return action(id, { ...rest, by, call: 'call', repeat: 'ask' })
  return task(id, { ...rest, ...polled, skippable, ...(ends && { done: finding }) })
}

export function build({ questions, steps }: FlowSpec): Flow {
  return defineFlow({
    id: 'random',
    version: 1,
    ref: '0',
    startedBy: ['partner', 'support'],
    subject: 'q0',
    questions: questions.map(buildQuestion),
    steps: steps.map(buildStep),
  })
}

/** What has to open again when an answer changes, found by following the declared reads. */
export function reached(spec: FlowSpec, question: string): Set<string> {
  const changed = new Set([`answers:${question}`])
  if (question === 'q0') {
    for (const name of factNames) changed.add(`facts:${name}`)
    for (const { id } of spec.steps) changed.add(`outcomes:${id}`)
  }
  const readers = [
    ...spec.questions.map((q) => ({ key: `answers:${q.id}`, conds: [q.when, q.known, q.prefill, q.problem] })),
    ...spec.steps.map((s) => ({
      key: `outcomes:${s.id}`,
      conds: [s.when, s.bot, s.until, hasFinding(s) ? s.ends : undefined],
    })),
  ]
  for (let size = -1; size !== changed.size; ) {
    size = changed.size
    for (const { key, conds } of readers) {
      if (conds.some((cond) => cond?.reads.some((read) => changed.has(read)))) changed.add(key)
    }
  }
  return changed
}

const hasFinding = ({ kind }: StepSpec) => kind === 'check' || kind === 'wait' || kind === 'task'

const cond = (from: string[]): fc.Arbitrary<Cond> =>
  fc.record({
    reads: fc.subarray(from, { minLength: 1, maxLength: Math.min(3, from.length) }),
    holds: fc.constantFrom('all', 'any', 'none'),
  })

const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 3 })
const facts = factNames.map((name) => `facts:${name}`)
const roles: Role[] = ['support', 'lead', 'admin', 'partner', 'destination-partner']

function question(index: number, steps: number): fc.Arbitrary<QuestionSpec> {
  const answers = Array.from({ length: index }, (_, i) => `answers:q${i}`)
  const outcomes = Array.from({ length: steps }, (_, i) => `outcomes:s${i}`)
  const common = {
    id: fc.constant(`q${index}`),
    needs: fc.subarray([...factNames], { maxLength: 2 }),
    problem: maybe(cond(facts)),
  }
  if (index === 0) {
    return fc
      .record({ ...common, kind: fc.constant('phone'), skippable: fc.constant(false) })
      .map((spec): QuestionSpec => trim(spec))
  }
  return fc
    .record({
      ...common,
      kind: fc.constantFrom('yesNo', 'date', 'confirm', 'choice', 'choices', 'text', 'number'),
      skippable: fc.boolean(),
      when: maybe(cond([...answers, ...facts, ...outcomes])),
      known: maybe(cond([...answers, ...facts])),
      prefill: maybe(cond([...answers, ...facts])),
    })
    .map((spec): QuestionSpec => trim(spec))
}

function step(index: number, questions: number): fc.Arbitrary<StepSpec> {
  const answers = Array.from({ length: questions }, (_, i) => `answers:q${i}`)
  const earlier = Array.from({ length: index }, (_, i) => `s${i}`)
  const reads = [...answers, ...facts, ...earlier.map((id) => `outcomes:${id}`)]
  return fc
    .record({
      id: fc.constant(`s${index}`),
      kind: fc.constantFrom('check', 'task', 'approval', 'action', 'wait'),
      owner: fc.constantFrom('client', 'partner', 'destination-partner', 'support', 'bot'),
      by: fc.subarray(roles, { minLength: 1, maxLength: 2 }),
      after: fc.subarray(earlier, { maxLength: Math.min(2, earlier.length) }),
      needs: fc.subarray([...factNames], { maxLength: 2 }),
      otherwise: fc.constantFrom('fail', 'warn', 'unknown'),
      skippable: fc.boolean(),
      goOn: fc.boolean(),
      once: fc.boolean(),
      atLimit: fc.constantFrom('remind', 'escalate'),
      every: maybe(fc.constantFrom('poll', 'slow')),
      remind: maybe(fc.constantFrom('PT4H', 'PT24H', 'P7D')),
      within: maybe(fc.constantFrom('PT1H', 'PT72H', 'P14D')),
      until: maybe(cond(reads)),
      when: maybe(cond(reads)),
      ends: maybe(cond(reads)),
      bot: maybe(cond(reads)),
    })
    .map((spec): StepSpec => trim(spec))
}

/** Leaves out what is `undefined`, as exact optional fields want it. */
function trim<T>(spec: object): T {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)) as T
}

export const flowSpec: fc.Arbitrary<FlowSpec> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }))
  .chain(([questions, steps]) =>
    fc.record({
      questions: fc.tuple(...Array.from({ length: questions }, (_, i) => question(i, steps))),
      steps: fc.tuple(...Array.from({ length: steps }, (_, i) => step(i, questions))),
    }),
  )
