import { secret } from './ids.ts'
import { cloud, type Refusal } from './refusals.ts'
import type { NumberRow } from './rows.ts'
import { accountSide } from './sides.ts'
import type { World } from './world.ts'

/** Why the number cannot send now, if it cannot. */
export function sendRefusal(world: World, number: NumberRow): Refusal | undefined {
  if (['PENDING', 'DELETED', 'MIGRATED', 'DISCONNECTED', 'UNVERIFIED'].includes(number.status)) {
    return cloud(133010, 'Account not registered', 'The number is not registered on the platform.')
  }
  if (number.status === 'BANNED') return cloud(131031, 'Account has been locked', 'The account is disabled.', 403)
  if (number.name_status === 'DECLINED') return cloud(131037, 'Display name not approved', 'Choose another name.')
  return isUnpaid(world, number.waba_id) ? unpaid : undefined
}

const unpaid = cloud(
  131042,
  'Business eligibility payment issue',
  'There is a problem with the payment account, or a new credit line is not active yet.',
)

/** Nobody pays for the WABA: its payment is broken, a switch of partners runs, or a balance is below zero. */
export function isUnpaid(world: World, account: string): boolean {
  if (accountSide(world, account).stop) return true
  const wabas = world.wabas.values().filter(({ external_id }) => external_id === account)
  const channels = world.channels
    .values()
    .filter(({ waba_account_id }) => wabas.some(({ id }) => id === waba_account_id))
  return channels.some(({ id }) => (world.asides.get(id)?.balance ?? 0) < 0)
}

/** The customer's software sends a message. Meta reports how it went in a `messages` webhook (meta.md 5.5). */
export function send(world: World, number: NumberRow, to: string, now: number): Refusal | undefined {
  const refusal = sendRefusal(world, number)
  const id = `wamid.${secret()}`
  const timestamp = String(Math.floor(now / 1000))
  const title = refusal?.message.replace(/^\(#\d+\) /, '')
  const errors = refusal && [{ code: refusal.code, title, message: title, error_data: { details: refusal.details } }]
  world.webhooks.meta(number.waba_id, 'messages', {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: number.display_phone_number.replace(/\D/g, ''),
      phone_number_id: number.id,
    },
    statuses: [{ id, status: errors ? 'failed' : 'sent', timestamp, recipient_id: to, ...(errors && { errors }) }],
  })
  return refusal
}
