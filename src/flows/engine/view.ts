import type { Facts, Readings } from '../../meta/facts.ts'
import type { CaseState } from './fold.ts'
import type { Answer, Flow, Outcome, View } from './types.ts'

/** The view of a case that a flow's rules look at; `answers` holds what platforms know and what people said. */
export function viewOf(flow: Flow, state: CaseState, now: number): View {
  const answers: Record<string, Answer | undefined> = {}
  const outcomes: Record<string, Outcome | undefined> = {}
  for (const step of flow.steps) outcomes[step.id] = state.steps[step.id]?.ended?.outcome
  const view: View = {
    answers,
    facts: knownFacts(state.readings),
    readings: state.readings,
    outcomes,
    payment: state.payment,
    busy: state.busy,
    now,
  }
  for (const question of flow.questions) {
    answers[question.id] = question.known?.(view) ?? state.answers[question.id]?.value ?? undefined
  }
  return view
}

function knownFacts(readings: Readings): Partial<Facts> {
  const entries = Object.entries(readings).flatMap(([name, reading]) =>
    reading?.state === 'known' ? [[name, reading.value] as const] : [],
  )
  return Object.fromEntries(entries) as Partial<Facts>
}
