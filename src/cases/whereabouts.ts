import { isDeepStrictEqual } from 'node:util'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Role } from '../flows/engine/types.ts'
import type { Subject } from '../meta/facts.ts'

/** Questions whose answers tell where to look, by what they are of the subject. */
const told = {
  destinationWaba: 'destination-waba',
  sourceWaba: 'source-waba',
  business: 'meta-business',
  email: 'email',
  website: 'website',
  solution: 'destination-solution',
  template: 'template',
} as const

export type Whereabouts = Pick<Subject, keyof typeof told | 'intent'>

/** What people said about where the platforms know more of a case's number. */
export function whereabouts(state: CaseState): Whereabouts {
  const said = Object.fromEntries(
    Object.entries(told).flatMap(([name, question]) => {
      const value = state.answers[question]?.value
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
  return { ...ofIntent(state), ...said }
}

/** Who said so, as the role that person has in the case; nobody where it was found out. */
export const saidBy = (state: CaseState, name: keyof typeof told): Role | undefined =>
  state.answers[told[name]]?.by.role

export const isPartners = (role: Role | undefined): boolean => role === 'partner' || role === 'destination-partner'

/** The newest wish to move a WABA into a solution, and the WABA that Meta made for it. */
function ofIntent({ steps, readings: { intent } }: CaseState): Whereabouts {
  const asked = Object.values(steps).flatMap(({ ended }) => (ended?.evidence?.intent === undefined ? [] : [ended]))
  const newest = asked.sort((a, b) => b.at - a.at)[0]?.evidence?.intent
  const into = intent?.state === 'known' && intent.value.id === newest ? intent.value.destinationWaba : undefined
  return {
    ...(newest !== undefined && { intent: String(newest) }),
    ...(into !== undefined && { destinationWaba: into }),
  }
}

/** Whose number it is said to be, which one, and where to look for it. */
const named = (state: CaseState) => ({
  ...whereabouts(state),
  partner: state.answers.partner?.value,
  number: state.answers.number?.value,
})

/** Somebody said something else in the meantime: what the platforms told is not all that they can tell. */
export const toldMore = (before: CaseState, now: CaseState): boolean => !isDeepStrictEqual(named(before), named(now))
