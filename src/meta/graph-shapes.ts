import { z } from 'zod'
import type { Account, Business, PhoneNumber } from './facts.ts'
import { given, id, maybeFlag, maybeText, maybeTime } from './loose.ts'

/** One node: which fields to ask for, and how to read what comes. Every field but `id` may be missing. */
export interface Node<T> {
  fields: readonly string[]
  schema: z.ZodType<T>
}

/** MK-PN (platform/meta.md 1). */
export const phoneNumber: Node<PhoneNumber> = {
  fields: [
    ...['display_phone_number', 'verified_name', 'name_status', 'new_name_status', 'status', 'is_pin_enabled'],
    ...['platform_type', 'account_mode', 'is_on_biz_app', 'code_verification_status', 'quality_rating'],
    ...['health_status', 'is_official_business_account'],
  ],
  schema: z
    .looseObject({
      id,
      display_phone_number: maybeText,
      verified_name: maybeText,
      name_status: maybeText,
      new_name_status: maybeText,
      status: maybeText,
      is_pin_enabled: maybeFlag,
      platform_type: maybeText,
      account_mode: maybeText,
      is_on_biz_app: maybeFlag,
      is_official_business_account: maybeFlag,
      code_verification_status: maybeText,
      quality_rating: maybeText,
      health_status: z.looseObject({ can_send_message: maybeText }).nullish(),
    })
    .transform((row) =>
      given({
        id: row.id,
        displayPhoneNumber: row.display_phone_number,
        verifiedName: row.verified_name,
        nameStatus: row.name_status,
        newNameStatus: row.new_name_status,
        status: row.status,
        isPinEnabled: row.is_pin_enabled,
        platformType: row.platform_type,
        accountMode: row.account_mode,
        isOnBizApp: row.is_on_biz_app,
        isOba: row.is_official_business_account,
        quality: row.quality_rating,
        codeVerificationStatus: row.code_verification_status,
        canSendMessage: row.health_status?.can_send_message,
      }),
    ),
}

/** MK-WABA (platform/meta.md 2). */
export const account: Node<Account> = {
  fields: [
    ...['name', 'account_review_status', 'business_verification_status', 'ownership_type', 'owner_business_info'],
    ...['currency', 'primary_funding_id', 'creation_time', 'timezone_id', 'whatsapp_business_manager_messaging_limit'],
  ],
  schema: z
    .looseObject({
      id,
      name: maybeText,
      ownership_type: maybeText,
      owner_business_info: z.looseObject({ id: maybeText, name: maybeText }).nullish(),
      account_review_status: maybeText,
      business_verification_status: maybeText,
      currency: maybeText,
      timezone_id: maybeText,
      primary_funding_id: maybeText,
      whatsapp_business_manager_messaging_limit: maybeText,
      creation_time: z.preprocess(secondsAsNumber, maybeTime),
    })
    .transform((row) =>
      given({
        id: row.id,
        name: row.name,
        ownershipType: row.ownership_type,
        ownerBusinessId: row.owner_business_info?.id,
        ownerBusinessName: row.owner_business_info?.name,
        reviewStatus: row.account_review_status,
        verificationStatus: row.business_verification_status,
        currency: row.currency,
        timezoneId: row.timezone_id,
        primaryFundingId: row.primary_funding_id,
        messagingLimit: row.whatsapp_business_manager_messaging_limit,
        createdAt: row.creation_time,
      }),
    ),
}

/** MK-BIZ (platform/meta.md 2). */
export const business: Node<Business> = {
  fields: ['verification_status', 'name'],
  schema: z
    .looseObject({ id, name: maybeText, verification_status: maybeText })
    .transform((row) => given({ id: row.id, name: row.name, verificationStatus: row.verification_status })),
}

/** One page of an edge; the way on is a cursor, because the ready-made `next` address carries the token. */
export function edge<T>(schema: z.ZodType<T>) {
  return z
    .looseObject({
      data: z.array(schema),
      paging: z.looseObject({ cursors: z.looseObject({ after: maybeText }).nullish(), next: maybeText }).nullish(),
    })
    .transform(({ data, paging }) => ({
      data,
      after: paging?.next === undefined ? undefined : paging.cursors?.after,
    }))
}

function secondsAsNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
}
