import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTexts } from '../../src/bot/texts.ts'
import { catalogue } from '../../src/flows/index.ts'
import { ignored, kinds } from '../../src/notify/kinds/index.ts'
import { longest } from '../../src/notify/kinds/row.ts'
import type { Reading, Told } from '../../src/notify/notice.ts'
import { read, unknown } from '../../src/notify/read.ts'
import { sayLine } from '../../src/notify/say.ts'
import {
  account,
  alert,
  balance,
  ban,
  certified,
  change,
  channel,
  channelWithNumber,
  failed,
  hub,
  hubTemplate,
  meta,
  metadata,
  number,
  policy,
  poll,
  portfolio,
  shared,
  solution,
  template,
  templateStatus,
  waba,
} from './told.ts'

const texts = openTexts(new URL('../../locales/', import.meta.url))('en', 'Europe/Berlin')
const keys: Record<string, string> = { desk: 'SC', partner: 'PC', 'destination-partner': 'DC' }
const letters = { critical: 'C', warning: 'W', info: 'I' } as const

/** A reading in one line: `C waba:700… SC,PC account-deleted: WhatsApp account 700… was deleted.` */
function line(reading: Reading): string {
  const { severity, subject, audience, kind, digest } = reading
  const to = audience.map((each) => keys[each]).join(',') + (digest ? ' digest' : '')
  return `${letters[severity]} ${subject.type}:${subject.id} ${to} ${kind}: ${sayLine(reading, texts).replaceAll('\u00a0', ' ')}`
}

const said = (told: Told) => read(told).map(line)

/** One reading, for what tells of one thing. */
function only(told: Told): Reading {
  const [reading, ...more] = read(told)
  if (!reading || more.length > 0) throw new Error(`${more.length + (reading ? 1 : 0)} readings`)
  return reading
}

const client = { client: { id: 'Hn42TtqrCL', name: 'Acme GmbH', contact_info: { email: 'ops@acme.example' } } }
const phone = 'phone:4915550001234'
const number1 = '+49 15550 001234'

/** An event, and what is said about it. */
const hubSays: [Told, string][] = [
  [hub('client_created', client), 'I client:Hn42TtqrCL PC client-created: New client Acme GmbH registered.'],
  [
    hub('client_created', { id: 'Hn42TtqrCL', name: 'Acme GmbH' }),
    'I client:Hn42TtqrCL PC client-created: New client Acme GmbH registered.',
  ],
  [
    channel('channel_created', { ...client, setup_info: { phone_number: '493000000001', phone_name: 'Acme Support' } }),
    'I phone:493000000001 PC channel-created: Number +49 30 00000001 was submitted by Acme GmbH.',
  ],
  [
    channel('channel_created', { phone_number: '493000000001' }),
    'I phone:493000000001 PC channel-created: Number +49 30 00000001 was submitted.',
  ],
  [
    channel('channel_submitted'),
    'I client:Hn42TtqrCL PC channel-submitted: Number of channel Kd73LmCH was sent to Meta.',
  ],
  [
    channelWithNumber('channel_ready'),
    'I phone:493000000001 PC channel-ready: Number +49 30 00000001 can be registered now.',
  ],
  [
    channelWithNumber('channel_running'),
    'I phone:493000000001 PC channel-running: Number +49 30 00000001 is registered.',
  ],
  [channelWithNumber('channel_live'), 'I phone:493000000001 PC,SC channel-live: Number +49 30 00000001 is live.'],
  [
    channel('channel_permission_granted'),
    'I client:Hn42TtqrCL PC key-permission-granted: Key permission was granted for channel Kd73LmCH.',
  ],
  [
    channelWithNumber('channel_permission_revoked'),
    'W phone:493000000001 PC,SC key-permission-revoked: Key permission was withdrawn for +49 30 00000001.',
  ],
  [
    policy('account_violation'),
    'C waba:2040000000000001 SC,PC account-violation: Policy violation on WhatsApp account 2040000000000001, number +49 30 00000001: spam.',
  ],
  [
    hub('account_violation', { phone_number: '493000000001' }),
    'C phone:493000000001 SC,PC account-violation: Policy violation on WhatsApp account, number +49 30 00000001.',
  ],
  [
    policy('account_restriction'),
    'C waba:2040000000000001 SC,PC account-restriction: WhatsApp account 2040000000000001, number +49 30 00000001 is restricted: spam.',
  ],
  [
    channel('cancellation_request', { cancelled_at: '2026-04-10T08:00:00Z' }),
    'W client:Hn42TtqrCL PC,SC cancellation-requested: Cancellation of number of channel Kd73LmCH was requested; it ends on April 30, 2026.',
  ],
  [
    channel('cancellation_request', { cancelled_at: 1775808000 }),
    'W client:Hn42TtqrCL PC,SC cancellation-requested: Cancellation of number of channel Kd73LmCH was requested; it ends on April 30, 2026.',
  ],
  [
    channel('cancellation_revoke', { cancelled_at: null }),
    'I client:Hn42TtqrCL PC cancellation-withdrawn: Cancellation of number of channel Kd73LmCH was withdrawn.',
  ],
  [
    channelWithNumber('cancellation_processed'),
    'W phone:493000000001 PC,SC cancellation-done: Number +49 30 00000001 is cancelled for good.',
  ],
  [
    hubTemplate('waba_template_status_changed', { new_status: 'REJECTED', rejected_reason: 'INVALID_FORMAT' }),
    'W waba:2040000000000001 PC template-rejected: Template order_update (en) was rejected: wrong format.',
  ],
  [
    hubTemplate('waba_template_status_changed', { new_status: 'APPROVED', rejected_reason: 'NONE' }),
    'I waba:2040000000000001 PC template-approved: Template order_update (en) is approved.',
  ],
  [
    hubTemplate('waba_template_category_changed', { new_category: 'MARKETING' }),
    'W waba:2040000000000001 PC template-category-changed: Template order_update (en) moved to marketing: its price changes.',
  ],
  [
    hub('template_messaging_disabled', { client_id: 'Hn42TtqrCL' }),
    'C client:Hn42TtqrCL PC,SC template-sending-off: Template sending is off because of its balance or an open invoice.',
  ],
  [
    hub('template_messaging_enabled', { client_id: 'Hn42TtqrCL' }),
    'I client:Hn42TtqrCL PC template-sending-on: Template sending is on again.',
  ],
  [
    change('created'),
    'W client:Hn42TtqrCL DC,SC partner-change-created: Client Acme GmbH asks to change partner. The new partner has to approve.',
  ],
  [
    change('pending'),
    'I client:Hn42TtqrCL PC,DC partner-change-pending: The partner change of Acme GmbH was approved and is running.',
  ],
  [
    change('completed'),
    'I client:Hn42TtqrCL PC,DC,SC partner-change-completed: The partner change of Acme GmbH is done.',
  ],
  [change('failed'), 'C client:Hn42TtqrCL SC,PC,DC partner-change-failed: The partner change of Acme GmbH failed.'],
  [
    balance('balance-used-up', -3.2),
    'C client:Hn42TtqrCL PC balance-used-up: The balance of Acme GmbH is used up (-EUR 3.20): sending is blocked.',
  ],
  [
    balance('balance-back', 50),
    'I client:Hn42TtqrCL PC balance-back: The balance of Acme GmbH is above zero again (EUR 50.00).',
  ],
]

