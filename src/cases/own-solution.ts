import type { DeskConfig } from '../config.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Readings } from '../meta/facts.ts'
import { isPartners, saidBy } from './whereabouts.ts'

/**
 * What a partner learns of a solution that it named itself: only of one that its own apps take part in, for the token that
 * reads Meta is the desk's. Another's is as absent as one that does not exist; where the partner's apps are not known,
 * nothing is told of any. What the desk named is told.
 */
export function ownSolution(
  { partners }: Pick<DeskConfig, 'partners'>,
  state: CaseState,
  partner: string,
  readings: Readings,
): Readings {
  const { solution } = readings
  if (!solution || !isPartners(saidBy(state, 'solution'))) return readings
  const { asOf } = solution
  const apps = partners.find(({ id }) => id === partner)?.metaApps
  if (!apps) return { ...readings, solution: { state: 'unknown', asOf, why: 'no-id' } }
  if (solution.state !== 'known' || solution.value.appIds?.some((id) => apps.includes(id))) return readings
  return { ...readings, solution: { state: 'absent', asOf, source: solution.source } }
}
