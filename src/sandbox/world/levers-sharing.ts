import { z } from 'zod'
import { creditRefusal, fund, shareCredit } from './credit.ts'
import { acceptIntent, openIntent, refuseIntent } from './intents.ts'
import { type LeverKit, type Levers, lever } from './lever.ts'
import { reshare, signupCode, unshare } from './sharing.ts'
import { accountSide, changeAccountSide } from './sides.ts'

/** What a customer does in Meta's Business Settings: share, unshare, answer requests; and who pays. */
export function sharingLevers({ ground, world, waba, partner, partnerOf, account }: LeverKit): Levers {
  const title = (id: string) => `${account(id).name} (${id})`
  const from = z.strictObject({ waba, partner: partner.optional() })
  const to = z.strictObject({ waba, partner, solution: z.string().optional(), assign: z.boolean().default(true) })
  const answer = z.strictObject({ waba, accepted: z.boolean() })
  const paid = z.strictObject({ waba, credit: z.string().optional() })
  const payment = z.strictObject({ waba, ok: z.boolean() })

  return {
    unshare: lever(from, ({ waba, partner }) => {
      const business = partner ? partnerOf(partner).business : accountSide(world, waba).shared_with[0]
      if (!business || !accountSide(world, waba).shared_with.includes(business)) {
        return `${title(waba)} is not shared with that partner.`
      }
      unshare(ground, world, account(waba), business)
      return `${title(waba)} is no longer shared; it cannot send.`
    }),
    reshare: lever(to, ({ waba, partner, solution, assign }) => {
      const { business, brand_name } = partnerOf(partner)
      const code = reshare(ground, world, account(waba), { partner: business, solution, assign })
      return `${title(waba)} is shared with ${brand_name}; the signup gave the code ${code}, good for 30 s.`
    }),
    signup_code: lever(z.literal(true), () => `The signup gave the code ${signupCode(ground, world)}, good for 30 s.`),
    intent: lever(answer, ({ waba, accepted }) => {
      const intent = openIntent(world, waba)
      if (intent?.status !== 'INITIATED') return `No request waits for ${title(waba)}.`
      if (accepted) acceptIntent(ground, world, intent)
      else refuseIntent(ground, world, intent)
      return `The request ${intent.id} for ${title(waba)} is ${accepted ? 'accepted' : 'rejected'}.`
    }),
    obo_request: lever(answer, ({ waba, accepted }) => {
      const row = account(waba)
      const info = row.on_behalf_of_business_info
      if (typeof info !== 'object' || info === null) return `${title(waba)} is not on behalf of anybody.`
      const status = accepted ? 'APPROVED' : 'PENDING'
      world.accounts.set(waba, { ...row, on_behalf_of_business_info: { ...info, status } })
      return `The on-behalf-of request of ${title(waba)} is ${status}.`
    }),
    credit_attached: lever(paid, ({ waba, credit }) => {
      const row = account(waba)
      const given = credit ? world.credits.get(credit) : undefined
      const line = given ?? world.credits.values().find(({ currency }) => currency === row.currency)
      if (!line) return `There is no credit line in ${row.currency}.`
      const refusal = creditRefusal(ground, world, { credit: line, account: row, currency: String(row.currency) })
      fund(world, shareCredit(ground, world, line, row))
      return `${line.legal_entity_name} pays for ${title(waba)} from now on${refusal ? ', although the rules forbid it' : ''}.`
    }),
    payment: lever(payment, ({ waba, ok }) => {
      changeAccountSide(world, waba, { stop: ok ? null : 'payment' })
      return ok ? `${title(waba)} can pay.` : `${title(waba)} has a payment problem (131042).`
    }),
  }
}
