import type { AccountRow, NumberRow } from '../world/rows.ts'
import type { World } from '../world/world.ts'

type Can = 'AVAILABLE' | 'LIMITED' | 'BLOCKED'

interface Entity {
  entity_type: 'PHONE_NUMBER' | 'WABA' | 'BUSINESS' | 'APP'
  id: string
  can_send_message: Can
  additional_info?: string[]
  errors?: { error_code: number; error_description: string; possible_solution: string }[]
}

/** States in which a number cannot send at all; in every other one but `CONNECTED` it can send with limits. */
const silent = ['PENDING', 'DELETED', 'MIGRATED', 'BANNED', 'DISCONNECTED', 'UNVERIFIED']

/** `health_status` of a number (number, WABA, business, app) or of a WABA (WABA, business, app); meta.md 1. */
export function health(world: World, account: AccountRow, number?: NumberRow) {
  const entities: Entity[] = [
    ...(number ? [numberHealth(number)] : []),
    accountHealth(world, account),
    businessHealth(world, account),
    { entity_type: 'APP', id: '440019283746551', can_send_message: 'AVAILABLE' },
  ]
  const all = entities.map(({ can_send_message }) => can_send_message)
  const worst: Can = all.includes('BLOCKED') ? 'BLOCKED' : all.includes('LIMITED') ? 'LIMITED' : 'AVAILABLE'
  return { can_send_message: worst, entities }
}

function numberHealth({ id, status }: NumberRow): Entity {
  const entity = { entity_type: 'PHONE_NUMBER', id } as const
  if (status === 'CONNECTED') return { ...entity, can_send_message: 'AVAILABLE' }
  const text = `The number is ${status}.`
  if (!silent.includes(status)) return { ...entity, can_send_message: 'LIMITED', additional_info: [text] }
  const solution = 'Register the number, or ask who serves it now.'
  return { ...entity, can_send_message: 'BLOCKED', errors: [error(141000, text, solution)] }
}

function accountHealth(world: World, account: AccountRow): Entity {
  const entity = { entity_type: 'WABA', id: account.id } as const
  const waba = world.wabas.values().find(({ external_id }) => external_id === account.id)
  const channels = world.channels.values().filter(({ waba_account_id }) => waba_account_id === waba?.id)
  if (channels.some(({ id }) => (world.asides.get(id)?.balance ?? 0) < 0)) {
    const text = 'There is a problem with the payment method.'
    return { ...entity, can_send_message: 'BLOCKED', errors: [error(141006, text, 'Add funds or a payment method.')] }
  }
  if (waba && waba.status !== 'approved') {
    return { ...entity, can_send_message: 'LIMITED', additional_info: [`The account is ${waba.status}.`] }
  }
  return { ...entity, can_send_message: 'AVAILABLE' }
}

function businessHealth(world: World, account: AccountRow): Entity {
  const entity = { entity_type: 'BUSINESS', id: account.business_id } as const
  const status = world.businesses.get(account.business_id)?.verification_status
  if (status === 'verified') return { ...entity, can_send_message: 'AVAILABLE' }
  return { ...entity, can_send_message: 'LIMITED', additional_info: ['The business is not verified.'] }
}

const error = (error_code: number, error_description: string, possible_solution: string) => ({
  error_code,
  error_description,
  possible_solution,
})
