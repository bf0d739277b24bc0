import type { ChannelRow, ClientRow, PartnerRow, TemplateRow, WabaRow } from './rows.ts'
import { type ClientSeed, namespaceOf, type partners, templates, type WabaSeed } from './seed-accounts.ts'
import type { NumberSeed } from './seed-numbers.ts'

/** A time that many days before now, as 360dialog writes it. */
export type Ago = (days: number) => string

export function partnerRow(seed: (typeof partners)[number]): PartnerRow {
  return {
    id: seed.id,
    brand_name: seed.name,
    country: seed.country,
    email: `hub@${seed.domain}`,
    payment_required: seed.pays,
    business: seed.business,
    partner_redirect_url: `https://${seed.domain}/connected`,
    auto_approve: false,
    billing_system: seed.billing,
    balance: [{ currency: 'eur', total: seed.funds }],
  }
}

export function clientRow(seed: ClientSeed, ago: Ago): ClientRow {
  return {
    id: seed.id,
    partner_id: seed.partner,
    name: seed.name,
    organisation: seed.organisation,
    status: 'active',
    max_channels: 5,
    partner_payload: `crm-${seed.business.slice(-3)}`,
    contact_info: {
      city: seed.country === 'BR' ? 'São Paulo' : seed.country === 'NO' ? 'Bergen' : 'Berlin',
      country: seed.country,
      email: `ops@${seed.domain}`,
      full_name: seed.contact,
      language: seed.country === 'BR' ? 'pt' : 'en',
      phone: null,
      street_name: null,
      webpage_url: null,
      zip_code: null,
    },
    contact_user: { email: `ops@${seed.domain}`, name: seed.contact, phone: null },
    meta_info: {
      about: null,
      business_description: null,
      business_vertical: 'RETAIL',
      timezone: null,
      use_case: 'support',
    },
    created_at: ago(420),
    modified_at: ago(30),
    business_id: seed.business,
  }
}

export function wabaRow(seed: WabaSeed, client: ClientSeed, ago: Ago): WabaRow {
  return {
    id: seed.id,
    partner_id: client.partner,
    client_id: client.id,
    name: client.name,
    namespace: namespaceOf(seed),
    external_id: seed.meta,
    timezone_id: client.country === 'BR' ? '25' : '37',
    fb_business_id: client.business,
    fb_account_status: seed.fb ?? 'verified',
    status: seed.status ?? 'approved',
    on_behalf_of_business_info: {
      id: client.business,
      name: client.organisation,
      status: 'approved',
      type: seed.ownership === 'ON_BEHALF_OF' ? 'CLIENT' : 'SELF',
    },
    settings: { marketing_messages_lite_api_status: 'ELIGIBLE' },
    created_at: ago(400),
  }
}

export function channelRow(seed: NumberSeed, client: ClientSeed, ago: Ago): ChannelRow {
  const pending = seed.hub?.hub_status === 'pending_deletion'
  return {
    id: seed.channel,
    partner_id: client.partner,
    client_id: client.id,
    waba_account_id: seed.waba,
    account_mode: 'live',
    availability_status: 'ready',
    billing_started_at: ago(300),
    cancelled_at: pending ? ago(1 / 12) : null,
    created_at: ago(301),
    current_limit: 'TIER_2K',
    current_quality_rating: 'GREEN',
    external_id: seed.meta,
    has_inbox: false,
    hub_status: 'live',
    integration: { app_id: '104148', enabled: true, state: 'running' },
    is_migrated: false,
    is_oba: false,
    is_on_biz_app: false,
    meta_status: 'CONNECTED',
    modified_at: ago(pending ? 1 / 12 : 20),
    profile_info: {
      about_text: null,
      business_description: null,
      business_vertical: 'RETAIL',
      contact_email: `ops@${client.domain}`,
    },
    project: { id: `${seed.channel.slice(0, 6)}PR`, inbox: null, license_model: 'regular', name: 'default' },
    setup_info: {
      default_language: client.country === 'BR' ? 'pt_BR' : 'en',
      ivr: false,
      phone_name: seed.name,
      phone_number: seed.phone,
      verification_method: 'sms',
      was_in_use: false,
    },
    status: 'ready',
    terminated_at: null,
    type: 'whatsapp',
    version: 'cloud_api',
    ...seed.hub,
  }
}

export function templateRows(seed: WabaSeed, client: ClientSeed, ago: Ago): TemplateRow[] {
  return templates.map((template, index) => ({
    id: `${seed.id.slice(0, 6)}${seed.meta.slice(0, 13)}${index}WT`,
    external_id: `2${index}${seed.meta.slice(1)}`,
    partner_id: client.partner,
    waba_account_id: seed.id,
    name: template.name,
    language: client.country === 'BR' ? 'pt_BR' : 'en',
    category: template.category,
    status: template.status,
    components: [{ type: 'BODY', text: template.text }],
    namespace: namespaceOf(seed),
    rejected_reason: template.status === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE',
    quality_score: { reasons: null, score: template.score },
    created_at: ago(200),
    modified_at: ago(199),
  }))
}
