import { PlatformError } from '../../meta/problem.ts'
import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { entryOf, movingOf } from './moving-number.ts'
import { graphOf } from './waba-of.ts'

/**
 * Has Meta send the six-digit code to the number (procedures.md nm-s8). The client types it at Meta: it never comes through
 * here.
 */
export const requestCode = (platforms: Platforms): ActionCall => ({
  async run(state) {
    const graph = graphOf(platforms)
    const moving = movingOf(state)
    const id = state.steps['begin-move']?.ended?.evidence?.phone_number_id ?? (await entryOf(graph, moving))?.id
    if (id === undefined) {
      throw new PlatformError({ kind: 'NotFound', asked: 'the number in its new account', answered: 'it is not there' })
    }
    const method = state.answers['code-way']?.value === 'VOICE' ? 'VOICE' : 'SMS'
    await graph.numbers.requestCode(String(id), { method, language: 'en_US' })
    return { code_sent_by: method }
  },
})
