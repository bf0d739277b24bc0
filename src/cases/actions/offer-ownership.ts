import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { graphOf, wabaOf } from './waba-of.ts'

/**
 * Offers a partner-owned WABA to its client, with a solution to attach it to if one was named (procedures.md ot-s1). The
 * intent's node cannot be read; the evidence says which solution the offer is bound to.
 */
export const offerOwnership = (platforms: Platforms): ActionCall => ({
  async run(state) {
    const solution = state.answers['destination-solution']?.value
    const bound = typeof solution === 'string' ? solution : undefined
    const intent = await graphOf(platforms).intents.offerOwnership(wabaOf(state), bound)
    return { offer: intent, ...(bound !== undefined && { offered_with: bound }) }
  },
})
