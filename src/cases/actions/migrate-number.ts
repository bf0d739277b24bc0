import { callingCodeOf } from '../../flows/calling-codes.ts'
import type { CaseState } from '../../flows/engine/fold.ts'
import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { entryOf, movingOf } from './moving-number.ts'
import { graphOf } from './waba-of.ts'

/**
 * Begins to move a number into its new WABA (procedures.md 1, direct Meta route). The source serves it until it is
 * registered there.
 */
export const migrateNumber = (platforms: Platforms): ActionCall => ({
  async run(state) {
    const { digits, waba } = movingOf(state)
    const cc = callingCodeOf(digits) ?? ''
    const parts = { cc, phoneNumber: digits.slice(cc.length), ...namesOf(state) }
    const id = await graphOf(platforms).numbers.migrate(waba, parts)
    return { phone_number_id: id }
  },
  async happened(state) {
    return (await entryOf(graphOf(platforms), movingOf(state))) !== undefined
  },
})

/** A number that leaves the solutions has to bring its names (platform/meta.md 3.4). */
function namesOf({ answers, readings: { phone } }: CaseState) {
  if (answers['where-to']?.value !== 'own-app' || phone?.state !== 'known') return {}
  const { verifiedName, displayPhoneNumber } = phone.value
  return {
    ...(verifiedName !== undefined && { verifiedName }),
    ...(displayPhoneNumber !== undefined && { displayPhoneNumber }),
  }
}
