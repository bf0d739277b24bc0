import { z } from 'zod'
import { part, text } from './loose.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'

const partner = ['partner'] as const

const alert = z
  .looseObject({
    alert_info: part({ alert_severity: text, alert_type: text, alert_description: text }),
  })
  .transform(({ alert_info: info }) => ({
    severity: info.alert_severity,
    type: info.alert_type,
    description: info.alert_description,
  }))
type Alert = z.infer<typeof alert>

const limitIncrease = 'INCREASED_CAPABILITIES_ELIGIBILITY_'
const ofType = (type: string) => (value: Alert) => value.type === type
const alertSeverity = ({ severity }: Alert) => (severity === 'CRITICAL' ? 'critical' : 'warning')
const alertRef = '17.2 account_alerts PROFILE_PICTURE_LOST, severity CRITICAL'
const badge = {
  ref: '17.2 account_alerts OBA_APPROVED, OBA_REJECTED',
  subject: 'phone',
  audience: partner,
  mood: 'news',
  topic: 'badge',
} satisfies Partial<Row<Alert>>

/** What Meta wants somebody to know about a number or an account (procedures.md 17.2). */
export const alertKinds: Record<string, Kinds> = {
  account_alerts: kindsOf(alert, [
    { ...badge, fits: ofType('OBA_APPROVED'), kind: 'badge-approved', severity: 'info' },
    { ...badge, fits: ofType('OBA_REJECTED'), kind: 'badge-rejected', severity: 'warning' },
    {
      ref: '17.2 account_alerts INCREASED_CAPABILITIES_*',
      fits: ({ type }) => type?.startsWith('INCREASED_CAPABILITIES_') ?? false,
      kind: 'limit-increase',
      severity: 'warning',
      subject: 'waba',
      audience: partner,
      mood: 'news',
      topic: 'limit-increase',
      params: ({ type }) => ({ result: type?.replace(limitIncrease, '') }),
      next: { advice: 'limit-increase' },
    },
    {
      ref: alertRef,
      fits: ofType('PROFILE_PICTURE_LOST'),
      kind: 'profile-picture-lost',
      severity: alertSeverity,
      subject: 'phone',
      audience: partner,
      mood: 'news',
      topic: 'profile-picture',
      params: ({ description }) => ({ description }),
      next: { flow: 'profile-update' },
    },
    {
      ref: alertRef,
      fits: ({ severity }) => severity === 'CRITICAL',
      kind: 'account-alert',
      severity: 'critical',
      subject: 'phone',
      audience: partner,
      mood: 'problem',
      topic: ({ type }) => `alert:${type ?? ''}`,
      params: ({ type, description }) => ({ type, description }),
    },
    {
      kind: 'account-alert',
      severity: ({ severity }) => (severity === 'WARNING' ? 'warning' : 'info'),
      subject: 'phone',
      audience: partner,
      mood: 'news',
      topic: ({ type }) => `alert:${type ?? ''}`,
      params: ({ type, description }) => ({ type, description }),
    },
  ]),
}
