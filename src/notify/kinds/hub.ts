import { z } from 'zod'
import { lastDayOfMonth } from '../../flows/month-end.ts'
import { maybeTime } from '../../meta/loose.ts'
import { restriction, violation } from './account.ts'
import { part, text, words } from './loose.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'
import { categoryChanged, statusRows, type TemplateTold } from './templates.ts'

const both = ['partner', 'desk'] as const
const partner = ['partner'] as const
const watch = { advice: 'watch' }

const channel = z.looseObject({
  client: part({ name: text }),
  setup_info: part({ phone_name: text }),
  phone_name: text,
  cancelled_at: maybeTime.catch(undefined),
})
type Channel = z.infer<typeof channel>

const clientAndName = ({ client, setup_info, phone_name }: Channel) => ({
  client: client.name,
  name: setup_info.phone_name ?? phone_name,
})

type ChannelRow = Omit<Row<Channel>, 'subject' | 'params'>
const ofChannel = (row: ChannelRow, params?: (value: Channel) => Record<string, string | undefined>): Kinds =>
  kindsOf(channel, [{ ...row, subject: 'phone', params: (value) => ({ ...clientAndName(value), ...params?.(value) }) }])

/** A number on its way to being live. */
const onTheWay = (ref: string, kind: string, completes?: readonly string[]): Kinds =>
  ofChannel({
    ref: `17.1 ${ref}`,
    kind,
    severity: 'info',
    audience: partner,
    mood: 'news',
    topic: 'channel',
    next: watch,
    ...(completes && { completes }),
  })

const monthEnd = ({ cancelled_at }: Channel) => ({ date: cancelled_at && lastDayOfMonth(Date.parse(cancelled_at)) })

const client = z.looseObject({ name: text, client: part({ name: text }) })
const policy = z.looseObject({ violation_type: text, restriction_type: words })

const template = z
  .looseObject({
    template: part({
      name: text,
      language: text,
      new_status: text,
      status: text,
      rejected_reason: text,
      new_category: text,
    }),
  })
  .transform(
    ({ template: told }): TemplateTold => ({
      name: told.name,
      language: told.language,
      status: (told.new_status ?? told.status)?.toUpperCase(),
      reason: told.rejected_reason,
      category: told.new_category,
    }),
  )

/** Events of 360dialog's partner webhook, by name (procedures.md 17.1, 360dialog.md 4). */
export const hubKinds: Record<string, Kinds> = {
  client_created: kindsOf(client, [
    {
      ref: '17.1 client_created',
      kind: 'client-created',
      severity: 'info',
      subject: 'client',
      audience: partner,
      mood: 'news',
      topic: 'client',
      params: ({ name, client: inner }) => ({ client: inner.name ?? name }),
      next: { advice: 'continue-migration' },
      completes: ['nm-s4b'],
    },
  ]),
  channel_created: onTheWay('channel_created', 'channel-created', ['nm-s8', 'nm-s9']),
  channel_submitted: onTheWay('channel_submitted (old)', 'channel-submitted'),
  channel_ready: onTheWay('channel_ready', 'channel-ready', ['nm-s9']),
  channel_running: onTheWay('channel_running', 'channel-running', ['nm-s9', 'nmo-s3']),
  channel_live: ofChannel({
    ref: '17.1 channel_live',
    kind: 'channel-live',
    severity: 'info',
    audience: both,
    mood: 'news',
    topic: 'channel',
    next: { flow: 'api-key' },
    completes: ['nm-s9', 'nmo-s3'],
  }),
  channel_permission_granted: ofChannel({
    ref: '17.1 channel_permission_granted',
    kind: 'key-permission-granted',
    severity: 'info',
    audience: partner,
    mood: 'relief',
    topic: 'key-permission',
    next: { flow: 'api-key' },
    completes: ['ak-s2', 'nm-s10', 'pc-s8'],
  }),
  channel_permission_revoked: ofChannel({
    ref: '17.1 channel_permission_revoked (unsure)',
    kind: 'key-permission-revoked',
    severity: 'warning',
    audience: both,
    mood: 'problem',
    topic: 'key-permission',
    next: { flow: 'api-key' },
  }),
  account_violation: kindsOf(policy, [
    { ...violation, ref: '17.1 account_violation', params: ({ violation_type: type }) => ({ type }) },
  ]),
  account_restriction: kindsOf(policy, [
    {
      ...restriction,
      ref: '17.1 account_restriction',
      params: ({ violation_type, restriction_type }) => ({
        types: restriction_type.join(', ') || violation_type,
        until: undefined,
      }),
    },
  ]),
  cancellation_request: ofChannel(
    {
      ref: '17.1 cancellation_request',
      kind: 'cancellation-requested',
      severity: 'warning',
      audience: both,
      mood: 'problem',
      topic: 'cancellation',
      next: { flow: 'cancellation' },
      completes: ['ca-s2', 'po-s5'],
    },
    monthEnd,
  ),
  cancellation_revoke: ofChannel({
    ref: '17.1 cancellation_revoke',
    kind: 'cancellation-withdrawn',
    severity: 'info',
    audience: partner,
    mood: 'relief',
    topic: 'cancellation',
    completes: ['ca-s3'],
  }),
  cancellation_processed: ofChannel({
    ref: '17.1 cancellation_processed',
    kind: 'cancellation-done',
    severity: 'warning',
    audience: both,
    mood: 'news',
    topic: 'cancellation',
    next: { flow: 'refund' },
    completes: ['ca-s4'],
  }),
  waba_template_status_changed: kindsOf(
    template,
    statusRows(() => ({ ref: '17.1 waba_template_status_changed', completes: ['pt-s4'] })),
  ),
  waba_template_category_changed: kindsOf(template, [
    { ...categoryChanged, ref: '17.1 waba_template_category_changed', completes: ['ms-s6'] },
  ]),
  template_messaging_disabled: kindsOf(client, [
    {
      ref: '17.1 template_messaging_disabled',
      kind: 'template-sending-off',
      severity: 'critical',
      subject: 'client',
      audience: both,
      mood: 'problem',
      topic: 'sending',
      params: ({ name, client: inner }) => ({ client: inner.name ?? name }),
      next: { advice: 'add-funds' },
    },
  ]),
  template_messaging_enabled: kindsOf(client, [
    {
      ref: '17.1 template_messaging_enabled',
      kind: 'template-sending-on',
      severity: 'info',
      subject: 'client',
      audience: partner,
      mood: 'relief',
      topic: 'sending',
      params: ({ name, client: inner }) => ({ client: inner.name ?? name }),
    },
  ]),
}
