import { displayPhone } from '../../../src/meta/phone.ts'
import type { NumberState } from '../../../src/sandbox/state.ts'
import { type Post, type Posts, partnerNames } from './posts.ts'

/** A number with what is unique in a row: names of templates and solutions. */
export interface Home extends NumberState {
  shown: string
  tag: string
}

/** A row of the tables in procedures.md 17, as a story: who hears what. */
export interface ToldRow {
  ref: string
  /** `number`, `account`: any that is fine; `ill`: one whose troubles silence the rest. */
  about: 'number' | 'account' | 'ill'
  post: (posts: Posts, home: Home) => Post
  says: (home: Home) => string
  to: 'partner' | 'desk' | 'both'
}

export const homeOf = (number: NumberState, n: number): Home => ({
  ...number,
  shown: displayPhone(number.phone),
  tag: `t${n}x`,
})

type Said = [says: (home: Home) => string, to: ToldRow['to'], post: ToldRow['post']]

const rows =
  (table: '17.1' | '17.2', about: ToldRow['about']) =>
  (first: string, ...said: Said[]): ToldRow[] =>
    said.map(([says, to, post]) => ({ ref: `${table} ${first}`, about, post, says, to }))

const hubNumber = rows('17.1', 'number')
const hubAccount = rows('17.1', 'account')
const number = rows('17.2', 'number')
const account = rows('17.2', 'account')
const ill = rows('17.2', 'ill')

const hubRows: ToldRow[] = [
  ...hubAccount('client_created', [
    ({ tag }) => `New client Otter ${tag} registered.`,
    'partner',
    ({ client }, { client: id, tag }) => client('client_created', { client: { id, name: `Otter ${tag}` } }),
  ]),
  ...hubNumber('channel_created', [
    ({ shown }) => `Number ${shown} was submitted`,
    'partner',
    ({ channel }) => channel('channel_created'),
  ]),
  ...hubNumber('channel_submitted (old)', [
    ({ shown }) => `Number ${shown} was sent to Meta.`,
    'partner',
    ({ channel }) => channel('channel_submitted'),
  ]),
  ...hubNumber('channel_ready', [
    ({ shown }) => `Number ${shown} can be registered now.`,
    'partner',
    ({ channel }) => channel('channel_ready'),
  ]),
  ...hubNumber('channel_running', [
    ({ shown }) => `Number ${shown} is registered.`,
    'partner',
    ({ channel }) => channel('channel_running'),
  ]),
  ...hubNumber('channel_live', [
    ({ shown }) => `Number ${shown} is live.`,
    'both',
    ({ channel }) => channel('channel_live'),
  ]),
  ...hubNumber('channel_permission_granted', [
    ({ shown }) => `Key permission was granted for ${shown}.`,
    'partner',
    ({ channel }) => channel('channel_permission_granted'),
  ]),
  ...hubNumber('channel_permission_revoked (unsure)', [
    ({ shown }) => `Key permission was withdrawn for ${shown}.`,
    'both',
    ({ channel }) => channel('channel_permission_revoked'),
  ]),
  ...rows('17.1', 'ill')('account_violation', [
    ({ waba, shown }) => `Policy violation on WhatsApp account ${waba}, number ${shown}: spam.`,
    'both',
    ({ policy }) => policy('account_violation', { violation_type: 'SPAM' }),
  ]),
  ...hubAccount('account_restriction', [
    ({ waba, shown }) => `WhatsApp account ${waba}, number ${shown} is restricted: spam.`,
    'both',
    ({ policy }) => policy('account_restriction', { violation_type: 'SPAM' }),
  ]),
  ...hubNumber('cancellation_request', [
    ({ shown }) => `Cancellation of number ${shown} was requested; it ends on April 30, 2026.`,
    'both',
    ({ channel }) => channel('cancellation_request', { cancelled_at: '2026-04-10T08:00:00Z' }),
  ]),
  ...hubNumber('cancellation_revoke', [
    ({ shown }) => `Cancellation of number ${shown} was withdrawn.`,
    'partner',
    ({ channel }) => channel('cancellation_revoke'),
  ]),
  ...hubNumber('cancellation_processed', [
    ({ shown }) => `Number ${shown} is cancelled for good.`,
    'both',
    ({ channel }) => channel('cancellation_processed'),
  ]),
  ...hubAccount(
    'waba_template_status_changed',
    [
      ({ tag }) => `Template ${tag} (en) was rejected: wrong format.`,
      'partner',
      ({ hubTemplate }, { tag }) =>
        hubTemplate('waba_template_status_changed', tag, { new_status: 'REJECTED', rejected_reason: 'INVALID_FORMAT' }),
    ],
    [
      ({ tag }) => `Template ${tag} (en) is approved.`,
      'partner',
      ({ hubTemplate }, { tag }) =>
        hubTemplate('waba_template_status_changed', tag, { new_status: 'approved', rejected_reason: 'NONE' }),
    ],
  ),
  ...hubAccount('waba_template_category_changed', [
    ({ tag }) => `Template ${tag} (en) moved to marketing: its price changes.`,
    'partner',
    ({ hubTemplate }, { tag }) => hubTemplate('waba_template_category_changed', tag, { new_category: 'MARKETING' }),
  ]),
  ...hubAccount('template_messaging_disabled', [
    () => 'Template sending is off',
    'both',
    ({ client }) => client('template_messaging_disabled'),
  ]),
  ...hubAccount('template_messaging_enabled', [
    () => 'Template sending is on again',
    'partner',
    ({ client }) => client('template_messaging_enabled'),
  ]),
]

