import type { FactName } from '../meta/facts.ts'
import { ask } from './engine/define.ts'
import type { Question, View } from './engine/types.ts'

/**
 * Asks for the number a case is about. It has to be at 360dialog, and no other case may be changing it
 * (procedures.md 0.6); `needs` are the facts that the rest of the flow wants to know.
 */
export function askNumber(ref: string, needs: readonly FactName[]): Question {
  return ask.phone('number', { ref, needs: ['channel', ...needs], problem: numberProblem })
}

function numberProblem({ readings, busy }: View): string | undefined {
  if (busy !== undefined) return 'busy'
  const channel = readings.channel
  if (channel?.state === 'absent') return 'not-found'
  return channel?.state === 'known' ? undefined : untold(readings)
}

/** Why the Hub tells nothing of a number: it does not answer, or does not take the partner's API key. */
export function untold({ channel }: View['readings']): 'refused' | 'unreachable' {
  return channel?.state === 'error' && channel.problem.kind === 'NotAllowed' ? 'refused' : 'unreachable'
}
