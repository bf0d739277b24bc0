import { spellingsOf } from '../../flows/brazil.ts'
import type { CaseState } from '../../flows/engine/fold.ts'
import type { PhoneNumber } from '../../meta/facts.ts'
import type { Graph } from '../../meta/graph.ts'
import { PlatformError } from '../../meta/problem.ts'

/** The number that a case moves, in the spelling that its WhatsApp profile shows, and the WABA that it moves to. */
export interface Moving {
  digits: string
  waba: string
}

/** Throws PlatformError when the case names neither, and Meta did not tell which WABA it made. */
export function movingOf({ answers, phone, readings: { intent } }: CaseState): Moving {
  const made = intent?.state === 'known' ? intent.value.destinationWaba : undefined
  const [digits, waba] = [answers.number?.value ?? phone, answers['destination-waba']?.value ?? made]
  if (typeof digits === 'string' && typeof waba === 'string') return { digits, waba }
  throw new PlatformError({ kind: 'NotFound', asked: 'the move of the case', answered: 'its account is not known' })
}

/** The number as an entry of the WABA that it moves to; undefined before the move has begun. */
export async function entryOf(graph: Graph, { digits, waba }: Moving): Promise<PhoneNumber | undefined> {
  const spellings = spellingsOf(digits)
  const wanted = spellings ? [spellings.with, spellings.without].map(bare) : [digits]
  return (await graph.numbers.ofWaba(waba)).find(({ displayPhoneNumber = '' }) =>
    wanted.includes(bare(displayPhoneNumber)),
  )
}

const bare = (shown: string) => shown.replace(/\D/g, '')
