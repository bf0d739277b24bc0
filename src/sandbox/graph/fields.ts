const words = (text: string) => text.trim().split(/\s+/)

/** A kind of node: its name in error messages, the fields it has, and those it tells unasked (meta.md 1, 2). */
export interface NodeKind {
  name: string
  fields: string[]
  usual: string[]
}

export const phoneNumber: NodeKind = {
  name: 'WhatsAppBusinessPhoneNumber',
  fields: words(`
    id display_phone_number verified_name name_status new_display_name new_name_status certificate new_certificate
    code_verification_status quality_rating quality_score messaging_limit_tier
    whatsapp_business_manager_messaging_limit platform_type host_platform status is_pin_enabled account_mode
    is_official_business_account official_business_account is_on_biz_app is_preverified_number throughput health_status
    search_visibility eligibility_for_api_business_global_search conversational_automation webhook_configuration
    last_onboarded_time country_code country_dial_code unified_cert_status username`),
  usual: words(`verified_name code_verification_status display_phone_number quality_rating platform_type throughput
    last_onboarded_time`),
}

export const account: NodeKind = {
  name: 'WhatsAppBusinessAccount',
  fields: words(`
    id account_review_status analytics auth_international_rate_eligibility business_verification_status country
    creation_time currency disable_marketing_messages_on_cloud_api health_status is_enabled_for_insights
    is_shared_with_partners linked_commerce_account marketing_messages_lite_api_status
    marketing_messages_onboarding_status message_template_namespace name on_behalf_of_business_info owner_business
    owner_business_info ownership_type primary_business_location primary_funding_id purchase_order_number status
    template_auto_archival_enabled timezone_id whatsapp_business_manager_messaging_limit`),
  usual: words('name timezone_id message_template_namespace'),
}

export const business: NodeKind = {
  name: 'Business',
  fields: words(`id name verification_status two_factor_type whatsapp_business_manager_messaging_limit primary_page
    timezone_id payment_account_id`),
  usual: ['name'],
}

export const template: NodeKind = {
  name: 'WhatsAppBusinessHSM',
  fields: words(`id name language status category sub_category parameter_format components previous_category
    quality_score rejected_reason health_status`),
  usual: words('name language status category parameter_format components'),
}

export const solution: NodeKind = {
  name: 'WhatsAppBusinessSolution',
  fields: words('id name status status_for_pending_request owner_app owner_permissions partners'),
  usual: words('name status status_for_pending_request'),
}

export const intent: NodeKind = {
  name: 'WhatsAppBusinessSolutionMigrationIntent',
  fields: words('id status solution destination_waba'),
  usual: words('status solution destination_waba'),
}

export const credit: NodeKind = {
  name: 'ExtendedCredit',
  fields: words('id legal_entity_name credit_type currency owner_business'),
  usual: words('legal_entity_name credit_type'),
}

export const allocation: NodeKind = {
  name: 'ExtendedCreditAllocationConfig',
  fields: words(`id receiving_business receiving_credential owning_business request_status send_bill_to liability_type
    partition_type`),
  usual: words('receiving_business request_status'),
}

export const app: NodeKind = { name: 'Application', fields: words('id name link'), usual: words('name link') }

/** Splits `fields=a,b{c,d},e.limit(2)` into the top names. */
export function askedFields(text: string): string[] {
  let depth = 0
  let word = ''
  const found: string[] = []
  for (const sign of `${text},`) {
    if ('{('.includes(sign)) depth += 1
    if (depth === 0 && sign !== ',' && sign.trim()) word += sign
    if ('})'.includes(sign)) depth -= 1
    if (depth > 0 || sign !== ',') continue
    if (word.replace(/[.}].*$/, '')) found.push(word.replace(/[.})].*$/, ''))
    word = ''
  }
  return found
}