const accountsSay: [Told, string][] = [
  [
    shared('PARTNER_ADDED', { solution_id: '930000000000055' }),
    'I waba:700100200300401 SC,PC partner-added: WhatsApp account 700100200300401 is now shared with business 810000000000091, solution 930000000000055.',
  ],
  [
    shared('PARTNER_REMOVED'),
    'W waba:700100200300401 SC,PC partner-removed: WhatsApp account 700100200300401 is no longer shared with business 810000000000091. In a switch of partner, sending stops now.',
  ],
  [
    account(
      'PARTNER_REMOVED',
      { phone_number: '4915550001234', disconnection_info: { reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' } },
      portfolio,
    ),
    `C ${phone} SC,PC coexistence-disconnected: Number ${number1} was disconnected by WhatsApp: the phone was not used for about 14 days.`,
  ],
  [
    shared('PARTNER_APP_INSTALLED', { partner_app_id: '440000000000009' }),
    'I waba:700100200300401 PC app-installed: App 440000000000009 was installed on WhatsApp account 700100200300401.',
  ],
  [
    shared('PARTNER_APP_UNINSTALLED', { partner_app_id: '440000000000009' }),
    'W waba:700100200300401 SC,PC app-removed: App 440000000000009 was removed from WhatsApp account 700100200300401: it hears no webhooks any more.',
  ],
  [
    account(
      'PARTNER_CLIENT_CERTIFICATION_NEEDED',
      { partner_client_certification_needed_info: { client_business_id: '810000000000017' } },
      portfolio,
    ),
    'W client:810000000000017 PC certification-needed: Client (business 810000000000017) must be certified by Meta.',
  ],
  [
    certified('FAILED', 'WEBSITE NOT MATCHING', 'MALFORMED_DOCUMENTS'),
    'W client:810000000000017 PC certification-failed: The certification of client (business 810000000000017) failed: the website does not match, the documents cannot be read.',
  ],
  [
    certified('REVOKED', 'NONE'),
    'W client:810000000000017 PC certification-failed: The certification of client (business 810000000000017) was withdrawn.',
  ],
  [
    certified('APPROVED'),
    'I client:810000000000017 PC certification-passed: Client (business 810000000000017) is certified.',
  ],
  [
    certified('PENDING'),
    'I client:810000000000017 PC certification: The certification of client (business 810000000000017): pending.',
  ],
  [
    account('ACCOUNT_VIOLATION', { violation_info: { violation_type: 'ADULT' } }),
    `C waba:${waba} SC,PC account-violation: Policy violation on WhatsApp account ${waba}: adult content.`,
  ],
  [
    account('ACCOUNT_RESTRICTION', {
      restriction_info: [
        { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: 1769817600 },
        { restriction_type: 'RESTRICTED_TELEPATHY', expiration: 1769817601 },
      ],
    }),
    `C waba:${waba} SC,PC account-restriction: WhatsApp account ${waba} is restricted until Jan 31, 01:00: no new numbers, RESTRICTED_TELEPATHY.`,
  ],
  [
    ban('DISABLE', 'January 9, 2026'),
    `C waba:${waba} SC,PC account-disabled: WhatsApp account ${waba} was disabled on January 9, 2026.`,
  ],
  [
    ban(['SCHEDULE_FOR_DISABLE'], 'next spring'),
    `C waba:${waba} SC,PC account-to-be-disabled: WhatsApp account ${waba} will be disabled on next spring.`,
  ],
  [
    ban('SUSPEND', 'January 9, 2026'),
    `W waba:${waba} SC,PC account-state: Meta changed the state of WhatsApp account ${waba}: SUSPEND, January 9, 2026.`,
  ],
  [ban('REINSTATE'), `I waba:${waba} SC,PC account-reinstated: WhatsApp account ${waba} is reinstated.`],
  [account('ACCOUNT_DELETED'), `C waba:${waba} SC,PC account-deleted: WhatsApp account ${waba} was deleted.`],
  [
    account('ACCOUNT_OFFBOARDED'),
    `W waba:${waba} PC coexistence-left: A number of the Business app left WhatsApp account ${waba}.`,
  ],
  [
    account('ACCOUNT_RECONNECTED', { phone_number: '4915550001234' }),
    `I ${phone} PC coexistence-back: A number of the Business app, ${number1}, is back on WhatsApp account ${waba}.`,
  ],
  [
    account('VERIFIED_ACCOUNT', { phone_number: '4915550001234' }),
    `I ${phone} PC account-verified: The account of number ${number1} is verified.`,
  ],
  [
    account('BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', { country: 'DE' }),
    `I waba:${waba} PC digest home-country-changed: WhatsApp account ${waba} has a new home country, DE.`,
  ],
  [
    account('VOLUME_BASED_PRICING_TIER_UPDATE', {
      volume_tier_info: { tier_update_time: 1767225600, pricing_category: 'UTILITY', tier: '1:2', region: 'Germany' },
    }),
    `I waba:${waba} PC digest price-tier-changed: WhatsApp account ${waba} reached another price tier: 1:2, utility, Germany.`,
  ],
  [
    account('AUTH_INTL_PRICE_ELIGIBILITY_UPDATE', {
      auth_international_rate_eligibility: { start_time: 1767225600, exception_countries: [] },
    }),
    `I waba:${waba} PC digest international-price-changed: International authentication prices apply to WhatsApp account ${waba} from Jan 1, 01:00.`,
  ],
  [
    shared('AD_ACCOUNT_LINKED', { ad_account_linked: '550000000000003' }),
    'I waba:700100200300401 PC digest ad-account-linked: An ad account was linked to WhatsApp account 700100200300401.',
  ],
  [
    shared('MM_LITE_TERMS_SIGNED'),
    'I waba:700100200300401 PC digest marketing-terms-signed: The terms of the marketing messages API were signed for WhatsApp account 700100200300401.',
  ],
  [
    meta('account_review_update', { decision: 'APPROVED' }),
    `I waba:${waba} PC review-passed: WhatsApp account ${waba} passed Meta's review.`,
  ],
  [
    meta('account_review_update', { decision: 'REJECTED' }),
    `W waba:${waba} PC,SC review-not-passed: Meta's review of WhatsApp account ${waba}: rejected.`,
  ],
  [
    meta('account_review_update', { decision: 'PENDING' }),
    `I waba:${waba} PC review: Meta's review of WhatsApp account ${waba}: pending.`,
  ],
  [
    meta('business_capability_update', { max_daily_conversations_per_business: 2000, max_phone_numbers_per_waba: 25 }),
    `I waba:${waba} PC limits-changed: New limits of WhatsApp account ${waba}: 2,000 conversations a day; 25 phone numbers.`,
  ],
  [
    meta('business_capability_update', { max_daily_conversation_per_phone: -1 }),
    `I waba:${waba} PC limits-changed: New limits of WhatsApp account ${waba}: unlimited conversations a day.`,
  ],
  [
    meta('business_status_update', { business_id: '810000000000017', event: 'COMPROMISED_NOTIFICATION' }),
    `W client:810000000000017 SC business-status: Meta reports on the business with WhatsApp account ${waba}: it may be compromised.`,
  ],
  [
    meta('payment_configuration_update', {
      configuration_name: 'acme-upi',
      provider_name: 'payu',
      provider_mid: 'm_0001',
      status: 'Needs Testing',
    }),
    `I waba:${waba} PC india-payments: Payments in India, acme-upi by payu: has to be tested.`,
  ],
  [solution('ACTIVE'), `I partner:${portfolio} SC,PC solution-active: Solution 930000000000055 is active.`],
  [
    solution('PENDING_DEACTIVATION'),
    `W partner:${portfolio} SC,PC solution-ending: Solution 930000000000055: about to be switched off.`,
  ],
  [solution('DRAFT'), `I partner:${portfolio} PC solution-status: Solution 930000000000055: a draft.`],
]

const numbersSay: [Told, string][] = [
  [
    alert('OBA_APPROVED'),
    `I waba:${waba} PC badge-approved: Number 610000000000021 gets the badge of an official business account.`,
  ],
  [
    alert('OBA_REJECTED'),
    `W waba:${waba} PC badge-rejected: Number 610000000000021 does not get the badge of an official business account.`,
  ],
  [
    alert('INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO'),
    `W waba:${waba} PC limit-increase: Limit increase of WhatsApp account ${waba}: Meta needs more information.`,
  ],
  [
    alert('PROFILE_PICTURE_LOST', 'WARNING'),
    `W waba:${waba} PC profile-picture-lost: Number 610000000000021 lost its profile picture: It is gone.`,
  ],
  [
    alert('PROFILE_PICTURE_LOST', 'CRITICAL'),
    `C waba:${waba} PC profile-picture-lost: Number 610000000000021 lost its profile picture: It is gone.`,
  ],
  [
    alert('NEW_TYPE', 'CRITICAL'),
    `C waba:${waba} PC account-alert: Meta's alert for number 610000000000021 NEW_TYPE: It is gone.`,
  ],
  [alert('NEW_TYPE'), `I waba:${waba} PC account-alert: Meta's alert for number 610000000000021 NEW_TYPE: It is gone.`],
  [
    meta('account_settings_update', {
      timestamp: '1767225600',
      type: 'PHONE_NUMBER_SETTINGS',
      phone_number_settings: { phone_number_id: '610000000000021', calling: { status: 'ENABLED' } },
    }),
    `I waba:${waba} PC digest calling-settings: The calling settings of number 610000000000021 changed.`,
  ],
  [
    number('business_username_updates', { username: 'acmeplants', status: 'approved' }),
    `I ${phone} PC digest username: Username acmeplants of number ${number1}: approved.`,
  ],
  [
    number('phone_number_name_update', {
      decision: 'APPROVED',
      requested_verified_name: 'Acme Plants',
      rejection_reason: null,
    }),
    `I ${phone} PC name-approved: The name Acme Plants of number ${number1} is approved.`,
  ],
  [
    number('phone_number_name_update', {
      decision: 'REJECTED',
      requested_verified_name: 'Acme Plants',
      rejection_reason: 'NAME_NOT_CONSISTENT',
    }),
    `W ${phone} PC name-refused: The name Acme Plants of number ${number1} was rejected: it does not fit the business.`,
  ],
  [
    number('phone_number_name_update', { decision: 'PENDING', requested_verified_name: 'Acme Plants' }),
    `I ${phone} PC name-review: The name Acme Plants of number ${number1}: pending.`,
  ],
  [
    number('phone_number_quality_update', { event: 'ONBOARDING', max_daily_conversations_per_business: 'TIER_2K' }),
    `I ${phone} PC number-being-registered: Number ${number1} is being registered, limit 2,000 conversations a day. That does not prove that it is done.`,
  ],
  [
    number('phone_number_quality_update', {
      event: 'THROUGHPUT_UPGRADE',
      max_daily_conversations_per_business: 'TIER_UNLIMITED',
    }),
    `I ${phone} PC throughput-raised: Number ${number1} may send faster now, limit unlimited conversations a day.`,
  ],
  [
    number('phone_number_quality_update', { event: 'DOWNGRADE', current_limit: 'TIER_250', old_limit: 'TIER_1K' }),
    `W ${phone} PC,SC limit-lowered: Quality problem on number ${number1}. Its limit was lowered to 250 conversations a day.`,
  ],
  [
    number('phone_number_quality_update', { event: 'FLAGGED', max_daily_conversations_per_business: 'TIER_9' }),
    `W ${phone} PC,SC number-flagged: Quality problem on number ${number1}. It is flagged, limit TIER_9.`,
  ],
  [
    number('phone_number_quality_update', { event: 'UPGRADE', current_limit: 'TIER_1K' }),
    `I ${phone} PC limit-raised: The limit of number ${number1} was raised to 1,000 conversations a day.`,
  ],
  [
    number('phone_number_quality_update', { event: 'UNFLAGGED' }),
    `I ${phone} PC number-unflagged: Number ${number1} is not flagged any more.`,
  ],
  [
    number('phone_number_quality_update', { event: 'SOMETHING_NEW' }),
    `I ${phone} PC number-quality: Number ${number1}: SOMETHING_NEW.`,
  ],
  [
    number('security', { event: 'PIN_RESET_REQUEST', requester: '61000000000001' }),
    `I ${phone} PC two-step-off-asked: Somebody asked to switch two-step verification off for ${number1}. The link in Meta's e-mail is still to be opened.`,
  ],
  [
    number('security', { event: 'PIN_REQUEST_SUCCESS' }),
    `I ${phone} PC,SC two-step-off: Two-step verification is off for ${number1}.`,
  ],
  [
    number('security', { event: 'PIN_CHANGED' }),
    `W ${phone} PC two-step-on: The PIN was set or changed on ${number1}: two-step verification is on.`,
  ],
  ...['smb_app_state_sync', 'smb_message_echoes', 'history'].map((field): [Told, string] => [
    meta(field, metadata),
    `I ${phone} PC coexistence: Number ${number1} lives in the WhatsApp Business app, too (coexistence). Such a number cannot be migrated.`,
  ]),
]

const status = (event: string, word: string, severity: 'I' | 'W', text: string): [Told, string] => [
  templateStatus(event),
  `${severity} waba:${waba} PC template-${word}: Template order_ready (de) ${text}.`,
]

const templatesSay: [Told, string][] = [
  status('APPROVED', 'approved', 'I', 'is approved'),
  [
    templateStatus('REJECTED', { reason: 'PROMOTIONAL' }),
    `W waba:${waba} PC template-rejected: Template order_ready (de) was rejected: too promotional.`,
  ],
  [
    templateStatus('PAUSED', { other_info: { title: 'FIRST_PAUSE', description: 'made-up text' } }),
    `W waba:${waba} PC template-paused: Template order_ready (de) is paused: first pause.`,
  ],
  [
    templateStatus('DISABLED', { reason: 'A_NEW_REASON' }),
    `W waba:${waba} PC template-disabled: Template order_ready (de) is disabled: A_NEW_REASON.`,
  ],
  [
    templateStatus('DISABLED', { other_info: { title: 'DISABLED', description: 'made-up text' } }),
    `W waba:${waba} PC template-disabled: Template order_ready (de) is disabled.`,
  ],
  [
    templateStatus('REJECTED', { rejection_info: { reason: 'A sample is missing', recommendation: 'Add one' } }),
    `W waba:${waba} PC template-rejected: Template order_ready (de) was rejected: A sample is missing.`,
  ],
  status('FLAGGED', 'flagged', 'W', 'is flagged for its quality'),
  status('LIMIT_EXCEEDED', 'limit-exceeded', 'W', 'is over its limit'),
  status('LOCKED', 'locked', 'W', 'is locked'),
  status('ARCHIVED', 'archived', 'I', 'was archived'),
  status('UNARCHIVED', 'unarchived', 'I', 'is back from the archive'),
  status('DELETED', 'deleted', 'I', 'was deleted'),
  status('PENDING', 'in-review', 'I', 'is in review'),
  status('PENDING_DELETION', 'to-be-deleted', 'I', 'will be deleted'),
  status('IN_APPEAL', 'in-appeal', 'I', 'is in appeal'),
  status('REINSTATED', 'reinstated', 'I', 'is reinstated'),
  [templateStatus('FROZEN'), `I waba:${waba} PC template-status: Template order_ready (de): FROZEN.`],
  [
    template('message_template_quality_update', { previous_quality_score: 'GREEN', new_quality_score: 'RED' }),
    `W waba:${waba} PC template-quality-low: Quality of template order_ready (de) went from high to low.`,
  ],
  [
    template('message_template_quality_update', { previous_quality_score: 'UNKNOWN', new_quality_score: 'GREEN' }),
    `I waba:${waba} PC template-quality-good: Quality of template order_ready (de) went from unknown to high.`,
  ],
  [
    template('message_template_status_update', { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' }),
    `I waba:${waba} PC template-quality: Quality of template order_ready (de) went from high to medium.`,
  ],
  [
    template('message_template_components_update', { message_template_element: 'Order {{1}} is ready' }),
    `I waba:${waba} PC digest template-edited: Template order_ready (de) was edited.`,
  ],
  [
    template('template_category_update', {
      new_category: 'UTILITY',
      correct_category: 'MARKETING',
      category_update_timestamp: 1767312000,
    }),
    `W waba:${waba} PC template-category-announced: Template order_ready (de) becomes marketing on Jan 2, 01:00.`,
  ],
  [
    template('template_category_update', { previous_category: 'UTILITY', new_category: 'MARKETING' }),
    `W waba:${waba} PC template-category-changed: Template order_ready (de) moved from utility to marketing: its price changes.`,
  ],
  [
    template('template_correct_category_detection', { category: 'UTILITY', correct_category: 'MARKETING' }),
    `I waba:${waba} PC digest template-category-checked: Meta checked the category of template order_ready (de): utility, it should be marketing.`,
  ],
]

const messagesSay: [Told, string][] = [
  [failed(131042), `C ${phone} SC,PC sending-blocked: Sending is blocked on ${number1}: payment problem (131042).`],
  [failed(131031), `C ${phone} SC,PC number-error: Number ${number1} cannot send: the account is locked (131031).`],
  [
    meta('messages', { ...metadata, errors: [{ code: 130497, title: 'Business account is restricted' }] }),
    `C ${phone} SC,PC number-error: Number ${number1} cannot send: not allowed in that country (130497).`,
  ],
  [
    failed(131026, 131026),
    `I ${phone} PC digest message-failures: 2 messages from ${number1} failed with error 131026: Message undeliverable.`,
  ],
  [
    meta('messages', { ...metadata, errors: [{ code: '131000', message: 'Something went wrong' }] }),
    `I ${phone} PC digest message-failures: 1 message from ${number1} failed with error 131000: Something went wrong.`,
  ],
]

const everything = [...hubSays, ...accountsSay, ...numbersSay, ...templatesSay, ...messagesSay]
const rows = Object.values(kinds).flatMap((names) => [...names.values()].flatMap((each) => each.rows))

describe('what the platforms tell is said in one line, to the right people:', () => {
  it.each(everything.map(([told, text]) => [text, told] as const))('%s', (text, told) => {
    expect(said(told)).toEqual([text])
  })

  it('there is an example of every kind', () => {
    const shown = new Set(everything.flatMap(([told]) => read(told).map(({ kind }) => kind)))
    expect(rows.map(({ kind }) => kind).filter((kind) => !shown.has(kind))).toEqual([])
  })

  it('failures of several kinds in one change are told apart', () => {
    expect(read(failed(131026, 131042, 131026)).map(({ kind, params, topic }) => [kind, params.count, topic])).toEqual([
      ['message-failures', 2, 'failures:131026'],
      ['sending-blocked', 1, 'failures:131042'],
    ])
  })

  it('what went well, and what nobody needs, is not told', () => {
    const sent = { ...metadata, statuses: [{ id: 'wamid.1', status: 'delivered', timestamp: '1767225600' }] }
    expect(read(meta('messages', sent))).toEqual([])
    expect(read(meta('messages', { ...metadata, messages: [{ text: { body: 'hi' } }] }))).toEqual([])
    for (const field of [...ignored, 'group_settings_update']) expect(read(meta(field, {})), field).toEqual([])
  })
})

/** The value without one of its parts, for each part at any depth. */
function lacking(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const others = Object.entries(value).filter(([other]) => other !== key)
    const all = [others, ...lacking(inner).map((less) => [...others, [key, less] as const])]
    return all.map((entries) => (Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries)))
  })
}

/** The same event with a part of its value left out, in every way. */
const lackingOf = (told: Told): Told[] =>
  told.source === 'meta'
    ? lacking(told.value).map((value) => ({ ...told, value }))
    : lacking(told.data).map((data) => ({ ...told, data }))

describe('where the platform leaves something out, the line has no gap:', () => {
  it.each(everything.map(([told, text]) => [text, told] as const))('%s', (_, told) => {
    const odd = lackingOf(told)
      .flatMap(said)
      .filter((text) => / {2}|[ :,][.,:;]|\(\s*\)|undefined|null|NaN/.test(text))
    expect(odd).toEqual([])
  })
})

describe('what nobody knows is told to the desk by its name alone:', () => {
  const secret = { event: 'A_NEW_EVENT', display_phone_number: '4915550001234', body: 'do not tell' }
  it.each([
    [meta('brand_new_field', secret), 'Meta', 'brand_new_field A_NEW_EVENT'],
    [meta('account_update', secret), 'Meta', 'account_update A_NEW_EVENT'],
    [meta('security', 'not an object'), 'Meta', 'security'],
    [hub('channel_exploded', secret), '360dialog', 'channel_exploded'],
    [hub('channel_live', null), '360dialog', 'channel_live'],
    [poll('balance-used-up', { balance: 'much' }), '360dialog', 'balance-used-up'],
  ])('%j', (told, who, name) => {
    const reading = only(told)
    expect(reading).toMatchObject({ kind: 'unknown-event', severity: 'info', audience: ['desk'], mood: 'news' })
    expect(sayLine(reading, texts)).toBe(`${who} sent something that Portdesk does not know: ${name}.`)
    expect(JSON.stringify(reading)).not.toContain('do not tell')
  })
})

describe('what belongs together has one topic:', () => {
  const topicOf = (told: Told) => {
    const { kind, subject, topic, mood } = only(told)
    return { kind, subject: `${subject.type}:${subject.id}`, topic, mood }
  }

  it('the Hub and Meta tell the same of the same account', () => {
    const id = '2040000000000001'
    const byMeta = [
      meta('account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SPAM' } }, id),
      meta('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info: [] }, id),
      meta(
        'message_template_status_update',
        { event: 'REJECTED', message_template_name: 'order_update', message_template_language: 'en' },
        id,
      ),
      meta(
        'template_category_update',
        { new_category: 'MARKETING', message_template_name: 'order_update', message_template_language: 'en' },
        id,
      ),
    ]
    const byHub = [
      policy('account_violation'),
      policy('account_restriction'),
      hubTemplate('waba_template_status_changed', { new_status: 'rejected' }),
      hubTemplate('waba_template_category_changed', { new_category: 'MARKETING' }),
    ]
    expect(byHub.map(topicOf)).toEqual(byMeta.map(topicOf))
  })

  const quality = (event: string) => number('phone_number_quality_update', { event })
  const score = (new_quality_score: string) => template('message_template_quality_update', { new_quality_score })
  it.each<[string, Told, Told]>([
    ['disabled and reinstated', ban('DISABLE'), ban('REINSTATE')],
    ['to be disabled and reinstated', ban('SCHEDULE_FOR_DISABLE'), ban('REINSTATE')],
    ['paused and approved', templateStatus('PAUSED'), templateStatus('APPROVED')],
    ['disabled and reinstated templates', templateStatus('DISABLED'), templateStatus('REINSTATED')],
    ['low and high quality', score('RED'), score('GREEN')],
    ['flagged and not any more', quality('FLAGGED'), quality('UNFLAGGED')],
    ['limits down and up', quality('DOWNGRADE'), quality('UPGRADE')],
    ['no longer shared and shared', shared('PARTNER_REMOVED'), shared('PARTNER_ADDED')],
    ['left and back', account('ACCOUNT_OFFBOARDED'), account('ACCOUNT_RECONNECTED')],
    ['removed and installed', shared('PARTNER_APP_UNINSTALLED'), shared('PARTNER_APP_INSTALLED')],
    ['certified at last', certified('FAILED'), certified('APPROVED')],
    [
      'reviewed at last',
      meta('account_review_update', { decision: 'DEFERRED' }),
      meta('account_review_update', { decision: 'APPROVED' }),
    ],
    [
      'a better name',
      number('phone_number_name_update', { decision: 'REJECTED' }),
      number('phone_number_name_update', { decision: 'APPROVED' }),
    ],
    [
      'template sending off and on',
      hub('template_messaging_disabled', { client_id: 'a' }),
      hub('template_messaging_enabled', { client_id: 'a' }),
    ],
    ['balance down and up', balance('balance-used-up', 0), balance('balance-back', 1)],
    ['cancelled and not', channel('cancellation_request'), channel('cancellation_revoke')],
    ['permission withdrawn and granted', channel('channel_permission_revoked'), channel('channel_permission_granted')],
    ['a change that failed and was done', change('failed'), change('completed')],
    ['a solution that ends and is active', solution('REJECTED'), solution('ACTIVE')],
  ])('%s', (_, problem, relief) => {
    const [before, after] = [topicOf(problem), topicOf(relief)]
    expect([before.mood, after.mood]).toEqual(['problem', 'relief'])
    expect([after.subject, after.topic]).toEqual([before.subject, before.topic])
  })

  it('two-step on and off is news, of one topic', () => {
    const events = ['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS']
    expect(
      events.map((event) => topicOf(number('security', { event }))).map(({ topic, mood }) => `${topic} ${mood}`),
    ).toEqual(Array(3).fill('two-step news'))
  })

  it('two numbers whose digits are not said stay apart', () => {
    const other = meta('account_alerts', {
      entity_type: 'PHONE_NUMBER',
      entity_id: '610000000000022',
      alert_info: { alert_type: 'OBA_APPROVED' },
    })
    expect(topicOf(alert('OBA_APPROVED')).topic).not.toBe(topicOf(other).topic)
    expect(topicOf(channel('channel_ready')).topic).toBe(topicOf(channel('channel_live')).topic)
    expect(topicOf(channel('channel_ready')).topic).not.toBe(
      topicOf(channel('channel_ready', { id: 'Other1CH' })).topic,
    )
  })

  it('an account that is out of order silences its templates, quality and limits; one that goes on sending nothing', () => {
    const silenced = [templateStatus('PAUSED'), score('RED'), quality('FLAGGED'), quality('DOWNGRADE')].map(topicOf)
    const business = topicOf(meta('business_capability_update', { max_phone_numbers_per_waba: 2 }))
    for (const told of [ban('DISABLE'), account('ACCOUNT_DELETED')]) {
      const { inhibits = [], topic: own } = only(told)
      for (const { topic } of [...silenced, business]) {
        expect(
          inhibits.some((beginning) => topic.startsWith(beginning)),
          topic,
        ).toBe(true)
      }
      expect(inhibits.some((beginning) => own.startsWith(beginning))).toBe(false)
    }
    expect(only(hub('template_messaging_disabled', { client_id: 'a' })).inhibits).toBeUndefined()
    expect(only(ban('REINSTATE')).inhibits).toBeUndefined()
    // Meta never tells the end of a violation.
    for (const told of [policy('account_violation'), policy('account_restriction')]) {
      expect(only(told).inhibits).toBeUndefined()
    }
  })
})

