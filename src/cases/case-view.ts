import type { CaseState } from '../flows/engine/fold.ts'
import { type Plan, plan } from '../flows/engine/plan.ts'
import type { Flow, Role } from '../flows/engine/types.ts'
import type { CaseRow } from './ledger.ts'
import { type Side, sideOf } from './side.ts'
import { planFor, stateFor } from './sight.ts'

/** A case as one person or room may see it. */
export interface CaseView {
  id: number
  flow: Flow
  state: CaseState
  plan: Plan
  role: Role
  side: Side
}

export function viewCase(flow: Flow, { id, state }: CaseRow, role: Role, now: number): CaseView {
  const side = sideOf(role)
  const whole = plan(flow, state, now)
  return { id, flow, state: stateFor(side, flow, state), plan: planFor(side, whole), role, side }
}
