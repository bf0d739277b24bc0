import { z } from 'zod'
import type { Balance, Client } from './facts.ts'
import { given, id, maybeFlag, maybeNumber, maybeText, maybeTime } from './loose.ts'
import { exponentOf, minorUnits } from './money.ts'
import { digitsOf } from './phone.ts'

/** A client account (platform/360dialog.md 3.2). */
export const client = z
  .looseObject({
    id,
    name: maybeText,
    organisation: maybeText,
    status: maybeText,
    max_channels: maybeNumber,
    contact_info: z.looseObject({ email: maybeText, country: maybeText }).nullish(),
    contact_user: z.looseObject({ email: maybeText }).nullish(),
  })
  .transform(
    (row): Client =>
      given({
        id: row.id,
        name: row.name,
        organisation: row.organisation,
        status: row.status,
        email: row.contact_info?.email ?? row.contact_user?.email,
        country: row.contact_info?.country,
        maxChannels: row.max_channels,
      }),
  )

/** A template, as far as it is counted (platform/360dialog.md 2.9). */
export const template = z.looseObject({ id, status: maybeText })

/** The money of one number; null when the Hub names none (platform/360dialog.md 2.7). */
export const channelBalance = z
  .looseObject({
    balance: z.union([z.number(), z.string()]).nullish(),
    currency: z
      .string()
      .regex(/^[a-z]{3}$/i)
      .nullish(),
    last_renewal: z.looseObject({ date: maybeTime }).nullish(),
  })
  .transform(({ balance, currency, last_renewal }, context): Balance | null => {
    if (balance === null || balance === undefined || !currency) return null
    const amountMinor = minorUnits(balance, currency)
    if (amountMinor === undefined) {
      const message = `no exact amount with ${exponentOf(currency)} decimals`
      context.addIssue({ code: 'custom', message, path: ['balance'] })
      return z.NEVER
    }
    return given({ amountMinor, currency: currency.toUpperCase(), lastRenewalAt: last_renewal?.date })
  })

/** Our own account at 360dialog. */
export interface HubPartner {
  id: string
  name?: string
  /** Without its query: partners keep a secret there. */
  webhookUrl?: string
  redirectUrl?: string
  /** A hint that the partner pays for its clients; 360dialog calls the field deprecated. */
  paysForClients?: boolean
}

/** The partner object (platform/360dialog.md 2.5). */
export const partner = z
  .looseObject({
    id,
    brand_name: maybeText,
    webhook_url: maybeText,
    partner_redirect_url: maybeText,
    payment_required: maybeFlag,
  })
  .transform(
    (row): HubPartner =>
      given({
        id: row.id,
        name: row.brand_name,
        webhookUrl: row.webhook_url?.split('?')[0],
        redirectUrl: row.partner_redirect_url,
        paysForClients: row.payment_required,
      }),
  )

/** One number whose API-key permission was shared, by whatever the Hub names it with. */
export interface SharedNumber {
  phone?: string
  channelId?: string
}

/** Nobody has seen this row's shape (procedures.md 0.5 LK-PERM): a bare number or id, or an object with either. */
export const sharedNumber = z.union([
  z.union([z.string(), z.number()]).transform((value): SharedNumber => byShape(String(value))),
  z
    .looseObject({
      id: maybeText,
      channel_id: maybeText,
      phone_number: maybeText,
      number: maybeText,
      setup_info: z.looseObject({ phone_number: maybeText }).nullish(),
    })
    .transform((row): SharedNumber => {
      const phone = row.phone_number ?? row.number ?? row.setup_info?.phone_number
      return given({ phone: phone === undefined ? undefined : digitsOf(phone), channelId: row.channel_id ?? row.id })
    }),
])

function byShape(value: string): SharedNumber {
  return /[a-z]/i.test(value) ? { channelId: value } : { phone: digitsOf(value) }
}