describe('a reading says when and about whom:', () => {
  it('the time of Meta’s envelope, or that of the failure itself', () => {
    expect(only(number('security', { event: 'PIN_CHANGED' })).at).toBe(1767225600_000)
    expect(only(failed(131042)).at).toBe(1767225700_000)
    expect(only(channel('channel_live')).at).toBeUndefined()
  })

  it('every id by which a case or an owner may be found', () => {
    expect(only(shared('PARTNER_ADDED')).about).toEqual({
      phones: [],
      channels: [],
      wabas: [portfolio, '700100200300401', '810000000000017'],
    })
    expect(only(number('security', { event: 'PIN_CHANGED', display_phone_number: '+49 1555 0001234' })).about).toEqual({
      phones: ['4915550001234'],
      channels: [],
      wabas: [waba],
    })
    expect(only(channelWithNumber('channel_live'))).toMatchObject({
      about: { phones: ['493000000001'], channels: ['Kd73LmCH'] },
      hub: { client: 'Hn42TtqrCL' },
    })
    expect(only(policy('account_violation')).about.wabas).toEqual(['Pw90RsWA', '2040000000000001'])
    expect(only(change('created'))).toMatchObject({
      hub: { client: 'Hn42TtqrCL', partner: 'Aa11PA' },
      destinationHub: 'Bb22PA',
    })
  })

  it('nobody’s name but the client’s, and no text of a template', () => {
    const told = [
      number('security', { event: 'PIN_RESET_REQUEST', requester: '61000000000001' }),
      template('message_template_components_update', { message_template_element: 'Dear Kim' }),
      channel('channel_created', { client: { id: 'Hn42TtqrCL', name: 'Acme', contact_user: { name: 'Ada Ops' } } }),
    ]
    expect(JSON.stringify(told.flatMap(read))).not.toMatch(/61000000000001|Kim|Ada/)
  })
})

