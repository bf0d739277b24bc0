import type { DeskConfig } from '../config.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Finder } from '../meta/find.ts'
import type { Whereabouts } from './whereabouts.ts'

/**
 * What a case may look at of what people said: a partner that names another partner's account learns nothing about it.
 * The token that reads Meta is the desk's, so Meta would answer. A portfolio id cannot be told apart, so only the desk's
 * word counts for it; that of an account's owner is read with the account.
 */
export async function ownWhereabouts(
  { finder, config }: { finder: Finder; config: DeskConfig },
  state: CaseState,
  partner: string,
  said: Whereabouts,
): Promise<Whereabouts> {
  if (state.openedBy.role !== 'partner') return said
  const others = config.partners.map(({ id }) => id).filter((id) => id !== partner)
  const isOthers = async (waba: string | undefined) => {
    if (waba === undefined) return false
    const found = await finder.find(waba, others)
    // Where it cannot be found out, nothing is looked at: this is tried again at the next look-up.
    return found.kind !== 'none'
  }
  const { business: _, sourceWaba, destinationWaba, ...rest } = said
  return {
    ...rest,
    ...(sourceWaba !== undefined && !(await isOthers(sourceWaba)) && { sourceWaba }),
    ...(destinationWaba !== undefined && !(await isOthers(destinationWaba)) && { destinationWaba }),
  }
}
