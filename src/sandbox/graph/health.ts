import type { AccountRow, NumberRow, TemplateRow } from '../world/rows.ts'
import { isUnpaid } from '../world/sending.ts'
import { ownApp } from '../world/sides.ts'
import { accountOfTemplate } from '../world/template-life.ts'
import type { World } from '../world/world.ts'

type Can = 'AVAILABLE' | 'LIMITED' | 'BLOCKED'

interface Entity {
  entity_type: 'PHONE_NUMBER' | 'MESSAGE_TEMPLATE' | 'WABA' | 'BUSINESS' | 'APP'
  id: string
  can_send_message: Can
  additional_info?: string[]
  errors?: { error_code: number; error_description: string; possible_solution: string }[]
}

/** States in which a number cannot send at all, and why; in every other one but `CONNECTED` it can send with limits. */
const silent: Record<string, { code: number; text: string; solution: string }> = {
  PENDING: { code: 133010, text: 'The number is not registered.', solution: 'Register the number.' },
  UNVERIFIED: { code: 133006, text: 'The number is not verified.', solution: 'Request and verify a code.' },
  DISCONNECTED: { code: 133010, text: 'The number is not registered.', solution: 'Register the number again.' },
  DELETED: { code: 133010, text: 'The number was deleted.', solution: 'Add the number again.' },
  MIGRATED: { code: 133010, text: 'The number is MIGRATED.', solution: 'Ask who serves the number now.' },
  BANNED: { code: 131031, text: 'The account is locked.', solution: 'Ask Meta for a review.' },
}

/** `health_status` of a number (number, WABA, business, app) or of a WABA (WABA, business, app); meta.md 1. */
export function health(world: World, account: AccountRow, number?: NumberRow) {
  return overall([...(number ? [numberHealth(number)] : []), ...around(world, account)])
}

/** `health_status` of a template: template, WABA, business, app. */
export function templateHealth(world: World, template: TemplateRow) {
  const account = world.accounts.get(accountOfTemplate(world, template))
  const entity = { entity_type: 'MESSAGE_TEMPLATE', id: template.external_id } as const
  const own: Entity =
    template.status === 'APPROVED'
      ? { ...entity, can_send_message: 'AVAILABLE' }
      : blocked(entity, 141002, `The template is ${template.status}.`, 'Wait for its approval, or correct it.')
  return overall([own, ...(account ? around(world, account) : [])])
}

const around = (world: World, account: AccountRow): Entity[] => [
  accountHealth(world, account),
  businessHealth(world, account),
  { entity_type: 'APP', id: ownApp.id, can_send_message: 'AVAILABLE' },
]

/** The worst entity decides. */
function overall(entities: Entity[]) {
  const all = entities.map(({ can_send_message }) => can_send_message)
  const worst: Can = all.includes('BLOCKED') ? 'BLOCKED' : all.includes('LIMITED') ? 'LIMITED' : 'AVAILABLE'
  return { can_send_message: worst, entities }
}

function numberHealth({ id, status, name_status }: NumberRow): Entity {
  const entity = { entity_type: 'PHONE_NUMBER', id } as const
  const reason = silent[status]
  if (reason) return blocked(entity, reason.code, reason.text, reason.solution)
  if (name_status === 'DECLINED') {
    return blocked(entity, 131037, 'The display name is not approved.', 'Ask for another display name.')
  }
  if (status === 'CONNECTED') return { ...entity, can_send_message: 'AVAILABLE' }
  return limited(entity, `The number is ${status}.`)
}

function accountHealth(world: World, account: AccountRow): Entity {
  const entity = { entity_type: 'WABA', id: account.id } as const
  const status = world.wabas.values().find(({ external_id }) => external_id === account.id)?.status
  if (status === 'account_banned') return blocked(entity, 131031, 'The account is disabled.', 'Ask Meta for a review.')
  if (isUnpaid(world, account.id)) {
    return blocked(entity, 141006, 'There is a problem with the payment method.', 'Add funds or a payment method.')
  }
  return status && status !== 'approved'
    ? limited(entity, `The account is ${status}.`)
    : { ...entity, can_send_message: 'AVAILABLE' }
}

function businessHealth(world: World, account: AccountRow): Entity {
  const entity = { entity_type: 'BUSINESS', id: account.business_id } as const
  const status = world.businesses.get(account.business_id)?.verification_status
  if (status === 'verified') return { ...entity, can_send_message: 'AVAILABLE' }
  if (status === 'revoked') {
    return blocked(entity, 141000, 'The verification of the business was revoked.', 'Verify the business again.')
  }
  return limited(entity, 'The business is not verified.')
}

type Named = Pick<Entity, 'entity_type' | 'id'>

const limited = (entity: Named, text: string): Entity => ({
  ...entity,
  can_send_message: 'LIMITED',
  additional_info: [text],
})

const blocked = (entity: Named, error_code: number, error_description: string, possible_solution: string): Entity => ({
  ...entity,
  can_send_message: 'BLOCKED',
  errors: [{ error_code, error_description, possible_solution }],
})
