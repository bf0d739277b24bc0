import type { DeskConfig } from '../config.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Finder } from '../meta/find.ts'
import { isPartners, saidBy, type Whereabouts } from './whereabouts.ts'

/**
 * What a case may look at of what people said, whoever opened it: a partner that names another partner's account learns nothing about it.
 * The token that reads Meta is the desk's, so Meta would answer. A portfolio id cannot be told apart, so only the desk's
 * word counts for it; that of an account's owner is read with the account.
 */
export async function ownWhereabouts(
  { finder, config }: { finder: Finder; config: DeskConfig },
  state: CaseState,
  partner: string,
  said: Whereabouts,
): Promise<Whereabouts> {
  const byPartner = (name: 'business' | 'sourceWaba' | 'destinationWaba') => isPartners(saidBy(state, name))
  const others = config.partners.map(({ id }) => id).filter((id) => id !== partner)
  const isTheirs = async (name: 'sourceWaba' | 'destinationWaba') => {
    const waba = said[name]
    if (waba === undefined || !byPartner(name)) return true
    const found = await finder.find(waba, others)
    // Where it cannot be found out, nothing is looked at: this is tried again at the next look-up.
    return found.kind === 'none'
  }
  const { business, sourceWaba, destinationWaba, ...rest } = said
  return {
    ...rest,
    ...(business !== undefined && !byPartner('business') && { business }),
    ...(sourceWaba !== undefined && (await isTheirs('sourceWaba')) && { sourceWaba }),
    ...(destinationWaba !== undefined && (await isTheirs('destinationWaba')) && { destinationWaba }),
  }
}
