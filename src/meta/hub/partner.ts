import { z } from 'zod'
import type { Partner } from '../facts.ts'
import { given, id, maybeFlag, maybeText } from '../loose.ts'
import { type Secret, secretOf } from '../secret.ts'
import type { HubLine } from './line.ts'
import { type Money, partnerBalance } from './money.ts'

/** Our own account at 360dialog. */
export interface HubPartner {
  /** LK-PARTNER. */
  read(): Promise<Partner>
  /** LK-PBAL: the partner's own credit, one amount per currency. */
  balance(): Promise<Money[]>
  /** Where 360dialog sends the partner's webhooks; such an address often holds a secret. */
  webhookUrl(): Promise<Secret | undefined>
  setWebhookUrl(url: string): Promise<Partner>
  /** Where clients come back to after sharing a permission. */
  setRedirectUrl(url: string): Promise<Partner>
  /** Whether requests of clients to change to this partner are approved by themselves. Answers what holds now. */
  setAutoApprove(on: boolean): Promise<boolean>
}

export function hubPartner({ http, at }: HubLine): HubPartner {
  const change = (body: object) => http.patch(at(), { schema: partner, body, safe: true })
  return {
    read: async () => http.get(at(), { schema: partner }),
    balance: async () => http.get(at('balance'), { schema: partnerBalance }),
    webhookUrl: async () => http.get(at('webhook_url'), { schema: webhookUrl }),
    setWebhookUrl: async (url) => change({ webhook_url: url }),
    setRedirectUrl: async (url) => change({ partner_redirect_url: url }),
    setAutoApprove: async (on) =>
      http.patch(at('settings', 'partner_change_request'), {
        schema: autoApprove,
        body: { auto_approve: on },
        safe: true,
      }),
  }
}

const autoApprove = z.looseObject({ auto_approve: z.boolean() }).transform((row) => row.auto_approve)

const webhookUrl = z
  .looseObject({ webhook_url: maybeText })
  .transform(({ webhook_url }) => (webhook_url === undefined ? undefined : secretOf(webhook_url)))

/** The partner object (platform/360dialog.md 2.5). */
export const partner = z
  .looseObject({
    id,
    brand_name: maybeText,
    webhook_url: maybeText,
    partner_redirect_url: maybeText,
    payment_required: maybeFlag,
    // That the setting can be read here is inferred from the call that writes it.
    settings: z.looseObject({ partner_change_request: z.looseObject({ auto_approve: maybeFlag }).nullish() }).nullish(),
  })
  .transform(
    (row): Partner =>
      given({
        id: row.id,
        name: row.brand_name,
        webhookHost: hostOf(row.webhook_url),
        redirectUrl: row.partner_redirect_url,
        autoApprove: row.settings?.partner_change_request?.auto_approve,
        paymentRequired: row.payment_required,
      }),
  )

/** Path and query stay behind: partners keep a secret there. */
function hostOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined
  return URL.parse(url)?.host ?? '?'
}
