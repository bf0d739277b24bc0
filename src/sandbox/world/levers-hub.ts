import { z } from 'zod'
import { processCancellation, requestCancellation, revokeCancellation } from './cancellation.ts'
import { called, type LeverKit, type Levers, lever } from './lever.ts'
import { sharePermission } from './permission.ts'

/** What happens to a number at 360dialog: the subscription, its money, the API-key permission. */
export function hubLevers({ ground, world, phone, entry }: LeverKit): Levers {
  const only = z.strictObject({ phone })
  const cancelled = z.strictObject({ phone, by: z.string().min(1).default('the client') })
  const currency = z.string().regex(/^[A-Za-z]{3}$/, 'three letters, such as EUR')
  const balance = z.strictObject({ phone, amount: z.number(), currency: currency.optional() })
  const permission = z.strictObject({ phone, shared: z.boolean() })

  return {
    cancelled: lever(cancelled, ({ phone, by }) => {
      const found = entry(phone)
      if (found.channel.cancelled_at) return `${called(found)} was cancelled before.`
      requestCancellation(ground, world, found.channel)
      return `${called(found)} is cancelled by ${by}; it works until the end of the month.`
    }),
    reactivated: lever(only, ({ phone }) => {
      const found = entry(phone)
      if (!found.channel.cancelled_at) return `${called(found)} was not cancelled.`
      revokeCancellation(ground, world, found.channel)
      return `The cancellation of ${called(found)} is taken back.`
    }),
    terminated: lever(only, ({ phone }) => {
      const found = entry(phone)
      processCancellation(ground, world, found.channel)
      return `The subscription of ${called(found)} is over.`
    }),
    balance: lever(balance, ({ phone, amount, currency }) => {
      const found = entry(phone)
      const aside = { ...found.aside, balance: amount, currency: currency?.toLowerCase() ?? found.aside.currency }
      world.asides.set(phone, aside)
      const [had, has] = [found.aside.balance > 0, amount > 0]
      if (had !== has) {
        const event = has ? 'template_messaging_enabled' : 'template_messaging_disabled'
        world.webhooks.hub(event, { client_id: found.channel.client_id }, found.channel.partner_id)
      }
      return `The balance of ${called(found)} is ${amount} ${aside.currency.toUpperCase()}.`
    }),
    permission: lever(permission, ({ phone, shared }) => {
      sharePermission(world, phone, shared)
      return `The API-key permission of ${called(entry(phone))} is ${shared ? 'shared' : 'missing'}.`
    }),
  }
}
