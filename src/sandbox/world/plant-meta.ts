import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Ago } from './plant-hub.ts'
import type { AccountRow, BusinessRow, NumberRow } from './rows.ts'
import { type ClientSeed, namespaceOf, partners, type WabaSeed } from './seed-accounts.ts'
import type { NumberSeed } from './seed-numbers.ts'

export const businessRow = (id: string, name: string, verification = 'verified'): BusinessRow => ({
  id,
  name,
  verification_status: verification,
  two_factor_type: 'admin_required',
  timezone_id: 37,
  whatsapp_business_manager_messaging_limit: 'TIER_2K',
})

export function accountRow(seed: WabaSeed, client: ClientSeed, ago: Ago): AccountRow {
  const partner = partners.find((one) => one.id === client.partner)
  const onBehalf = seed.ownership === 'ON_BEHALF_OF'
  const holder =
    onBehalf && partner
      ? { id: partner.business, name: `${partner.name} GmbH` }
      : { id: client.business, name: client.organisation }
  return {
    id: seed.meta,
    name: client.name,
    business_id: client.business,
    ownership_type: seed.ownership,
    owner_business_info: holder,
    ...(onBehalf && {
      on_behalf_of_business_info: {
        id: client.business,
        name: client.organisation,
        status: 'APPROVED',
        type: 'CLIENT',
      },
    }),
    account_review_status: 'APPROVED',
    business_verification_status: client.verification ?? 'verified',
    country: client.country,
    creation_time: Math.floor(Date.parse(ago(400)) / 1000),
    currency: client.country === 'BR' ? 'USD' : 'EUR',
    is_enabled_for_insights: true,
    message_template_namespace: namespaceOf(seed),
    primary_funding_id: `9${seed.meta.slice(1)}`,
    status: 'ACTIVE',
    timezone_id: client.country === 'BR' ? '25' : '37',
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
  }
}

export function numberRow(seed: NumberSeed, id: string, waba: Pick<WabaSeed, 'meta'>, ago: Ago): NumberRow {
  return {
    id,
    waba_id: waba.meta,
    display_phone_number: parsePhoneNumberFromString(`+${seed.phone}`)?.formatInternational() ?? `+${seed.phone}`,
    verified_name: seed.name,
    name_status: 'APPROVED',
    code_verification_status: 'EXPIRED',
    quality_rating: 'GREEN',
    quality_score: { score: 'GREEN' },
    messaging_limit_tier: 'TIER_2K',
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
    platform_type: 'CLOUD_API',
    status: 'CONNECTED',
    ...(seed.pin !== null && { is_pin_enabled: seed.pin }),
    account_mode: 'LIVE',
    is_official_business_account: false,
    official_business_account: { oba_status: 'NOT_STARTED' },
    is_on_biz_app: false,
    is_preverified_number: false,
    throughput: { level: 'STANDARD' },
    last_onboarded_time: ago(300).replace('Z', '+0000'),
    ...seed.graph,
  }
}
