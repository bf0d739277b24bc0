import type { CaseState } from '../../flows/engine/fold.ts'
import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { graphOf, wabaOf } from './waba-of.ts'

/**
 * Tags the WABA for another solution, or to leave its solution with the app that was named; its owner gets a request
 * (procedures.md ms-s1, aw-s1). Tagging it again for the same changes nothing.
 */
export const tagWaba = (platforms: Platforms): ActionCall => ({
  async run(state) {
    const { intents } = graphOf(platforms)
    const waba = wabaOf(state)
    const app = state.answers['where-to']?.value === 'own-app' ? text(state, 'app') : undefined
    if (app !== undefined) return { intent: await intents.offSolution(waba, app), tagged_for: 'own-app' }
    const solution = text(state, 'destination-solution')
    return { intent: await intents.toSolution(waba, solution), tagged_for: solution }
  },
})

const text = ({ answers }: CaseState, question: string): string => String(answers[question]?.value ?? '')