const sharingRows: ToldRow[] = [
  ...account('account_update PARTNER_ADDED', [
    ({ waba, partner }) =>
      `WhatsApp account ${waba} is now shared with business ${partnerNames[partner]}, solution 930225513398826.`,
    'both',
    ({ shared }) => shared('PARTNER_ADDED', { solution_id: '930225513398826' }),
  ]),
  ...account('PARTNER_REMOVED', [
    ({ waba, partner }) => `WhatsApp account ${waba} is no longer shared with business ${partnerNames[partner]}.`,
    'both',
    ({ shared }) => shared('PARTNER_REMOVED'),
  ]),
  ...number('PARTNER_REMOVED with disconnection_info', [
    ({ shown }) => `Number ${shown} was disconnected by WhatsApp: the phone was not used for about 14 days.`,
    'both',
    ({ account }, { phone }) =>
      account('PARTNER_REMOVED', {
        phone_number: phone,
        disconnection_info: { reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' },
      }),
  ]),
  ...account('PARTNER_APP_INSTALLED', [
    ({ waba }) => `App 440019283746551 was installed on WhatsApp account ${waba}.`,
    'partner',
    ({ shared }) => shared('PARTNER_APP_INSTALLED', { partner_app_id: '440019283746551' }),
  ]),
  ...account('PARTNER_APP_UNINSTALLED', [
    ({ waba }) => `App 440019283746551 was removed from WhatsApp account ${waba}`,
    'both',
    ({ shared }) => shared('PARTNER_APP_UNINSTALLED', { partner_app_id: '440019283746551' }),
  ]),
  ...account('PARTNER_CLIENT_CERTIFICATION_NEEDED', [
    () => 'Client (business 810000000000017) must be certified by Meta.',
    'partner',
    ({ portfolio }) =>
      portfolio('account_update', {
        event: 'PARTNER_CLIENT_CERTIFICATION_NEEDED',
        partner_client_certification_needed_info: { client_business_id: '810000000000017' },
      }),
  ]),
  ...account(
    'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
    [
      () => 'The certification of client (business 810000000000018) failed: the documents cannot be read.',
      'partner',
      ({ portfolio }) => portfolio('account_update', certified('810000000000018', 'FAILED', 'MALFORMED_DOCUMENTS')),
    ],
    [
      () => 'Client (business 810000000000019) is certified.',
      'partner',
      ({ portfolio }) => portfolio('account_update', certified('810000000000019', 'APPROVED')),
    ],
  ),
  ...number(
    'ACCOUNT_OFFBOARDED / ACCOUNT_RECONNECTED',
    [
      ({ shown, waba }) => `A number of the Business app, ${shown}, left WhatsApp account ${waba}.`,
      'partner',
      ({ account }, { phone }) => account('ACCOUNT_OFFBOARDED', { phone_number: phone }),
    ],
    [
      ({ shown, waba }) => `A number of the Business app, ${shown}, is back on WhatsApp account ${waba}.`,
      'partner',
      ({ account }, { phone }) => account('ACCOUNT_RECONNECTED', { phone_number: phone }),
    ],
  ),
]

function certified(client_business_id: string, status: string, ...rejection_reasons: string[]) {
  return {
    event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
    partner_client_certification_info: { client_business_id, status, rejection_reasons },
  }
}

const ban = (waba_ban_state: string) => ({ ban_info: { waba_ban_state, waba_ban_date: 'January 9, 2026' } })

const accountRows: ToldRow[] = [
  ...ill('ACCOUNT_VIOLATION', [
    ({ waba }) => `Policy violation on WhatsApp account ${waba}: adult content.`,
    'both',
    ({ account }) => account('ACCOUNT_VIOLATION', { violation_info: { violation_type: 'ADULT' } }),
  ]),
  ...account('ACCOUNT_RESTRICTION', [
    ({ waba }) => `WhatsApp account ${waba} is restricted: no new numbers.`,
    'both',
    ({ account }) =>
      account('ACCOUNT_RESTRICTION', {
        restriction_info: [{ restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' }],
      }),
  ]),
  ...ill('DISABLED_UPDATE DISABLE / SCHEDULE_FOR_DISABLE', [
    ({ waba }) => `WhatsApp account ${waba} was disabled on January 9, 2026.`,
    'both',
    ({ account }) => account('DISABLED_UPDATE', ban('DISABLE')),
  ]),
  ...account('DISABLED_UPDATE DISABLE / SCHEDULE_FOR_DISABLE', [
    ({ waba }) => `WhatsApp account ${waba} will be disabled on January 9, 2026.`,
    'both',
    ({ account }) => account('DISABLED_UPDATE', ban('SCHEDULE_FOR_DISABLE')),
  ]),
  ...account('DISABLED_UPDATE REINSTATE', [
    ({ waba }) => `WhatsApp account ${waba} is reinstated.`,
    'both',
    ({ account }) => account('DISABLED_UPDATE', ban('REINSTATE')),
  ]),
  ...ill('ACCOUNT_DELETED', [
    ({ waba }) => `WhatsApp account ${waba} was deleted.`,
    'both',
    ({ account }) => account('ACCOUNT_DELETED'),
  ]),
  ...number('VERIFIED_ACCOUNT (old)', [
    ({ shown }) => `The account of number ${shown} is verified.`,
    'partner',
    ({ account }, { phone }) => account('VERIFIED_ACCOUNT', { phone_number: phone }),
  ]),
  ...account('account_review_update APPROVED', [
    ({ waba }) => `WhatsApp account ${waba} passed Meta's review.`,
    'partner',
    ({ meta }) => meta('account_review_update', { decision: 'APPROVED' }),
  ]),
  ...account('account_review_update REJECTED/DEFERRED', [
    ({ waba }) => `Meta's review of WhatsApp account ${waba}: deferred.`,
    'both',
    ({ meta }) => meta('account_review_update', { decision: 'DEFERRED' }),
  ]),
  ...account('business_capability_update', [
    ({ waba }) => `New limits of WhatsApp account ${waba}: 2,000 conversations a day; 25 phone numbers.`,
    'partner',
    ({ meta }) =>
      meta('business_capability_update', {
        max_daily_conversations_per_business: 2000,
        max_phone_numbers_per_waba: 25,
      }),
  ]),
  ...account('business_status_update (unsure)', [
    ({ waba }) => `with WhatsApp account ${waba}: it may be compromised.`,
    'desk',
    ({ meta }) => meta('business_status_update', { business_id: '810000000000020', event: 'COMPROMISED_NOTIFICATION' }),
  ]),
  ...account('payment_configuration_update', [
    ({ tag }) => `Payments in India, ${tag} by payu: active.`,
    'partner',
    ({ meta }, { tag }) =>
      meta('payment_configuration_update', { configuration_name: tag, provider_name: 'payu', status: 'Active' }),
  ]),
  ...account('partner_solutions ACTIVE', [
    () => 'Solution 930000000000001 is active.',
    'both',
    ({ portfolio }) => portfolio('partner_solutions', solution('930000000000001', 'ACTIVE')),
  ]),
  ...account('partner_solutions DEACTIVATED, PENDING_DEACTIVATION, REJECTED', [
    () => 'Solution 930000000000002: about to be switched off.',
    'both',
    ({ portfolio }) => portfolio('partner_solutions', solution('930000000000002', 'PENDING_DEACTIVATION')),
  ]),
  ...account('partner_solutions INITIATED, DRAFT', [
    () => 'Solution 930000000000003: a draft.',
    'partner',
    ({ portfolio }) => portfolio('partner_solutions', solution('930000000000003', 'DRAFT')),
  ]),
]

function solution(solution_id: string, solution_status: string) {
  return { event: 'SOLUTION_UPDATED', solution_id, solution_status }
}

const alertRows: ToldRow[] = [
  ...account(
    'account_alerts OBA_APPROVED, OBA_REJECTED',
    [() => 'gets the badge of an official business account.', 'partner', ({ alert }) => alert('OBA_APPROVED')],
    [() => 'does not get the badge of an official', 'partner', ({ alert }) => alert('OBA_REJECTED')],
  ),
  ...account('account_alerts INCREASED_CAPABILITIES_*', [
    ({ waba }) => `Limit increase of WhatsApp account ${waba}: Meta needs more information.`,
    'partner',
    ({ alert }) => alert('INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO'),
  ]),
  ...account(
    'account_alerts PROFILE_PICTURE_LOST, severity CRITICAL',
    [() => 'lost its profile picture: It is gone.', 'partner', ({ alert }) => alert('PROFILE_PICTURE_LOST', 'WARNING')],
    [() => "Meta's alert BRAND_NEW: It is gone.", 'partner', ({ alert }) => alert('BRAND_NEW', 'CRITICAL')],
  ),
]

const quality = (event: string) => (posts: Posts) =>
  posts.number('phone_number_quality_update', { event, max_daily_conversations_per_business: 'TIER_2K' })
const limit = '2,000 conversations a day'
const security = (event: string) => (posts: Posts) => posts.number('security', { event })
const nameDecided = (decision: string, rejection_reason: string | null) => (posts: Posts, home: Home) =>
  posts.number('phone_number_name_update', { decision, requested_verified_name: home.tag, rejection_reason })
const inApp = ({ shown }: Home) => `Number ${shown} lives in the WhatsApp Business app, too (coexistence).`

const numberRows: ToldRow[] = [
  ...number('phone_number_name_update APPROVED', [
    ({ shown, tag }) => `The name ${tag} of number ${shown} is approved.`,
    'partner',
    nameDecided('APPROVED', null),
  ]),
  ...number('phone_number_name_update REJECTED/DEFERRED', [
    ({ shown, tag }) => `The name ${tag} of number ${shown} was rejected: it does not fit the business.`,
    'partner',
    nameDecided('REJECTED', 'NAME_NOT_CONSISTENT'),
  ]),
  ...number(
    'phone_number_quality_update ONBOARDING, THROUGHPUT_UPGRADE',
    [({ shown }) => `Number ${shown} is being registered, limit ${limit}.`, 'partner', quality('ONBOARDING')],
    [({ shown }) => `Number ${shown} may send faster now, limit ${limit}.`, 'partner', quality('THROUGHPUT_UPGRADE')],
  ),
  ...number(
    'phone_number_quality_update DOWNGRADE, FLAGGED (older)',
    [
      ({ shown }) => `Quality problem on number ${shown}. Its limit was lowered to ${limit}.`,
      'both',
      quality('DOWNGRADE'),
    ],
    [({ shown }) => `Quality problem on number ${shown}. It is flagged, limit ${limit}.`, 'both', quality('FLAGGED')],
  ),
  ...number(
    'phone_number_quality_update UPGRADE, UNFLAGGED (older)',
    [({ shown }) => `The limit of number ${shown} was raised to ${limit}.`, 'partner', quality('UPGRADE')],
    [({ shown }) => `Number ${shown} is not flagged any more, limit ${limit}.`, 'partner', quality('UNFLAGGED')],
  ),
  ...number('security PIN_RESET_REQUEST', [
    ({ shown }) => `Somebody asked to switch two-step verification off for ${shown}.`,
    'partner',
    security('PIN_RESET_REQUEST'),
  ]),
  ...number('security PIN_REQUEST_SUCCESS', [
    ({ shown }) => `Two-step verification is off for ${shown}.`,
    'both',
    security('PIN_REQUEST_SUCCESS'),
  ]),
  ...number('security PIN_CHANGED', [
    ({ shown }) => `The PIN was set or changed on ${shown}: two-step verification is on.`,
    'partner',
    security('PIN_CHANGED'),
  ]),
  ...number(
    'smb_app_state_sync, smb_message_echoes, history',
    [inApp, 'partner', ({ lives }) => lives('smb_app_state_sync')],
    [inApp, 'partner', ({ lives }) => lives('smb_message_echoes')],
    [inApp, 'partner', ({ lives }) => lives('history')],
  ),
  ...number('messages status failed 131042', [
    ({ shown }) => `Sending is blocked on ${shown}: payment problem (131042).`,
    'both',
    ({ failed }) => failed(131042),
  ]),
  ...number('messages errors 131031, 131037, 131045, 133010, 368, 130497', [
    ({ shown }) => `Number ${shown} cannot send: the account is locked (131031).`,
    'both',
    ({ failed }) => failed(131031),
  ]),
]

const reviewed = (event: string) => (posts: Posts, home: Home) =>
  posts.template('message_template_status_update', home.tag, { event, reason: 'NONE' })
const becomes = (event: string, words: string): Said => [
  ({ tag }) => `Template ${tag} (de) ${words}.`,
  'partner',
  reviewed(event),
]

const templateRows: ToldRow[] = [
  ...account('message_template_status_update APPROVED', becomes('APPROVED', 'is approved')),
  ...account(
    'message_template_status_update REJECTED, PAUSED, DISABLED, FLAGGED, LIMIT_EXCEEDED, LOCKED',
    becomes('REJECTED', 'was rejected'),
    becomes('PAUSED', 'is paused'),
    becomes('DISABLED', 'is disabled'),
    becomes('FLAGGED', 'is flagged for its quality'),
    becomes('LIMIT_EXCEEDED', 'is over its limit'),
    becomes('LOCKED', 'is locked'),
  ),
  ...account(
    'message_template_status_update ARCHIVED, UNARCHIVED, DELETED, PENDING, PENDING_DELETION, IN_APPEAL, REINSTATED',
    becomes('ARCHIVED', 'was archived'),
    becomes('UNARCHIVED', 'is back from the archive'),
    becomes('DELETED', 'was deleted'),
    becomes('PENDING', 'is in review'),
    becomes('PENDING_DELETION', 'will be deleted'),
    becomes('IN_APPEAL', 'is in appeal'),
    becomes('REINSTATED', 'is reinstated'),
  ),
  ...account(
    'message_template_quality_update',
    [
      ({ tag }) => `Quality of template ${tag} (de) went from high to low.`,
      'partner',
      ({ template }, { tag }) =>
        template('message_template_quality_update', tag, { previous_quality_score: 'GREEN', new_quality_score: 'RED' }),
    ],
    [
      ({ tag }) => `Quality of template ${tag} (de) went from unknown to high.`,
      'partner',
      ({ template }, { tag }) =>
        template('message_template_quality_update', tag, {
          previous_quality_score: 'UNKNOWN',
          new_quality_score: 'GREEN',
        }),
    ],
  ),
  ...account('template_category_update announced', [
    ({ tag }) => `Template ${tag} (de) becomes marketing`,
    'partner',
    ({ template }, { tag }) =>
      template('template_category_update', tag, { new_category: 'UTILITY', correct_category: 'MARKETING' }),
  ]),
  ...account('template_category_update done', [
    ({ tag }) => `Template ${tag} (de) moved from utility to marketing: its price changes.`,
    'partner',
    ({ template }, { tag }) =>
      template('template_category_update', tag, { previous_category: 'UTILITY', new_category: 'MARKETING' }),
  ]),
]

/** What is told within a quarter of an hour. */
export const toldSoon: readonly ToldRow[] = [
  ...hubRows,
  ...sharingRows,
  ...accountRows,
  ...alertRows,
  ...numberRows,
  ...templateRows,
]

const small =
  'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE, VOLUME_BASED_PRICING_TIER_UPDATE, AUTH_INTL_PRICE_ELIGIBILITY_UPDATE, AD_ACCOUNT_LINKED, MM_LITE_TERMS_SIGNED'

/** What waits for the digest of the next morning. */
export const toldInTheMorning: readonly ToldRow[] = [
  ...account(
    small,
    [
      ({ waba }) => `WhatsApp account ${waba} has a new home country, DE.`,
      'partner',
      ({ account }) => account('BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', { country: 'DE' }),
    ],
    [
      ({ waba }) => `WhatsApp account ${waba} reached another price tier: 1:2, utility, Germany.`,
      'partner',
      ({ account }) =>
        account('VOLUME_BASED_PRICING_TIER_UPDATE', {
          volume_tier_info: { pricing_category: 'UTILITY', tier: '1:2', region: 'Germany' },
        }),
    ],
    [
      ({ waba }) => `International authentication prices apply to WhatsApp account ${waba}`,
      'partner',
      ({ account }) => account('AUTH_INTL_PRICE_ELIGIBILITY_UPDATE'),
    ],
    [
      ({ waba }) => `An ad account was linked to WhatsApp account ${waba}.`,
      'partner',
      ({ shared }) => shared('AD_ACCOUNT_LINKED'),
    ],
    [
      ({ waba }) => `The terms of the marketing messages API were signed for WhatsApp account ${waba}.`,
      'partner',
      ({ shared }) => shared('MM_LITE_TERMS_SIGNED'),
    ],
  ),
  ...account('account_settings_update', [
    () => 'The calling settings of number 610000000000021 changed.',
    'partner',
    ({ meta }) => meta('account_settings_update', { phone_number_settings: { phone_number_id: '610000000000021' } }),
  ]),
  ...number('business_username_updates', [
    ({ shown, tag }) => `Username ${tag} of number ${shown}: approved.`,
    'partner',
    (posts, { tag }) => posts.number('business_username_updates', { username: tag, status: 'approved' }),
  ]),
  ...account('message_template_components_update', [
    ({ tag }) => `Template ${tag} (de) was edited.`,
    'partner',
    ({ template }, { tag }) => template('message_template_components_update', tag, {}),
  ]),
  ...account('template_correct_category_detection', [
    ({ tag }) => `Meta checked the category of template ${tag} (de): utility, it should be marketing.`,
    'partner',
    ({ template }, { tag }) =>
      template('template_correct_category_detection', tag, { category: 'UTILITY', correct_category: 'MARKETING' }),
  ]),
  ...number('messages other failures', [
    ({ shown }) => `1 message from ${shown} failed with error 131026: Not sent.`,
    'partner',
    ({ failed }) => failed(131026),
  ]),
]
