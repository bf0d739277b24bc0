import { destinationIn } from '../flows/engine/destination.ts'
import type { Expected, Flow } from '../flows/engine/types.ts'
import { viewOf } from '../flows/engine/view.ts'
import { caseLabel } from './label.ts'
import type { CaseRow } from './ledger.ts'

/** What an open case expects the platforms to tell. */
export interface ExpectedByCase extends Pick<Expected, 'kind' | 'until'> {
  /** As people say it: `PD-142`. */
  case: string
  /** Our ids of the partners that may read of it, beside the desk. */
  partners: readonly string[]
}

/** What a case makes less of a worry now. Pure. */
export function expectedBy(flow: Flow, { id, state }: Pick<CaseRow, 'id' | 'state'>, now: number): ExpectedByCase[] {
  const expected = flow.expects?.(viewOf(flow, state, now)) ?? []
  const taking = { partner: state.partner, 'destination-partner': destinationIn(flow, state) }
  return expected.map(({ for: sides = ['partner'], ...what }) => ({
    ...what,
    case: caseLabel(id),
    partners: sides.flatMap((side) => taking[side] ?? []),
  }))
}
