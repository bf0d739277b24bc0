import type { ChannelRow, ClientRow, PartnerRow, TemplateRow, WabaRow } from '../world/rows.ts'
import type { World } from '../world/world.ts'

const system = { user_id: 'system', user_name: 'system' }

/** A client as the Hub shows it (360dialog.md 3.2). */
export function clientView(world: World, { partner_id: _, business_id: __, ...client }: ClientRow) {
  return { ...client, contact_info: contactOf(world, client), created_by: system, modified_by: system }
}

/** A client that gives no web site has one in the sandbox. */
const contactOf = (world: World, { id, contact_info }: Pick<ClientRow, 'id' | 'contact_info'>) => ({
  ...contact_info,
  webpage_url: contact_info.webpage_url ?? world.siteOf(id),
})

/** A WABA account on its own (360dialog.md 3.3). */
export function wabaView(waba: WabaRow) {
  const { created_at: _, fb_account_status: __, on_behalf_of_business_info: ___, ...shown } = waba
  return shown
}

/** A channel with the client and the WABA that it embeds (360dialog.md 3.1, 3.4). */
export function channelView(world: World, { partner_id: _, ...channel }: ChannelRow) {
  const client = world.clients.get(channel.client_id)
  const waba = world.wabas.get(channel.waba_account_id)
  return {
    ...channel,
    client: client && {
      id: client.id,
      name: client.name,
      partner_payload: client.partner_payload,
      contact_info: contactOf(world, client),
    },
    waba_account: waba && embedded(waba),
  }
}

function embedded({ partner_id: _, settings: __, ...waba }: WabaRow) {
  return { ...waba, consents: {}, created_by: system }
}

/** A template (360dialog.md 2.9); REST shows its status in lower case. */
export function templateView({ misfiled: _, edits: __, ...template }: TemplateRow) {
  return {
    ...template,
    status: template.status.toLowerCase(),
    updated_external: true,
    created_by: system,
    modified_by: system,
  }
}

/** A partner (360dialog.md 2.5). */
export function partnerView(partner: PartnerRow, webhook_url: string) {
  return {
    id: partner.id,
    brand_name: partner.brand_name,
    country: partner.country,
    logo_url: null,
    webhook_url,
    partner_redirect_url: partner.partner_redirect_url,
    allow_client_to_add_phone_no: true,
    settings: { partner_change_request: { auto_approve: partner.auto_approve } },
    payment_required: partner.payment_required,
    payment_plan: 'growth',
    onboarding_deeplink_add_params: false,
    blocked_new_submission: false,
    billing_system: partner.billing_system,
    publishable_key: null,
  }
}
