import type { FactName } from '../../meta/facts.ts'
import { destinationIn } from './destination.ts'
import { durationMs } from './duration.ts'
import type { NewEvent } from './events.ts'
import type { CaseState, Given, StepState } from './fold.ts'
import { intakeExpiry, intakeNudge, pollInterval } from './rhythm.ts'
import { settle } from './settle.ts'
import type { Answer, Finding, Flow, Outcome, Owner, Question, Step, View } from './types.ts'
import { viewOf } from './view.ts'

/** A question of this case. `waiting`: the platforms are asked first. */
export interface PlannedQuestion {
  question: Question
  status: 'known' | 'answered' | 'skipped' | 'open' | 'waiting'
  answer?: Answer
  given?: Given
  /** Text key of what is wrong with the answer. */
  problem?: string
  prefill?: Answer
  /** What its text mentions. */
  shows?: NonNullable<Finding['evidence']>
}

/** A step of this case. `checking`: the platforms are being asked. */
export interface PlannedStep {
  step: Step
  owner: Owner
  status: 'blocked' | 'checking' | 'open' | 'running' | 'ended'
  outcome?: Outcome
  finding?: Finding
  state: StepState
  /** When its limit is reached, ms since the epoch. */
  dueAt?: number
}

/** What is to be done in a case: what to show, what to ask the platforms, what is due, when to look again. */
export interface Plan {
  view: View
  questions: PlannedQuestion[]
  /** The next question for a person. */
  question?: PlannedQuestion
  /** Every question has its answer. */
  ready: boolean
  /** Our id of the destination partner, once it takes part. */
  destination?: string
  steps: PlannedStep[]
  /** Steps whose condition does not hold. */
  hidden: Step[]
  progress: { done: number; total: number }
  /** Facts to look up, and when (ms since the epoch; in the past: now). */
  lookUp?: { names: FactName[]; at: number }
  /** Events whose time has come: ends and results that the time brought, reminders, limits. */
  due: NewEvent[]
  /** When the case has to be looked at again without anybody's act. */
  wakeAt?: number
}

/** What is open in a case at that time. Pure: the same case and time give the same plan. */
export function plan(flow: Flow, state: CaseState, now: number): Plan {
  const view = viewOf(flow, state, now)
  const questions = flow.questions
    .filter((question) => question.when?.(view) ?? true)
    .map((question) => planQuestion(flow, question, state, view))
  const pending = questions.find(({ status }) => status === 'open' || status === 'waiting')
  const ready = pending === undefined
  const hidden: Step[] = []
  const steps: PlannedStep[] = []
  const passed = new Set<string>()
  for (const step of flow.steps) {
    if (step.when && !step.when(view)) {
      hidden.push(step)
      passed.add(step.id)
      continue
    }
    const free = ready && (step.after ?? []).every((id) => passed.has(id))
    const planned = planStep(step, state.steps[step.id] ?? {}, view, free)
    if (planned.status === 'ended') passed.add(step.id)
    steps.push(planned)
  }
  const destination = destinationIn(flow, state)
  const base: Plan = {
    view,
    ...(destination !== undefined && { destination }),
    questions,
    ready,
    steps,
    hidden,
    progress: { done: steps.filter(({ status }) => status === 'ended').length, total: steps.length },
    due: [],
    ...(pending?.status === 'open' && { question: pending }),
  }
  return state.closed ? base : { ...base, ...timing(base, state, now) }
}

function planQuestion(flow: Flow, question: Question, state: CaseState, view: View): PlannedQuestion {
  const given = state.answers[question.id]
  const shows = question.shows?.(view)
  const common = { question, ...(given && { given }), ...(shows && { shows }) }
  const known = question.known?.(view)
  if (known !== undefined) return { ...common, status: 'known', answer: known }
  const missing =
    state.answers[flow.subject] !== undefined && (question.needs ?? []).some((name) => !state.readings[name])
  if (missing) return { ...common, status: 'waiting', ...(given?.value != null && { answer: given.value }) }
  if (given?.value === null) return { ...common, status: 'skipped' }
  const prefill = given?.value ?? question.prefill?.(view)
  const problem = given && !wasAccepted(state, given) ? question.problem?.(view) : undefined
  if (given && !problem) return { ...common, status: 'answered', answer: given.value }
  return { ...common, status: 'open', ...(problem && { problem }), ...(prefill !== undefined && { prefill }) }
}

/** Steps open only when every answer is good: what a fact says later does not bring an old question back. */
function wasAccepted(state: CaseState, given: Given): boolean {
  return Object.values(state.steps).some(({ openedAt }) => openedAt !== undefined && openedAt >= given.at)
}

function planStep(step: Step, state: StepState, view: View, free: boolean): PlannedStep {
  const owner = typeof step.owner === 'function' ? step.owner(view) : step.owner
  const finding = findingOf(step, state, view)
  const outcome = outcomeOf(step, state, finding)
  const dueAt = limitOf(step, state, view)
  const common = { step, owner, state, ...(finding && { finding }), ...(dueAt !== undefined && { dueAt }) }
  if (!free && state.openedAt === undefined) return { ...common, status: 'blocked' }
  if (outcome) return { ...common, status: 'ended', outcome }
  if (state.action?.status === 'started') return { ...common, status: 'running' }
  if (!free) return { ...common, status: 'blocked' }
  const checking = step.kind === 'check' && !finding
  return { ...common, status: checking ? 'checking' : 'open' }
}

