import { z } from 'zod'
import { type LeverKit, type Levers, lever } from './lever.ts'
import { makeAccount, tellPartner } from './new-account.ts'
import { siteDown } from './site.ts'
import type { World } from './world.ts'

/** What becomes of businesses, WABAs, solutions and web sites. */
export function accountLevers({ ground, world, waba, client, clientOf, partnerOf, account }: LeverKit): Levers {
  const state = z.enum(['RESTRICTED', 'VIOLATION', 'DISABLED', 'REINSTATED'])
  const made = z.strictObject({ client, name: z.string().optional(), currency: z.string().default('EUR') })
  const decision = z.enum(['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED'])
  const verified = z.strictObject({ waba, status: z.string().default('verified') })
  const solution = z.strictObject({ id: z.string(), status: z.string() })

  return {
    waba_created: lever(made, ({ client, name, currency }) => {
      const owner = clientOf(client)
      const { business } = partnerOf(owner.partner_id)
      const row = makeAccount(ground, world, {
        business: owner.business_id,
        name: name ?? owner.name,
        currency,
        timezone: '37',
        country: owner.contact_info.country ?? 'DE',
        shared: [business],
        client,
      })
      tellPartner(world, 'PARTNER_ADDED', { partner: business, account: row })
      return `${owner.name} has a new WABA ${row.id}, made now.`
    }),
    verified: lever(verified, ({ waba, status }) => {
      const { business_id } = account(waba)
      verifyBusiness(world, business_id, status)
      if (status === 'verified') {
        const limits = { max_daily_conversations_per_business: 'TIER_2K', max_phone_numbers_per_business: 20 }
        world.webhooks.meta(waba, 'business_capability_update', limits)
      }
      return `The business ${world.businesses.get(business_id)?.name} is ${status}.`
    }),
    review: lever(z.strictObject({ waba, decision }), ({ waba, decision }) => {
      world.accounts.set(waba, { ...account(waba), account_review_status: decision })
      world.webhooks.meta(waba, 'account_review_update', { decision })
      return `The review of ${account(waba).name} is ${decision}.`
    }),
    account: lever(z.strictObject({ waba, state }), ({ waba, state }) => {
      const { hub, status, event } = states[state](ground.clock.now())
      world.accounts.set(waba, { ...account(waba), status })
      for (const row of world.wabas.values()) {
        if (row.external_id !== waba) continue
        world.wabas.set(row.id, { ...row, status: hub })
        const name = { RESTRICTED: 'account_restriction', VIOLATION: 'account_violation' }[String(state)]
        const phone_number = phoneOf(world, row.id)
        const data = { id: row.id, external_id: waba, phone_number, violation_type: 'SPAM' }
        if (name) world.webhooks.hub(name, data, row.partner_id)
      }
      world.webhooks.meta(waba, 'account_update', event)
      return `The account ${account(waba).name} is ${state}.`
    }),
    solution: lever(solution, ({ id, status }) => {
      const row = world.solutions.get(id)
      if (!row) return `There is no solution ${id}.`
      world.solutions.set(id, { ...row, status, status_for_pending_request: 'NONE' })
      const value = { event: 'SOLUTION_UPDATED', solution_id: id, solution_status: status }
      world.webhooks.meta(row.business_id, 'partner_solutions', value)
      return `The solution ${row.name} is ${status}.`
    }),
    website: lever(z.strictObject({ client, up: z.boolean() }), ({ client, up }) => {
      world.switches.set(siteDown(client), !up)
      return `${world.siteOf(client)} is ${up ? 'up' : 'down'}.`
    }),
  }
}

const phoneOf = (world: World, waba: string) =>
  world.channels.values().find(({ waba_account_id }) => waba_account_id === waba)?.setup_info.phone_number ?? null

/** A business is verified at Meta, and 360dialog's hint follows. */
function verifyBusiness(world: World, id: string, status: string) {
  const business = world.businesses.get(id)
  if (business) world.businesses.set(id, { ...business, verification_status: status })
  for (const row of world.accounts.values()) {
    if (row.business_id === id) world.accounts.set(row.id, { ...row, business_verification_status: status })
  }
  for (const row of world.wabas.values()) {
    if (row.fb_business_id === id) world.wabas.set(row.id, { ...row, fb_account_status: status })
  }
}

const restriction = 'RESTRICTED_BIZ_INITIATED_MESSAGING'
const ban = (waba_ban_state: string, now: number) => {
  const style = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  const waba_ban_date = new Intl.DateTimeFormat('en-US', style).format(now)
  return { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state, waba_ban_date } }
}

/** What a decision of Meta's policy team means (meta.md 5.4). */
const states = {
  RESTRICTED: (now: number) => ({
    hub: 'account_restriction',
    status: 'RESTRICTED',
    event: {
      event: 'ACCOUNT_RESTRICTION',
      restriction_info: [{ restriction_type: restriction, expiration: Math.floor(now / 1000) + 30 * 86_400 }],
    },
  }),
  VIOLATION: () => ({
    hub: 'account_violation',
    status: 'ACTIVE',
    event: { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SPAM' } },
  }),
  DISABLED: (now: number) => ({ hub: 'account_banned', status: 'DISABLED', event: ban('DISABLE', now) }),
  REINSTATED: (now: number) => ({ hub: 'approved', status: 'ACTIVE', event: ban('REINSTATE', now) }),
}
