import { event, type Update } from './account-update.ts'
import { reasonOf } from './loose.ts'
import type { Ids, Row } from './row.ts'

const both = ['desk', 'partner'] as const
const toPartner = ['partner'] as const

const certified =
  (...states: string[]) =>
  (value: Update) =>
    value.event === 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE' &&
    (states.length === 0 || states.includes(value.certification.status ?? ''))

const appTopic = ({ app }: Update) => (app ? `app:${app}` : 'app')
/** Meta names the client by a business of which the Hub knows nothing. */
const certification = ({ certification: { status, rejection_reasons } }: Update, { client }: Ids) => ({
  business: client,
  status,
  reason: rejection_reasons.flatMap((reason) => reasonOf(reason) ?? []).join(', '),
})

const certificationRef = '17.2 PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE'
const certificationRow = {
  ref: certificationRef,
  subject: 'client',
  audience: toPartner,
  topic: 'certification',
  params: certification,
} satisfies Partial<Row<Update>>

/** `account_update` where it is about who may work with an account: partners, apps, the Business app. */
export const sharing: readonly Row<Update>[] = [
  {
    ref: '17.2 account_update PARTNER_ADDED',
    fits: event('PARTNER_ADDED'),
    kind: 'partner-added',
    severity: 'info',
    subject: 'waba',
    audience: both,
    mood: 'relief',
    topic: (_, { partner }) => `shared:${partner ?? ''}`,
    params: ({ waba_info }, { partner }) => ({ partner, solution: waba_info.solution_id }),
    next: { advice: 'go-on' },
    completes: ['sp-s2', 'ms-s4', 'aw-s2', 'nm-s6'],
  },
  {
    ref: '17.2 PARTNER_REMOVED with disconnection_info',
    fits: (value) => value.event === 'PARTNER_REMOVED' && value.disconnection_info != null,
    kind: 'coexistence-disconnected',
    severity: 'critical',
    subject: 'phone',
    audience: both,
    mood: 'problem',
    topic: 'connection',
    params: ({ disconnection_info }) => ({ reason: disconnection_info?.reason, by: disconnection_info?.initiated_by }),
    next: { advice: 'reconnect' },
  },
  {
    ref: '17.2 PARTNER_REMOVED',
    fits: event('PARTNER_REMOVED'),
    kind: 'partner-removed',
    severity: 'warning',
    subject: 'waba',
    audience: both,
    mood: 'problem',
    topic: (_, { partner }) => `shared:${partner ?? ''}`,
    params: (_, { partner }) => ({ partner }),
    next: { advice: 'share-again' },
    completes: ['sp-s1'],
  },
  {
    ref: '17.2 PARTNER_APP_INSTALLED',
    fits: event('PARTNER_APP_INSTALLED'),
    kind: 'app-installed',
    severity: 'info',
    subject: 'waba',
    audience: toPartner,
    mood: 'relief',
    topic: appTopic,
    params: ({ app }) => ({ app }),
    completes: ['sp-s6b'],
  },
  {
    ref: '17.2 PARTNER_APP_UNINSTALLED',
    fits: event('PARTNER_APP_UNINSTALLED'),
    kind: 'app-removed',
    severity: 'warning',
    subject: 'waba',
    audience: both,
    mood: 'problem',
    topic: appTopic,
    params: ({ app }) => ({ app }),
    next: { advice: 'subscribe-app' },
  },
  {
    ref: '17.2 PARTNER_CLIENT_CERTIFICATION_NEEDED',
    fits: event('PARTNER_CLIENT_CERTIFICATION_NEEDED'),
    kind: 'certification-needed',
    severity: 'warning',
    subject: 'client',
    audience: toPartner,
    mood: 'problem',
    topic: 'certification',
    params: (_, { client }) => ({ business: client }),
    next: { advice: 'send-certification' },
  },
  {
    ...certificationRow,
    fits: certified('FAILED', 'REVOKED'),
    kind: 'certification-failed',
    severity: 'warning',
    mood: 'problem',
    next: { advice: 'correct-certification' },
  },
  { ...certificationRow, fits: certified('APPROVED'), kind: 'certification-passed', severity: 'info', mood: 'relief' },
  { ...certificationRow, fits: certified(), kind: 'certification', severity: 'info', mood: 'news' },
  {
    ref: '17.2 ACCOUNT_OFFBOARDED / ACCOUNT_RECONNECTED',
    fits: event('ACCOUNT_OFFBOARDED'),
    kind: 'coexistence-left',
    severity: 'warning',
    subject: 'phone',
    audience: toPartner,
    mood: 'problem',
    topic: 'connection',
    next: { advice: 'reconnect' },
  },
  {
    ref: '17.2 ACCOUNT_OFFBOARDED / ACCOUNT_RECONNECTED',
    fits: event('ACCOUNT_RECONNECTED'),
    kind: 'coexistence-back',
    severity: 'info',
    subject: 'phone',
    audience: toPartner,
    mood: 'relief',
    topic: 'connection',
  },
]
