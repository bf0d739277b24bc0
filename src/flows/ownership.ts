import type { Facts } from '../meta/facts.ts'
import { ask, check, fail, pass } from './engine/define.ts'
import type { Answer, Question, Step } from './engine/types.ts'

/** Who owns the WABA, when the platforms tell (procedures.md 0.3, po-c1). Never the bare word "shared". */
export function ownershipOfFacts(facts: Partial<Facts>): 'client_owned' | 'obo' | undefined {
  const type = facts.account?.ownershipType
  if (type === 'CLIENT_OWNED' || type === 'SELF') return 'client_owned'
  if (type === 'ON_BEHALF_OF') return 'obo'
  const behalf = facts.waba?.onBehalfOf?.type
  if (behalf === undefined) return undefined
  return behalf === 'SELF' ? 'client_owned' : 'obo'
}

/** Asked only when neither platform tells. */
export const askOwnership: Question = ask.choice('ownership', ['client_owned', 'obo', 'unknown'], {
  ref: 'po-q-own',
  needs: ['waba', 'account'],
  known: ({ facts }): Answer | undefined => ownershipOfFacts(facts),
})

/** An unknown ownership stops the case until somebody finds out: the way to switch two-step off hangs on it. */
export const ownershipKnown: Step = check('ownership-known', {
  ref: 'po-c1',
  owner: 'support',
  needs: ['account', 'waba'],
  remind: 'PT24H',
  passes: ({ answers }) => {
    const { ownership } = answers
    return typeof ownership === 'string' && ownership !== 'unknown' ? pass({ ownership }) : fail()
  },
})
