import { event, type Update, update } from './account-update.ts'
import { dayOf, momentOf } from './loose.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'
import { sharing } from './sharing.ts'

const both = ['desk', 'partner'] as const
const toPartner = ['partner'] as const

/** What happens to templates, quality and limits does not matter while the account itself is out of order. */
const pointless = ['template', 'quality', 'limit'] as const

/** Told by Meta and by the Hub. */
export const violation = {
  kind: 'account-violation',
  severity: 'critical',
  subject: 'waba',
  audience: both,
  mood: 'problem',
  topic: 'violation',
  next: { advice: 'appeal' },
} satisfies Partial<Row<never>>

/** Told by Meta and by the Hub. */
export const restriction = {
  kind: 'account-restriction',
  severity: 'critical',
  subject: 'waba',
  audience: both,
  mood: 'problem',
  topic: 'restriction',
  next: { advice: 'restriction' },
} satisfies Partial<Row<never>>

const banned = (state: string) => (value: Update) =>
  value.event === 'DISABLED_UPDATE' && value.ban_info.waba_ban_state.includes(state)
const banDate = ({ ban_info }: Update) => ({ date: dayOf(ban_info.waba_ban_date) })
/** The latest end: until then something is restricted. None when something is restricted without an end. */
function restrictedUntil({ restriction_info: all }: Update): string | undefined {
  const ends = all.map(({ expiration }) => Number(expiration ?? Number.NaN))
  return ends.length && ends.every(Number.isFinite) ? momentOf(String(Math.max(...ends))) : undefined
}

const digestRef =
  '17.2 BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE, VOLUME_BASED_PRICING_TIER_UPDATE, AUTH_INTL_PRICE_ELIGIBILITY_UPDATE, AD_ACCOUNT_LINKED, MM_LITE_TERMS_SIGNED'
const small = (name: string, kind: string, params?: Row<Update>['params']): Row<Update> => ({
  ref: digestRef,
  fits: event(name),
  kind,
  severity: 'info',
  subject: 'waba',
  audience: toPartner,
  mood: 'news',
  topic: kind,
  digest: true,
  ...(params && { params }),
})

/** `account_update` where it is about the account itself. */
const itself: readonly Row<Update>[] = [
  {
    ...violation,
    ref: '17.2 ACCOUNT_VIOLATION',
    fits: event('ACCOUNT_VIOLATION'),
    params: ({ violation_info }) => ({ type: violation_info.violation_type }),
  },
  {
    ...restriction,
    ref: '17.2 ACCOUNT_RESTRICTION',
    fits: event('ACCOUNT_RESTRICTION'),
    params: (value) => ({
      types: value.restriction_info.flatMap(({ restriction_type }) => restriction_type ?? []).join(', '),
      until: restrictedUntil(value),
    }),
  },
  {
    ref: '17.2 DISABLED_UPDATE DISABLE / SCHEDULE_FOR_DISABLE',
    fits: banned('DISABLE'),
    kind: 'account-disabled',
    severity: 'critical',
    subject: 'waba',
    audience: both,
    mood: 'problem',
    topic: 'account',
    params: banDate,
    next: { advice: 'appeal' },
    inhibits: pointless,
  },
  {
    ref: '17.2 DISABLED_UPDATE DISABLE / SCHEDULE_FOR_DISABLE',
    fits: banned('SCHEDULE_FOR_DISABLE'),
    kind: 'account-to-be-disabled',
    severity: 'critical',
    subject: 'waba',
    audience: both,
    mood: 'problem',
    topic: 'account',
    params: banDate,
    next: { advice: 'appeal' },
  },
  {
    ref: '17.2 DISABLED_UPDATE REINSTATE',
    fits: banned('REINSTATE'),
    kind: 'account-reinstated',
    severity: 'info',
    subject: 'waba',
    audience: both,
    mood: 'relief',
    topic: 'account',
  },
  {
    fits: event('DISABLED_UPDATE'),
    kind: 'account-state',
    severity: 'warning',
    subject: 'waba',
    audience: both,
    mood: 'news',
    topic: 'account-state',
    params: (value) => ({ state: value.ban_info.waba_ban_state.join(', '), ...banDate(value) }),
  },
  {
    ref: '17.2 ACCOUNT_DELETED',
    fits: event('ACCOUNT_DELETED'),
    kind: 'account-deleted',
    severity: 'critical',
    subject: 'waba',
    audience: both,
    mood: 'problem',
    topic: 'account',
    next: { advice: 'check-cases' },
    inhibits: pointless,
  },
  {
    ref: '17.2 VERIFIED_ACCOUNT (old)',
    fits: event('VERIFIED_ACCOUNT'),
    kind: 'account-verified',
    severity: 'info',
    subject: 'phone',
    audience: toPartner,
    mood: 'news',
    topic: 'verification',
    completes: ['nm-c4'],
  },
  small('BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', 'home-country-changed', ({ country }) => ({ country })),
  small('VOLUME_BASED_PRICING_TIER_UPDATE', 'price-tier-changed', ({ volume_tier_info: info }) => ({
    tier: info.tier,
    category: info.pricing_category,
    region: info.region,
  })),
  small('AUTH_INTL_PRICE_ELIGIBILITY_UPDATE', 'international-price-changed', (value) => ({
    date: momentOf(value.auth_international_rate_eligibility.start_time),
  })),
  small('AD_ACCOUNT_LINKED', 'ad-account-linked'),
  small('MM_LITE_TERMS_SIGNED', 'marketing-terms-signed'),
]

/** `account_update`, by its event (procedures.md 17.2). */
export const accountKinds: Record<string, Kinds> = {
  account_update: kindsOf(update, [...sharing, ...itself]),
}
