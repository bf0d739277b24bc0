import type { CaseState } from '../../flows/engine/fold.ts'
import type { Graph } from '../../meta/graph.ts'
import { PlatformError } from '../../meta/problem.ts'
import type { Platforms } from './index.ts'

/** Meta's id of the WABA that a case is about. Throws PlatformError when no platform told it. */
export function wabaOf({ readings: { account, waba } }: CaseState): string {
  const id =
    (account?.state === 'known' ? account.value.id : undefined) ??
    (waba?.state === 'known' ? waba.value.externalId : undefined)
  if (id === undefined) {
    throw new PlatformError({ kind: 'NotFound', asked: 'the WABA of the case', answered: 'its id is not known' })
  }
  return id
}

/** The WABA that the case's number moves to, where Meta made one for it; else the one that the case is about. */
export function newWabaOf(state: CaseState): string {
  const { intent } = state.readings
  const made = intent?.state === 'known' ? intent.value.destinationWaba : undefined
  return made ?? wabaOf(state)
}

/** Throws PlatformError when Portdesk has no token for Meta. */
export function graphOf({ graph }: Platforms): Graph {
  if (graph) return graph
  throw new PlatformError({ kind: 'NotAllowed', asked: 'Meta', answered: 'no token is set (GRAPH_TOKEN)' })
}