/** What the platforms say about a step; nothing before they were asked. */
function findingOf(step: Step, state: StepState, view: View): Finding | undefined {
  if (step.kind === 'check' && step.once && state.finding?.result === 'pass') return state.finding
  const rule =
    step.kind === 'check' ? step.passes : step.kind === 'wait' ? step.until : step.kind === 'task' && step.done
  if (!rule) return undefined
  const needs = ('needs' in step && step.needs) || []
  if (needs.some((name) => !view.readings[name])) return undefined
  const finding = rule(view)
  const failed = needs.some((name) => view.readings[name]?.state === 'error')
  return finding.result === 'unknown' && failed ? { ...finding, result: 'error' } : finding
}

function outcomeOf(step: Step, state: StepState, finding?: Finding): Outcome | undefined {
  if (step.kind !== 'check') return state.ended?.outcome
  if (finding?.result === 'pass') return 'passed'
  return finding?.result === 'fail' ? undefined : state.ended?.outcome
}

function limitOf(step: Step, state: StepState, view: View): number | undefined {
  if (!step.within || state.openedAt === undefined) return undefined
  return typeof step.within === 'function' ? step.within(view) : state.openedAt + durationMs(step.within)
}

function timing(base: Plan, state: CaseState, now: number): Pick<Plan, 'lookUp' | 'due' | 'wakeAt'> {
  const due: NewEvent[] = []
  const times: number[] = []
  const when = (at: number, event: NewEvent) => (at <= now ? due.push(event) : times.push(at))

  for (const planned of base.steps) {
    const settled = settle(planned)
    due.push(...settled)
    if (planned.status === 'ended' || planned.status === 'blocked' || settled.length) continue
    if (planned.dueAt !== undefined && planned.dueAt > now) times.push(planned.dueAt)
    const alarm = nextAlarm(planned, now)
    if (alarm) when(alarm.at, alarm.event)
  }
  if (base.question && (state.nudgedAt === undefined || state.nudgedAt < state.touchedAt)) {
    when(state.touchedAt + intakeNudge, { type: 'nudged', data: { question: base.question.question.id } })
  }
  if (base.question && Object.keys(state.steps).length === 0) {
    when(state.touchedAt + intakeExpiry, { type: 'closed', data: { outcome: 'expired' } })
  }
  const expired = due.filter((event) => event.type === 'closed')
  const lookUp = nextLookUp(base, state, now)
  if (lookUp) times.push(lookUp.at)
  if (due.length) times.push(now)
  return {
    due: expired.length ? expired : due,
    ...(lookUp && { lookUp }),
    ...(times.length && { wakeAt: Math.min(...times) }),
  }
}

/** The next reminder or escalation of an open step; an escalation takes the place of a reminder due with it. */
function nextAlarm({ step, state, dueAt }: PlannedStep, now: number): { at: number; event: NewEvent } | undefined {
  if (state.openedAt === undefined) return undefined
  const data = { step: step.id }
  const atLimit = step.atLimit ?? 'remind'
  const escalation =
    dueAt !== undefined && atLimit === 'escalate' && state.escalatedAt === undefined
      ? { at: dueAt, event: { type: 'escalated' as const, data } }
      : undefined
  const since = state.remindedAt ?? state.openedAt
  const atTheLimit = dueAt !== undefined && atLimit === 'remind' && since < dueAt ? dueAt : undefined
  const reminderAt = nextReminder(step.remind, state.openedAt, since) ?? atTheLimit
  const reminder = reminderAt === undefined ? undefined : { at: reminderAt, event: { type: 'reminded' as const, data } }
  if (!escalation || !reminder) return escalation ?? reminder
  return escalation.at <= Math.max(reminder.at, now) ? escalation : reminder
}

/** `since` is the last reminder, or when the step opened. */
function nextReminder(remind: Step['remind'], openedAt: number, since: number): number | undefined {
  if (typeof remind === 'string') return since + durationMs(remind)
  return remind?.map((after) => openedAt + durationMs(after)).find((at) => at > since)
}

function nextLookUp(base: Plan, state: CaseState, now: number): Plan['lookUp'] {
  const names = new Set<FactName>()
  let at = Number.POSITIVE_INFINITY
  const want = (needs: readonly FactName[], next: number) => {
    for (const name of needs) names.add(name)
    at = Math.min(at, needs.some((name) => !state.readings[name]) ? now : next)
  }
  const since = state.lookedUpAt ?? now
  for (const { question, status, problem } of base.questions) {
    if (!question.needs?.length || state.answers[question.id] === undefined) {
      if (status === 'waiting' && question.needs) want(question.needs, now)
      continue
    }
    const unsure = problem !== undefined && question.needs.some((name) => state.readings[name]?.state === 'error')
    if (status === 'waiting' || unsure) want(question.needs, since + pollInterval('poll', since - state.touchedAt))
  }
  for (const { step, status, state: own } of base.steps) {
    if (!('needs' in step) || !step.needs?.length) continue
    if (status === 'checking') want(step.needs, now)
    else if (status === 'open') {
      const next = step.every
        ? since + pollInterval(step.every, since - (own.openedAt ?? since))
        : Number.POSITIVE_INFINITY
      want(step.needs, next)
    }
  }
  return names.size && Number.isFinite(at) ? { names: [...names], at } : undefined
}
