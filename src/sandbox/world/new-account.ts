import type { Ground } from '../ground.ts'
import { hubId, metaId } from './ids.ts'
import type { AccountRow, ClientRow, WabaRow } from './rows.ts'
import { changeAccountSide, ownApp, systemUser } from './sides.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

export interface NewAccount {
  /** Meta's business portfolio that owns it. */
  business: string
  name: string
  currency: string
  timezone: string
  country: string
  /** Business portfolios of the partners it is shared with. */
  shared: string[]
  solutions?: string[]
  /** 360dialog client that gets it, if it was made through 360dialog. */
  client?: string | undefined
}

/** A WABA is made in a portfolio now, owned by its client, ready for numbers. */
export function makeAccount(ground: Ground, world: World, given: NewAccount): AccountRow {
  const id = metaId()
  const namespace = `1212e9fb_${id.slice(0, 4)}_4bea_a6b2_${id.slice(-12)}`
  const owner = world.businesses.get(given.business)
  const row: AccountRow = {
    id,
    name: given.name,
    business_id: given.business,
    ownership_type: 'CLIENT_OWNED',
    owner_business_info: { id: given.business, name: owner?.name ?? given.name },
    account_review_status: 'APPROVED',
    business_verification_status: owner?.verification_status ?? 'not_verified',
    country: given.country,
    creation_time: Math.floor(ground.clock.now() / 1000),
    currency: given.currency,
    is_enabled_for_insights: false,
    message_template_namespace: namespace,
    // Through 360dialog a way to pay comes along; elsewhere a credit line has to be shared first.
    ...(given.client && { primary_funding_id: metaId() }),
    status: 'ACTIVE',
    timezone_id: given.timezone,
    whatsapp_business_manager_messaging_limit: 'TIER_250',
  }
  world.accounts.set(id, row)
  const client = given.client && world.clients.get(given.client)
  if (client) {
    const entry = hubEntry(ground, world, row, client)
    world.wabas.set(entry.id, entry)
  }
  changeAccountSide(world, id, {
    shared_with: given.shared,
    solutions: given.solutions ?? [],
    apps: given.client ? [{ app: ownApp.id }] : [],
    users: [{ id: systemUser.id, name: systemUser.name, tasks: ['MANAGE'] }],
  })
  return row
}

/** 360dialog's own entry of a WABA of Meta. */
export function hubEntry(ground: Ground, world: World, account: AccountRow, client: ClientRow): WabaRow {
  const verified = account.business_verification_status === 'verified'
  return {
    id: hubId('WA'),
    partner_id: client.partner_id,
    client_id: client.id,
    name: account.name,
    namespace: String(account.message_template_namespace),
    external_id: account.id,
    timezone_id: String(account.timezone_id),
    fb_business_id: account.business_id,
    fb_account_status: verified ? 'verified' : 'pending',
    status: 'approved',
    on_behalf_of_business_info: {
      id: account.business_id,
      name: world.businesses.get(account.business_id)?.name ?? account.name,
      status: 'approved',
      type: 'SELF',
    },
    settings: { marketing_messages_lite_api_status: 'ELIGIBLE' },
    created_at: zuluTime(ground.clock.now()),
  }
}

/** Meta tells a partner that a WABA was shared with it, or is no longer; the entry is the partner's portfolio (meta.md 5.2). */
export function tellPartner(
  world: World,
  event: 'PARTNER_ADDED' | 'PARTNER_REMOVED',
  { partner, account, solution }: { partner: string; account: AccountRow; solution?: string | undefined },
) {
  const members = solution ? world.solutions.get(solution)?.business_id : undefined
  world.webhooks.meta(partner, 'account_update', {
    event,
    waba_info: {
      waba_id: account.id,
      owner_business_id: account.business_id,
      ...(solution && { solution_id: solution, solution_partner_business_ids: members ? [members] : [] }),
    },
  })
}
