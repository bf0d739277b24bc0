import type { Act, Refusal } from './act.ts'
import { readAnswer } from './answer.ts'
import { dependents } from './depends.ts'
import { destinationIn, destinationQuestion } from './destination.ts'
import type { By, NewEvent } from './events.ts'
import type { CaseState, StepState } from './fold.ts'
import { decideItem } from './own-items.ts'
import { type Plan, type PlannedStep, plan } from './plan.ts'
import { allows, rolesFor } from './rights.ts'
import type { Flow } from './types.ts'

/** What comes of an act: events to write, or why not. `lookUp` asks the platforms again although nothing is written. */
export type Verdict = { ok: true; events: NewEvent[]; lookUp?: boolean } | { ok: false; why: Refusal }

const refuse = (code: Refusal['code'], params: Refusal['params'] = {}): Verdict => ({
  ok: false,
  why: { code, params },
})
const write = (...events: NewEvent[]): Verdict => ({ ok: true, events })

/** Judges an act of a person. Pure; the desk writes what it says. `by.role` is the person's role in this very case. */
export function decide(flow: Flow, state: CaseState, by: By, act: Act, now: number): Verdict {
  if (state.closed) return refuse('case-closed', { outcome: state.closed.outcome, at: state.closed.at })
  if (by.role === 'destination-partner' && act.do === 'cancel')
    return refuse('not-your-role', { roles: 'partner support' })
  const current = plan(flow, state, now)
  switch (act.do) {
    case 'answer':
    case 'skip-question':
      return answer(flow, state, current, by, act, now)
    case 're-check':
      return { ok: true, events: [], lookUp: true }
    case 'take':
      if (!allows(['support'], by.role)) return refuse('not-your-role', { roles: 'support' })
      return state.assignee?.id === by.id ? write() : write({ type: 'assigned', data: { to: by } })
    case 'say':
      return say(flow, state, by, act)
    case 'add-item':
    case 'tick-item':
    case 'untick-item':
    case 'remove-item':
      return decideItem(state, by, act)
    case 'cancel':
      return write({ type: 'closed', data: { outcome: 'cancelled', ...(act.reason && { reason: act.reason }) } })
    default:
      return onStep(current, by, act)
  }
}

/** Only the desk has two partners to speak to, and may keep words to itself. */
function say(flow: Flow, state: CaseState, by: By, act: Extract<Act, { do: 'say' }>): Verdict {
  const { text, from } = act
  const desk = allows(['support'], by.role)
  const to = desk ? act.to : undefined
  if (to && destinationIn(flow, state) === undefined) return refuse('no-destination')
  return write({ type: 'said', data: { text, internal: act.internal && desk, ...(to && { to }), from } })
}

function answer(
  flow: Flow,
  state: CaseState,
  current: Plan,
  by: By,
  act: Extract<Act, { do: 'answer' | 'skip-question' }>,
  now: number,
): Verdict {
  const planned = current.questions.find(({ question }) => question.id === act.question)
  const roles = planned?.question.by ?? (['partner', 'support'] as const)
  if (!allows(roles, by.role)) return refuse('not-your-role', { roles: roles.join(' ') })
  if (!planned) return refuse('not-open', { question: act.question })
  if (planned.status === 'known') return refuse('known-by-platform', { question: act.question })
  if (act.do === 'skip-question' && !planned.question.skippable)
    return refuse('cannot-skip', { question: act.question })
  const read = act.do === 'skip-question' ? undefined : readAnswer(planned.question, act.value, current.view)
  if (read && !read.ok) return refuse('bad-answer', { question: act.question, problem: read.problem })
  const value = read?.ok ? read.answer : null
  const before = state.answers[act.question]
  const same = before !== undefined && JSON.stringify(before.value) === JSON.stringify(value)
  if (same) return planned.problem ? { ok: true, events: [], lookUp: true } : write()
  const reopens = before ? dependents(flow, state, act.question, now) : undefined
  const running = reopens?.steps.find((id) => state.steps[id]?.action?.status === 'started')
  if (running) return refuse('already-decided', startedBy(running, state.steps[running]))
  const forgets = before || value !== null ? planned.question.finds : undefined
  const answered: NewEvent = {
    type: 'answered',
    data: { question: act.question, value, ...(reopens && { reopens }), ...(forgets && { forgets: [...forgets] }) },
  }
  // Who the destination partner is to us is found out by a look-up.
  return { ok: true, events: [answered], ...(act.question === destinationQuestion && { lookUp: true }) }
}

