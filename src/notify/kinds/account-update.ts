import { z } from 'zod'
import { list, part, text, words } from './loose.ts'

/** The value of `account_update`, whose event says what else is in it (meta.md 5.4). */
export const update = z
  .looseObject({
    event: text,
    restriction_info: list({ restriction_type: text, expiration: text }),
    violation_info: part({ violation_type: text }),
    ban_info: part({ waba_ban_state: words, waba_ban_date: text }),
    country: text,
    volume_tier_info: part({ tier: text, pricing_category: text, region: text }),
    auth_international_rate_eligibility: part({ start_time: text }),
    waba_info: part({ solution_id: text, partner_app_id: text }),
    partner_app_id: text,
    disconnection_info: z.looseObject({ reason: text, initiated_by: text }).nullish().catch(undefined),
    partner_client_certification_info: part({ status: text, rejection_reasons: words }),
  })
  .transform((value) => ({
    ...value,
    app: value.partner_app_id ?? value.waba_info.partner_app_id,
    certification: value.partner_client_certification_info,
  }))
export type Update = z.infer<typeof update>

export const event =
  (...names: string[]) =>
  (value: Update) =>
    names.includes(value.event ?? '')
