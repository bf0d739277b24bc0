import { z } from 'zod'
import { alertKinds } from './alerts.ts'
import { limitOf } from './business.ts'
import { msOf, reasonOf, text } from './loose.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'

const both = ['partner', 'desk'] as const
const partner = ['partner'] as const

const name = z
  .looseObject({ decision: text, requested_verified_name: text, rejection_reason: text })
  .transform((value) => ({
    decision: value.decision,
    name: value.requested_verified_name,
    reason: reasonOf(value.rejection_reason),
  }))
type Name = z.infer<typeof name>
const nameRow = {
  subject: 'phone',
  audience: partner,
  topic: 'name',
  params: ({ name, decision, reason }: Name) => ({ name, decision, reason }),
} satisfies Partial<Row<Name>>

const names: readonly Row<Name>[] = [
  {
    ...nameRow,
    ref: '17.2 phone_number_name_update APPROVED',
    fits: ({ decision }) => decision === 'APPROVED',
    kind: 'name-approved',
    severity: 'info',
    mood: 'relief',
    next: { advice: 'retry-migration' },
    completes: ['nm-c6'],
  },
  {
    ...nameRow,
    ref: '17.2 phone_number_name_update REJECTED/DEFERRED',
    fits: ({ decision }) => decision === 'REJECTED' || decision === 'DEFERRED',
    kind: 'name-refused',
    severity: 'warning',
    mood: 'problem',
    next: { advice: 'name-guidelines' },
  },
  { ...nameRow, kind: 'name-review', severity: 'info', mood: 'news' },
]

const quality = z
  .looseObject({ event: text, max_daily_conversations_per_business: text, current_limit: text })
  .transform(({ event, max_daily_conversations_per_business: limit, current_limit: older }) => ({
    event,
    limit: limitOf(limit ?? older),
  }))
type Quality = z.infer<typeof quality>

const started = '17.2 phone_number_quality_update ONBOARDING, THROUGHPUT_UPGRADE'
const worse = '17.2 phone_number_quality_update DOWNGRADE, FLAGGED (older)'
const better = '17.2 phone_number_quality_update UPGRADE, UNFLAGGED (older)'

const good = { severity: 'info', audience: partner } as const
const bad = { severity: 'warning', audience: both, mood: 'problem', next: { advice: 'review-quality' } } as const

const qualityRow = (
  event: string,
  ref: string,
  row: Pick<Row<Quality>, 'kind' | 'severity' | 'audience' | 'mood' | 'topic' | 'next'>,
): Row<Quality> => ({
  ...row,
  ref,
  fits: (value) => value.event === event,
  subject: 'phone',
  params: ({ limit }) => ({ limit }),
})

const qualities: readonly Row<Quality>[] = [
  qualityRow('ONBOARDING', started, {
    ...good,
    kind: 'number-being-registered',
    mood: 'news',
    topic: 'registration',
    next: { advice: 'watch' },
  }),
  qualityRow('THROUGHPUT_UPGRADE', started, { ...good, kind: 'throughput-raised', mood: 'news', topic: 'throughput' }),
  qualityRow('DOWNGRADE', worse, { ...bad, kind: 'limit-lowered', topic: 'limit' }),
  qualityRow('FLAGGED', worse, { ...bad, kind: 'number-flagged', topic: 'quality' }),
  qualityRow('UPGRADE', better, { ...good, kind: 'limit-raised', mood: 'relief', topic: 'limit' }),
  qualityRow('UNFLAGGED', better, { ...good, kind: 'number-unflagged', mood: 'relief', topic: 'quality' }),
  {
    ...good,
    kind: 'number-quality',
    subject: 'phone',
    mood: 'news',
    topic: ({ event }) => `quality-event:${event ?? ''}`,
    params: ({ event, limit }) => ({ event, limit }),
  },
]

const security = z.looseObject({ event: text })
type Security = z.infer<typeof security>
const pin = (
  event: string,
  row: Pick<Row<Security>, 'kind' | 'severity' | 'audience' | 'next' | 'completes'>,
): Row<Security> => ({
  ...row,
  ref: `17.2 security ${event}`,
  fits: (value) => value.event === event,
  subject: 'phone',
  mood: 'news',
  topic: 'two-step',
})

const settings = z.looseObject({ timestamp: text })
const username = z.looseObject({ username: text, status: text })

const coexistence = kindsOf(z.looseObject({}), [
  {
    ref: '17.2 smb_app_state_sync, smb_message_echoes, history',
    kind: 'coexistence',
    severity: 'info',
    subject: 'phone',
    audience: partner,
    mood: 'news',
    topic: 'coexistence',
    next: { advice: 'disconnect-business-app' },
    completes: ['nm-c14'],
  },
])

/** Fields of Meta's that are about a number (procedures.md 17.2). */
export const numberKinds: Record<string, Kinds> = {
  ...alertKinds,
  account_settings_update: kindsOf(settings, [
    {
      ref: '17.2 account_settings_update',
      kind: 'calling-settings',
      severity: 'info',
      subject: 'phone',
      audience: partner,
      mood: 'news',
      topic: 'calling',
      digest: true,
      at: ({ timestamp }) => msOf(timestamp),
    },
  ]),
  business_username_updates: kindsOf(username, [
    {
      ref: '17.2 business_username_updates',
      kind: 'username',
      severity: 'info',
      subject: 'phone',
      audience: partner,
      mood: 'news',
      topic: 'username',
      params: ({ username: name, status }) => ({ name, status }),
      digest: true,
    },
  ]),
  phone_number_name_update: kindsOf(name, names),
  phone_number_quality_update: kindsOf(quality, qualities),
  security: kindsOf(security, [
    pin('PIN_RESET_REQUEST', {
      kind: 'two-step-off-asked',
      severity: 'info',
      audience: partner,
      next: { advice: 'wait-for-email' },
      completes: ['ts-sA'],
    }),
    pin('PIN_REQUEST_SUCCESS', {
      kind: 'two-step-off',
      severity: 'info',
      audience: both,
      next: { advice: 'go-on' },
      completes: ['ts-sA', 'nm-s2', 'ms-s2', 'po-s3'],
    }),
    pin('PIN_CHANGED', {
      kind: 'two-step-on',
      severity: 'warning',
      audience: partner,
      next: { flow: 'two-step-disable' },
    }),
  ]),
  smb_app_state_sync: coexistence,
  smb_message_echoes: coexistence,
  history: coexistence,
}
