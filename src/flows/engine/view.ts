import type { Facts, Readings } from '../../meta/facts.ts'
import type { CaseState, StepState } from './fold.ts'
import type { Answer, Finding, Flow, Outcome, Step, View } from './types.ts'

/** The view of a case that a flow's rules look at; `answers` holds what platforms know and what people said. */
export function viewOf(flow: Flow, state: CaseState, now: number): View {
  const answers: Record<string, Answer | undefined> = {}
  const outcomes: Record<string, Outcome | undefined> = {}
  const endedAt: Record<string, number | undefined> = {}
  const answeredAt: Record<string, number | undefined> = {}
  const late: Record<string, boolean> = {}
  const evidence: Record<string, Finding['evidence']> = {}
  for (const step of flow.steps) {
    const own = state.steps[step.id]
    outcomes[step.id] = outcomeOf(step, own)
    endedAt[step.id] = outcomes[step.id] && (own?.ended?.at ?? own?.finding?.at)
    late[step.id] = own?.escalatedAt !== undefined
    evidence[step.id] = own?.ended?.evidence ?? own?.finding?.evidence
  }
  const view: View = {
    answers,
    facts: knownFacts(state.readings),
    readings: state.readings,
    outcomes,
    endedAt,
    answeredAt,
    late,
    evidence,
    partners: state.partners ?? [],
    payment: state.payment,
    enabled: state.enabled ?? [],
    busy: state.busy,
    now,
  }
  for (const question of flow.questions) {
    answeredAt[question.id] = state.answers[question.id]?.at
    answers[question.id] = question.known?.(view) ?? state.answers[question.id]?.value ?? undefined
  }
  return view
}

/** As the case remembers it: what the platforms said about a check outweighs what a person said. */
function outcomeOf(step: Step, state: StepState | undefined): Outcome | undefined {
  if (step.kind === 'check' && state?.finding?.result === 'pass') return 'passed'
  return state?.ended?.outcome
}

/** The facts that are known right now, without where they came from. */
export function knownFacts(readings: Readings): Partial<Facts> {
  const entries = Object.entries(readings).flatMap(([name, reading]) =>
    reading?.state === 'known' ? [[name, reading.value] as const] : [],
  )
  return Object.fromEntries(entries) as Partial<Facts>
}