describe('whatever is sent,', () => {
  const names = [...kinds.meta.keys(), ...kinds.hub.keys(), ...kinds.poll.keys(), 'nothing_known']
  const events = everything.flatMap(([{ ...told }]) => ('value' in told ? [told.value] : [told.data]))
  const keysSeen = [...new Set(JSON.stringify(events).match(/"\w+":/g) ?? [])].map((key) => key.slice(1, -2))
  const words = [...new Set(JSON.stringify(events).match(/:"[A-Z_]+"/g) ?? [])].map((word) => word.slice(2, -1))
  const leaf = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(...words),
    fc.string({ unit: 'binary', maxLength: 500 }),
  )
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keysSeen), tie('value'), { maxKeys: 8 }),
    ),
  })).value
  const told = fc.record({
    name: fc.constantFrom(...names),
    value,
    entry: fc.oneof(leaf, fc.constant(waba)),
    time: leaf,
  })

  it('reading it neither fails nor lets through what a row or a message cannot hold', () => {
    fc.assert(
      fc.property(told, fc.constantFrom('meta', 'hub', 'poll'), ({ name, value, entry, time }, source) => {
        const change = { source, field: name, event: name, value, data: value, entry, time } as unknown as Told
        for (const reading of read(change)) {
          expect(reading.topic.length).toBeLessThanOrEqual(longest)
          expect(reading.subject.id).toMatch(/^[\w.-]{1,64}$/)
          if (reading.at !== undefined) expect(new Date(reading.at).getTime()).not.toBeNaN()
          for (const param of Object.values(reading.params)) {
            if (typeof param === 'number') expect(Number.isFinite(param)).toBe(true)
            else expect(param.length <= longest && param.isWellFormed() && !/\p{Cc}/u.test(param), param).toBe(true)
          }
          expect(sayLine(reading, texts)).not.toMatch(/\{\{|^notices\.|^$/)
        }
      }),
      { numRuns: 100 },
    )
  })
})

