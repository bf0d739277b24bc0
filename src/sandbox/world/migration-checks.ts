import { type Refusal, refusals } from './refusals.ts'
import type { AccountRow, NumberRow } from './rows.ts'
import { accountSide, numberSide, pinOf } from './sides.ts'
import type { World } from './world.ts'

/** A number that somebody serves: it can be migrated, and not added. */
export const isServed = ({ status, platform_type }: NumberRow) =>
  platform_type !== 'NOT_APPLICABLE' && !['PENDING', 'DELETED', 'MIGRATED'].includes(status)

/**
 * Why the number may not move to that WABA, in the order of meta.md 7. Meta's own order is not known.
 * `source` is the node that serves the number now, if there is one.
 */
export function migrationRefusal(
  world: World,
  destination: AccountRow,
  source: NumberRow | undefined,
): Refusal | undefined {
  if (source && numberSide(world, source.id).maintenance) return refusals.maintenance
  if (source && pinOf(world, source) !== null) return refusals.twoStepOn
  if (source?.waba_id === destination.id) return refusals.alreadyThere
  if (source && !hasName(source)) return refusals.noName
  const from = source && world.accounts.get(source.waba_id)
  return (
    (from && accountRefusal(world, from, 'source')) ??
    accountRefusal(world, destination, 'destination') ??
    (from && from.business_id !== destination.business_id ? refusals.otherBusiness : undefined) ??
    payRefusal(world, destination) ??
    (source ? oddNumber(source) : refusals.addDirectly)
  )
}

const hasName = ({ name_status, new_name_status }: NumberRow) =>
  name_status === 'APPROVED' && (new_name_status === undefined || new_name_status === 'NONE')

function accountRefusal(world: World, account: AccountRow, side: 'source' | 'destination'): Refusal | undefined {
  if (account.account_review_status !== 'APPROVED') {
    return side === 'source' ? refusals.sourceNotApproved : refusals.destinationNotApproved
  }
  if (account.ownership_type === 'ON_BEHALF_OF' && requestOf(account) !== 'APPROVED') {
    return side === 'source' ? refusals.sourceRequest : refusals.destinationRequest
  }
  const verification = world.businesses.get(account.business_id)?.verification_status
  return verification === 'verified' ? undefined : refusals.notVerifiedBusiness
}

/** How the client answered the request to let the partner message on its behalf. */
export function requestOf({ on_behalf_of_business_info: info }: AccountRow): unknown {
  return typeof info === 'object' && info !== null && 'status' in info ? info.status : undefined
}

function payRefusal(world: World, destination: AccountRow): Refusal | undefined {
  const { stop, apps } = accountSide(world, destination.id)
  if (stop === 'payment' || !destination.primary_funding_id) return refusals.noPayment
  return apps.length ? undefined : refusals.noWebhook
}

const oddNumber = ({ account_mode, is_on_biz_app }: NumberRow) =>
  account_mode === 'SANDBOX' || is_on_biz_app ? refusals.generic : undefined
