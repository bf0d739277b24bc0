import { z } from 'zod'
import type { Channel, Waba } from '../facts.ts'
import { given, id, maybeFlag, maybeText, maybeTime } from '../loose.ts'
import { digitsOf } from '../phone.ts'

/** A channel with what the Hub embeds into it. */
export interface HubChannel {
  channel: Channel
  clientName?: string
  /** The WABA with two fields that the Hub tells nowhere else: `fbAccountStatus` and `onBehalfOf`. */
  waba?: Waba
  /** Of the channel's integration: `created`, `running`, `stopped`. */
  integrationState?: string
}

/** A WABA account, standing alone or embedded in a channel (platform/360dialog.md 3.3). */
export const waba = z
  .looseObject({
    id,
    external_id: maybeText,
    name: maybeText,
    status: maybeText,
    fb_account_status: maybeText,
    fb_business_id: maybeText,
    namespace: maybeText,
    timezone_id: maybeText,
    on_behalf_of_business_info: z
      .looseObject({ id: maybeText, name: maybeText, status: maybeText, type: maybeText })
      .transform(({ id, name, status, type }) => given({ id, name, status, type }))
      .nullish(),
  })
  .transform(
    (row): Waba =>
      given({
        id: row.id,
        externalId: row.external_id,
        name: row.name,
        status: row.status,
        fbAccountStatus: row.fb_account_status,
        fbBusinessId: row.fb_business_id,
        namespace: row.namespace,
        timezoneId: row.timezone_id,
        onBehalfOf: row.on_behalf_of_business_info ?? undefined,
      }),
  )

/**
 * A channel (platform/360dialog.md 3.1). Number and name stand flat or in `setup_info` (procedures.md 0.6), and come late:
 * a fresh channel may have neither, and then its phone is empty.
 */
export const channel = z
  .looseObject({
    id,
    client_id: maybeText,
    client: z.looseObject({ id: maybeText, name: maybeText }).nullish(),
    waba_account_id: maybeText,
    waba_account: waba.nullish(),
    phone_number: maybeText,
    phone_name: maybeText,
    setup_info: z
      .looseObject({ phone_number: maybeText, phone_name: maybeText, verification_method: maybeText })
      .nullish(),
    status: maybeText,
    hub_status: maybeText,
    account_mode: maybeText,
    current_quality_rating: maybeText,
    current_limit: maybeText,
    external_id: maybeText,
    cancelled_at: maybeTime,
    terminated_at: maybeTime,
    is_oba: maybeFlag,
    integration: z.looseObject({ state: maybeText }).nullish(),
    created_at: maybeTime,
  })
  .transform(
    (row): HubChannel =>
      given({
        channel: given({
          id: row.id,
          clientId: row.client_id ?? row.client?.id ?? '',
          wabaId: row.waba_account_id ?? row.waba_account?.id,
          phone: digitsOf(row.setup_info?.phone_number ?? row.phone_number ?? ''),
          name: row.setup_info?.phone_name ?? row.phone_name,
          status: row.status,
          hubStatus: row.hub_status,
          accountMode: row.account_mode,
          quality: row.current_quality_rating,
          limit: row.current_limit,
          phoneNumberId: row.external_id,
          cancelledAt: row.cancelled_at,
          terminatedAt: row.terminated_at,
          verificationMethod: row.setup_info?.verification_method,
          isOba: row.is_oba,
          createdAt: row.created_at,
        }),
        clientName: row.client?.name,
        waba: row.waba_account ?? undefined,
        integrationState: row.integration?.state,
      }),
  )