it('a time that is an object is none', () => {
  const told = { source: 'meta', field: 'nothing_known', value: {}, time: { toString: 0 } } as unknown as Told
  expect(read(told)[0]?.at).toBeUndefined()
})

describe('every kind', () => {
  const all = [...rows, ...unknown.rows]
  it.each([...new Set(all.map(({ kind }) => kind))])('%s has a title and a text', (kind) => {
    expect(texts.has(`notices.kinds.${kind}.title`)).toBe(true)
    expect(texts.has([`notices.kinds.${kind}.text`, `notices.kinds.${kind}.text_other`])).toBe(true)
  })

  it('says what helps next in words, or by a procedure that there is', () => {
    const next = everything.flatMap(([told]) => read(told).flatMap((reading) => reading.next ?? []))
    const missing = next.filter((each) =>
      'flow' in each ? !catalogue.some(({ id }) => id === each.flow) : !texts.has(`notices.advice.${each.advice}`),
    )
    expect(missing).toEqual([])
  })
})

const specs = new URL('../../../shared/procedures.md', import.meta.url)

describe.skipIf(!existsSync(specs))(
  'the tables of procedures.md 17 (skipped where the document is not at hand)',
  () => {
    const severities: Record<string, string> = { C: 'critical', W: 'warning', I: 'info' }

    /** The rows of both tables: number of the table, then the cells. */
    function tables(): { table: string; cells: string[] }[] {
      const document = existsSync(specs) ? readFileSync(specs, 'utf8') : ''
      let table = ''
      return document.split('\n').flatMap((written) => {
        const heading = /^#{2,3} (\S+)/.exec(written)?.[1]
        if (heading !== undefined) table = heading
        if (!/^17\.[12]$/.test(table) || !/^\| (?!Event|Field|---)/.test(written)) return []
        return [
          {
            table,
            cells: written
              .split('|')
              .slice(1, -1)
              .map((cell) => cell.trim().replaceAll('`', '')),
          },
        ]
      })
    }
    const documented = tables()
      .filter(({ cells: [, severity] }) => severity !== 'ignore (log)')
      .map(({ table, cells }) => ({ ref: `${table} ${cells[0]}`, cells }))

    it('have an entry here for each of their rows, and none that is not theirs', () => {
      const refs = new Set(rows.flatMap(({ ref }) => ref ?? []))
      expect([...refs].toSorted()).toEqual(documented.map(({ ref }) => ref).toSorted())
    })

    it.each(documented.map(({ ref, cells }) => [ref, cells] as const))(
      '%s: severity, subject, audience, steps',
      (ref, cells) => {
        const [, severity = '', subject = '', audience = '', , , completes = ''] = cells
        const own = rows.filter((row) => row.ref === ref)
        const wanted = [...severity.matchAll(/\b[CWI]\b/g)].map(([letter]) => severities[letter])
        for (const row of own) {
          if (typeof row.severity === 'string') expect(wanted).toContain(row.severity)
          expect(subject.split('/')).toContain(row.subject)
          expect(row.audience.includes('desk')).toBe(/\bSC\b/.test(audience))
          expect(row.audience.some((each) => each !== 'desk')).toBe(/\bPC\b/.test(audience))
          expect(row.digest === true).toBe(/digest/.test(audience))
        }
        expect(own.map((row) => row.completes ?? [])).toContainEqual(
          completes.match(/\b[a-z]{2,3}-[a-zA-Z0-9]+\b/g) ?? [],
        )
      },
    )

    it('pass over what they tell to ignore', () => {
      const cell = tables().find(({ cells: [, severity] }) => severity === 'ignore (log)')?.cells[0]
      expect(cell?.split(', ').toSorted()).toEqual(ignored.toSorted())
    })
  },
)
