import { randomInt } from 'node:crypto'
import { PlatformError } from '../../meta/problem.ts'
import { secretOf } from '../../meta/secret.ts'
import type { SettingCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { entryOf, movingOf } from './moving-number.ts'
import { graphOf } from './waba-of.ts'

/**
 * Registers a number in the WABA that it moves to: the switch-over (procedures.md 1, "Direct Meta route", and 12, "Today").
 * Meta sets a two-step PIN with that. Whoever started it has the PIN before, alone; the case keeps nothing of it.
 */
export const registerNumber = (platforms: Platforms): SettingCall => ({
  receiver: (state, { step }) => state.steps[step]?.action?.by,
  makeUp: () => secretOf(String(randomInt(1_000_000)).padStart(6, '0')),
  async runWith(state, pin) {
    const { numbers } = graphOf(platforms)
    const entry = await entryOf(graphOf(platforms), movingOf(state))
    if (entry === undefined) {
      const answered = 'the number is not in the new account'
      throw new PlatformError({ kind: 'NotFound', asked: 'the number of the case', answered })
    }
    await numbers.register(entry.id, { pin: pin.reveal() })
    return { phone_number_id: entry.id }
  },
  async happened(state) {
    return (await entryOf(graphOf(platforms), movingOf(state)))?.status === 'CONNECTED'
  },
})
