import { z } from 'zod'
import { text } from './loose.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'

const toPartner = ['partner'] as const

const review = z.looseObject({ decision: text })

/** How Meta judged an account (meta.md 5.4). */
const reviews: readonly Row<z.infer<typeof review>>[] = [
  {
    ref: '17.2 account_review_update APPROVED',
    fits: ({ decision }) => decision === 'APPROVED',
    kind: 'review-passed',
    severity: 'info',
    subject: 'waba',
    audience: toPartner,
    mood: 'relief',
    topic: 'review',
    next: { advice: 'go-on' },
    completes: ['nm-c9'],
  },
  {
    ref: '17.2 account_review_update REJECTED/DEFERRED',
    fits: ({ decision }) => decision === 'REJECTED' || decision === 'DEFERRED',
    kind: 'review-not-passed',
    severity: 'warning',
    subject: 'waba',
    audience: ['partner', 'desk'],
    mood: 'problem',
    topic: 'review',
    params: ({ decision }) => ({ decision }),
    next: { advice: 'client-review' },
  },
  {
    kind: 'review',
    severity: 'info',
    subject: 'waba',
    audience: toPartner,
    mood: 'news',
    topic: 'review',
    params: ({ decision }) => ({ decision }),
  },
]

const capability = z.looseObject({
  max_daily_conversations_per_business: text,
  max_daily_conversation_per_phone: text,
  max_phone_numbers_per_business: text,
  max_phone_numbers_per_waba: text,
})

const business = z.looseObject({ event: text })
const payments = z.looseObject({ configuration_name: text, provider_name: text, status: text })

/** Fields of Meta's that are about the business behind an account (procedures.md 17.2). */
export const businessKinds: Record<string, Kinds> = {
  account_review_update: kindsOf(review, reviews),
  business_capability_update: kindsOf(capability, [
    {
      ref: '17.2 business_capability_update',
      kind: 'limits-changed',
      severity: 'info',
      subject: 'waba',
      audience: toPartner,
      mood: 'news',
      topic: 'limits',
      params: (value) => ({
        limit: limitOf(value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone),
        numbers: value.max_phone_numbers_per_business ?? value.max_phone_numbers_per_waba,
      }),
    },
  ]),
  business_status_update: kindsOf(business, [
    {
      ref: '17.2 business_status_update (unsure)',
      kind: 'business-status',
      severity: 'warning',
      subject: 'client',
      audience: ['desk'],
      mood: 'news',
      topic: 'business',
      params: ({ event }) => ({ event }),
      next: { advice: 'ask-support' },
    },
  ]),
  payment_configuration_update: kindsOf(payments, [
    {
      ref: '17.2 payment_configuration_update',
      kind: 'india-payments',
      severity: 'info',
      subject: 'waba',
      audience: toPartner,
      mood: 'news',
      topic: ({ configuration_name: name }) => `payments:${name ?? ''}`,
      params: (value) => ({ name: value.configuration_name, provider: value.provider_name, status: value.status }),
    },
  ]),
}

const tiers: Record<string, string> = {
  '50': 'TIER_50',
  '250': 'TIER_250',
  '1000': 'TIER_1K',
  '2000': 'TIER_2K',
  '10000': 'TIER_10K',
  '100000': 'TIER_100K',
  '-1': 'TIER_UNLIMITED',
}

/** Meta writes the same limit as a number or as the name of its tier. */
export const limitOf = (limit: string | undefined) => (limit === undefined ? undefined : (tiers[limit] ?? limit))
