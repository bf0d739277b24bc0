import { openIntent } from './intents.ts'
import { changeButtons, clientButtons, importButtons } from './levers-of-client.ts'
import { requestOf } from './migration-checks.ts'
import type { AccountRow, NumberRow } from './rows.ts'
import { accountSide, numberSide } from './sides.ts'
import { templatesOfAccount } from './template-life.ts'
import type { World } from './world.ts'

/** A button on the page: what it says, and what it posts to `/api/world`. */
export interface LeverButton {
  label: string
  body: Record<string, unknown>
}

/** The key under which a number of the page carries the levers that depend on more than the number shows. */
export const moreLevers = Symbol('more levers')

export interface MoreLevers {
  [moreLevers]: () => MoreButtons
}

export interface MoreButtons {
  /** Somebody waits for them: they stand before all others. */
  first: LeverButton[]
  rest: LeverButton[]
}

export interface Around {
  phone: string
  account: AccountRow
  number: NumberRow | undefined
  /** 360dialog's id of the client, if it is one. */
  client: string | undefined
}

/** The levers of what a number belongs to: its WABA, its business, its client, its templates. */
export const moreButtons = (world: World, around: Around): MoreButtons => ({
  first: [
    ...requestButtons(world, around.account),
    ...(around.client ? changeButtons(world, around.client) : []),
    ...(around.number ? nameButtons(around.phone, around.number) : []),
    ...importButtons(world, around),
  ],
  rest: [
    ...(around.number ? numberButtons(world, around.phone, around.number) : []),
    ...sharingButtons(world, around.account),
    ...accountButtons(world, around.account),
    ...templateButtons(world, around.account),
    ...(around.client ? clientButtons(world, around.client) : []),
  ],
})

function nameButtons(phone: string, { name_status, new_name_status }: NumberRow): LeverButton[] {
  if (new_name_status !== 'PENDING_REVIEW' && name_status !== 'PENDING_REVIEW') return []
  return [
    { label: 'Approve display name', body: { name: { phone, decision: 'APPROVED' } } },
    { label: 'Reject display name', body: { name: { phone, decision: 'REJECTED' } } },
  ]
}

function numberButtons(world: World, phone: string, number: NumberRow): LeverButton[] {
  const on = !numberSide(world, number.id).maintenance
  return [
    { label: 'Send a message', body: { sent: { phone } } },
    { label: on ? 'Begin maintenance' : 'End maintenance', body: { maintenance: { phone, on } } },
    ...(number.status === 'DELETED' ? [] : [{ label: 'Delete number at Meta', body: { deleted: { phone } } }]),
  ]
}

function requestButtons(world: World, account: AccountRow): LeverButton[] {
  const waba = account.id
  const onBehalf = account.ownership_type === 'ON_BEHALF_OF'
  const waiting = openIntent(world, waba)?.status === 'INITIATED'
  return [
    ...(waiting
      ? [
          { label: 'Accept request in Business Manager', body: { intent: { waba, accepted: true } } },
          { label: 'Reject request in Business Manager', body: { intent: { waba, accepted: false } } },
        ]
      : []),
    ...(onBehalf && requestOf(account) !== 'APPROVED'
      ? [{ label: 'Approve on-behalf-of request', body: { obo_request: { waba, accepted: true } } }]
      : []),
  ]
}

function sharingButtons(world: World, account: AccountRow): LeverButton[] {
  const waba = account.id
  const { stop, shared_with } = accountSide(world, waba)
  const others = world.partners.values().filter(({ business }) => !shared_with.includes(business))
  const shared = shared_with.length > 0
  return [
    ...(shared ? [{ label: 'Unshare WABA', body: { unshare: { waba } } }] : []),
    ...(stop === 'switch'
      ? others.map(({ id, brand_name }) => ({
          label: `Share WABA with ${brand_name}`,
          body: { reshare: { waba, partner: id } },
        }))
      : []),
    ...(stop === 'switch' && shared ? [{ label: 'Credit active now', body: { credit_attached: { waba } } }] : []),
    stop === 'payment'
      ? { label: 'Payment works again', body: { payment: { waba, ok: true } } }
      : { label: 'Payment problem', body: { payment: { waba, ok: false } } },
  ]
}

function accountButtons(world: World, account: AccountRow): LeverButton[] {
  const waba = account.id
  const verified = world.businesses.get(account.business_id)?.verification_status === 'verified'
  return [
    verified
      ? { label: 'Business verification revoked', body: { verified: { waba, status: 'revoked' } } }
      : { label: 'Verify business', body: { verified: { waba } } },
    account.status === 'ACTIVE'
      ? { label: 'Disable account', body: { account: { waba, state: 'DISABLED' } } }
      : { label: 'Reinstate account', body: { account: { waba, state: 'REINSTATED' } } },
    account.account_review_status === 'APPROVED'
      ? { label: 'Account review pending', body: { review: { waba, decision: 'PENDING' } } }
      : { label: 'Account review passed', body: { review: { waba, decision: 'APPROVED' } } },
  ]
}

function templateButtons(world: World, account: AccountRow): LeverButton[] {
  const waba = account.id
  const rows = templatesOfAccount(world, waba)
  const open = rows.find(({ status }) => status === 'SUBMITTED' || status === 'PENDING')
  const good = rows.find(({ status }) => status === 'APPROVED')
  const button = (word: string, name: string, change: object) => ({
    label: `${word} template ${name}`,
    body: { template: { waba, name, ...change } },
  })
  return [
    ...(open
      ? [
          button('Approve', open.name, { status: 'APPROVED' }),
          button('Reject', open.name, { status: 'REJECTED', reason: 'INVALID_FORMAT' }),
        ]
      : []),
    ...(good
      ? [button('Pause', good.name, { status: 'PAUSED' }), button('Quality red for', good.name, { quality: 'RED' })]
      : []),
  ]
}
