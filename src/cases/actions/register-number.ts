import { randomInt } from 'node:crypto'
import { PlatformError } from '../../meta/problem.ts'
import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { entryOf, movingOf } from './moving-number.ts'
import { graphOf } from './waba-of.ts'

/**
 * Registers a number in the WABA that it moves to: the switch-over (procedures.md 12, "Today"). Meta wants a two-step PIN for
 * that. Nobody ever learns the one that is made up here; an admin sets another one in WhatsApp Manager.
 */
export const registerNumber = (platforms: Platforms): ActionCall => ({
  async run(state) {
    const { numbers } = graphOf(platforms)
    const entry = await entryOf(graphOf(platforms), movingOf(state))
    if (entry === undefined) {
      const answered = 'the number is not in the new account'
      throw new PlatformError({ kind: 'NotFound', asked: 'the number of the case', answered })
    }
    await numbers.register(entry.id, { pin: String(randomInt(1_000_000)).padStart(6, '0') })
    return { phone_number_id: entry.id }
  },
  async happened(state) {
    return (await entryOf(graphOf(platforms), movingOf(state)))?.status === 'CONNECTED'
  },
})
