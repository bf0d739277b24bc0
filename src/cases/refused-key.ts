import type { Problem, Readings } from '../meta/facts.ts'

/** A partner whose API key its Hub does not take. */
export interface RefusedKey {
  /** Our id. */
  partner: string
  problem: Problem
}

/** Tells the desk; called each time, so whoever tells it keeps count. */
export type TellRefusedKey = (refused: RefusedKey) => Promise<void>

/** Whether the Hub does not even tell of the number: what else it refuses may be for want of a permission. */
export function refusedKey(partner: string | undefined, problem: Problem | undefined): RefusedKey | undefined {
  return partner !== undefined && problem?.kind === 'NotAllowed' ? { partner, problem } : undefined
}

export const channelProblem = ({ channel }: Readings): Problem | undefined =>
  channel?.state === 'error' ? channel.problem : undefined