type StepAct = Extract<Act, { step: string }>

function onStep(current: Plan, by: By, act: StepAct): Verdict {
  const planned = current.steps.find(({ step }) => step.id === act.step)
  if (!planned) return refuse('not-open', { step: act.step })
  const roles = rolesFor(planned.step, planned.owner)
  if (!allows(roles, by.role)) return refuse('not-your-role', { step: act.step, roles: roles.join(' ') })
  if (act.do === 'untick') return untick(planned)
  if (planned.status === 'ended') return decided(planned)
  if (planned.status === 'blocked') return refuse('not-open', { step: act.step })
  const step = act.step
  const { kind } = planned.step
  if (act.do === 'tick' && kind === 'task') return write({ type: 'ticked', data: { step } })
  if (act.do === 'attest' && kind === 'wait') return write({ type: 'arrived', data: { step } })
  if (act.do === 'attest' && kind === 'check') return attest(planned)
  if (act.do === 'attest' && planned.state.action?.status === 'unclear')
    return write({ type: 'attested', data: { step } })
  if (act.do === 'skip') return skip(planned, act.reason)
  if (act.do === 'approve' && kind === 'approval')
    return write({ type: 'decided', data: { step, decision: 'approved' } })
  if (act.do === 'decline' && kind === 'approval') return decline(planned, act.reason)
  if (act.do === 'start' && kind === 'action') return start(planned)
  return refuse('not-open', { step })
}

function decided({ step, state, outcome }: PlannedStep): Verdict {
  const { ended } = state
  return refuse('already-decided', {
    step: step.id,
    outcome: outcome ?? 'done',
    by: ended?.by.name ?? 'Portdesk',
    ...(ended && { at: ended.at }),
  })
}

function untick({ step, state, finding }: PlannedStep): Verdict {
  if (step.kind === 'task' && finding?.result === 'pass') return refuse('known-by-platform', { step: step.id })
  const undoable = step.kind === 'task' && (state.ended?.outcome === 'done' || state.ended?.outcome === 'skipped')
  return undoable ? write({ type: 'unticked', data: { step: step.id } }) : refuse('not-open', { step: step.id })
}

function attest({ step, finding }: PlannedStep): Verdict {
  if (!finding || finding.result === 'fail') return refuse('cannot-attest', { step: step.id })
  return write({ type: 'attested', data: { step: step.id } })
}

function skip({ step }: PlannedStep, reason: string): Verdict {
  if (step.kind !== 'task' || !step.skippable) return refuse('cannot-skip', { step: step.id })
  if (!reason.trim()) return refuse('reason-needed', { step: step.id })
  return write({ type: 'skipped', data: { step: step.id, reason: reason.trim() } })
}

function decline({ step }: PlannedStep, given: string): Verdict {
  const reason = given.trim()
  if (!reason) return refuse('reason-needed', { step: step.id })
  const decision: NewEvent = { type: 'decided', data: { step: step.id, decision: 'declined', reason } }
  if (step.kind === 'approval' && step.declined === 'go-on') return write(decision)
  return write(decision, { type: 'closed', data: { outcome: 'declined', reason } })
}

function start({ step, state, status }: PlannedStep): Verdict {
  if (status === 'running') return refuse('already-decided', startedBy(step.id, state))
  return write({ type: 'action-started', data: { step: step.id, attempt: (state.action?.attempt ?? 0) + 1 } })
}

const startedBy = (step: string, state: StepState | undefined) => ({
  step,
  outcome: 'started',
  by: state?.action?.by.name ?? '',
  ...(state?.action && { at: state.action.at }),
})
