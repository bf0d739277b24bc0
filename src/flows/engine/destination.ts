import type { FactName } from '../../meta/facts.ts'
import type { CaseState } from './fold.ts'
import type { Flow } from './types.ts'

/** The question whose answer is the 360dialog id of the partner that a case goes to. */
export const destinationQuestion = 'destination-partner'

/** What that partner's own Hub tells: asked once it was named, and forgotten when another one is named. */
export const destinationFacts: readonly FactName[] = ['newPartner', 'newNumbers', 'newPermission']

/** Our id of the destination partner, once it takes part in the case: nothing of the case is for it before. */
export function destinationIn(flow: Flow, state: CaseState): string | undefined {
  const gate = flow.destinationAfter
  if (gate === undefined) return state.destination
  const own = state.steps[gate]
  return own?.ended !== undefined || own?.finding?.result === 'pass' ? state.destination : undefined
}
