import type { Ground } from '../ground.ts'
import { activeFrom, windowIsOpen } from './credit-window.ts'
import { metaId } from './ids.ts'
import type { Refusal } from './refusals.ts'
import type { AccountRow } from './rows.ts'
import type { AllocationRow, CreditRow } from './rows-meta.ts'
import { accountSide, changeAccountSide, systemUser } from './sides.ts'
import type { World } from './world.ts'

/** Currencies of credit lines (meta.md 3.7). */
export const creditCurrencies = ['AUD', 'EUR', 'GBP', 'IDR', 'INR', 'USD']

const bad = (message: string, more: Partial<Refusal> = {}): Refusal => ({
  status: 400,
  code: 100,
  message: `(#100) ${message}`,
  ...more,
})

const noRight = (message: string): Refusal => ({ status: 403, code: 200, message: `(#200) ${message}` })

/** Meta does not document the answer in the blocked days: this subcode is the sandbox's own. */
export const blockedDays = bad('The credit line cannot be shared on this day of the month', {
  subcode: 9990001,
  title: 'Not on this day',
  text: 'A credit line cannot be shared in the last 3 and the first 4 days of a month.',
})

/** Why the line may not be shared with that WABA, if it may not. */
export function creditRefusal(
  ground: Ground,
  world: World,
  { credit, account, currency }: { credit: CreditRow; account: AccountRow; currency: string },
): Refusal | undefined {
  const { shared_with, users } = accountSide(world, account.id)
  if (!shared_with.includes(credit.business_id)) return noRight('The account is not shared with your business')
  if (!users.some(({ id }) => id === systemUser.id)) return noRight('The system user is not assigned to the account')
  if (!creditCurrencies.includes(currency)) return bad(`waba_currency must be one of ${creditCurrencies.join(', ')}`)
  if (account.currency !== currency) return bad(`waba_currency must be ${account.currency}, the account's currency`)
  if (credit.currency !== currency) return bad(`the credit line is in ${credit.currency}`)
  return waits(world, account) && !windowIsOpen(ground.clock.now()) ? blockedDays : undefined
}

/** A WABA that was paid for by somebody else gets the new line on the 1st of the next month only. */
const waits = (world: World, account: AccountRow) =>
  accountSide(world, account.id).switched || account.primary_funding_id !== undefined

/** Shares and attaches a line; the WABA's funding changes at once, or on the 1st of the next month. */
export function shareCredit(ground: Ground, world: World, credit: CreditRow, account: AccountRow): AllocationRow {
  const row = allocate(world, credit, account.business_id)
  return attach(ground, world, row, account)
}

/** A share of the line for a business, not attached yet. */
export function allocate(world: World, credit: CreditRow, business: string): AllocationRow {
  const row: AllocationRow = {
    id: metaId(),
    credit_id: credit.id,
    waba_id: null,
    receiving_business: { id: business, name: world.businesses.get(business)?.name ?? '' },
    receiving_credential: { id: metaId() },
    owning_business: { id: credit.business_id, name: credit.legal_entity_name },
    request_status: 'ACTIVE',
    send_bill_to: 'Agency',
    liability_type: 'Normal',
    partition_type: 'FIXED_WITHOUT_PARTITION',
  }
  world.allocations.set(row.id, row)
  return row
}

export function attach(ground: Ground, world: World, row: AllocationRow, account: AccountRow): AllocationRow {
  const attached = { ...row, waba_id: account.id }
  world.allocations.set(row.id, attached)
  const now = ground.clock.now()
  if (waits(world, account)) world.agenda.at(activeFrom(now), 'credit-active', row.id)
  else fund(world, attached)
  ground.changed()
  return attached
}

/** The line pays from now on, and messages can be sent. */
export function fund(world: World, { waba_id, receiving_credential }: AllocationRow): void {
  const account = world.accounts.get(waba_id ?? '')
  if (!account) return
  world.accounts.set(account.id, { ...account, primary_funding_id: receiving_credential.id })
  changeAccountSide(world, account.id, { stop: null, switched: false })
}

/** Takes the line away from a business: none of its WABAs that it paid for can send (meta.md 3.7). */
export function revokeCredit(ground: Ground, world: World, row: AllocationRow): void {
  for (const one of world.allocations.values()) {
    if (one.credit_id !== row.credit_id || one.receiving_business.id !== row.receiving_business.id) continue
    world.allocations.set(one.id, { ...one, request_status: 'DELETED' })
    const account = world.accounts.get(one.waba_id ?? '')
    if (account?.primary_funding_id !== one.receiving_credential.id) continue
    const { primary_funding_id: _, ...rest } = account
    world.accounts.set(account.id, rest as AccountRow)
    changeAccountSide(world, account.id, { stop: 'payment' })
  }
  ground.changed()
}

/** What the agenda does to credit lines. */
export function creditActs(world: World) {
  return {
    'credit-active': (id: string) => {
      const row = world.allocations.get(id)
      if (row?.request_status === 'ACTIVE') fund(world, row)
    },
  }
}
