import type { Told } from '../../src/notify/notice.ts'

/** Payloads as the platforms send them (meta.md 5.4, 360dialog.md 4.3). */
export const waba = '700100200300400'
export const portfolio = '810000000000091'

/** The sheet gives every change in the same envelope. */
export const meta = (field: string, value: unknown, entry = waba): Told => ({
  source: 'meta',
  entry,
  time: 1767225600,
  field,
  value,
})
export const hub = (event: string, data: unknown): Told => ({ source: 'hub', id: 'evt-0001', event, data })
export const poll = (event: string, data: unknown): Told => ({ source: 'poll', event, data })

export const account = (event: string, more: Record<string, unknown> = {}, entry = waba) =>
  meta('account_update', { event, ...more }, entry)
export const shared = (event: string, more: Record<string, unknown> = {}) =>
  account(
    event,
    { waba_info: { waba_id: '700100200300401', owner_business_id: '810000000000017', ...more } },
    portfolio,
  )
export const ban = (waba_ban_state: unknown, waba_ban_date?: string) =>
  account('DISABLED_UPDATE', { ban_info: { waba_ban_state, waba_ban_date } })
export const certified = (status: string, ...rejection_reasons: string[]) =>
  account(
    'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
    { partner_client_certification_info: { client_business_id: '810000000000017', status, rejection_reasons } },
    portfolio,
  )
export const alert = (alert_type: string, alert_severity = 'INFORMATIONAL', alert_description = 'It is gone.') =>
  meta('account_alerts', {
    entity_type: 'PHONE_NUMBER',
    entity_id: '610000000000021',
    alert_info: { alert_severity, alert_status: 'NONE', alert_type, alert_description },
  })
export const number = (field: string, value: Record<string, unknown>) =>
  meta(field, { display_phone_number: '4915550001234', ...value })
export const template = (field: string, value: Record<string, unknown>) =>
  meta(field, {
    message_template_id: 320000000000007,
    message_template_name: 'order_ready',
    message_template_language: 'de',
    ...value,
  })
export const templateStatus = (event: string, more: Record<string, unknown> = {}) =>
  template('message_template_status_update', {
    event,
    reason: 'NONE',
    message_template_category: 'UTILITY',
    ...more,
  })
export const hubTemplate = (event: string, more: Record<string, unknown>) =>
  hub(event, {
    id: '2040000000000001',
    template: {
      id: 'a1B2c3D4e5F6g7H8i9J0WT',
      external_id: '1780000000000001',
      name: 'order_update',
      language: 'en',
      ...more,
    },
  })
export const solution = (solution_status: string) =>
  meta('partner_solutions', { event: 'SOLUTION_UPDATED', solution_id: '930000000000055', solution_status }, portfolio)
export const failed = (...codes: number[]) =>
  meta('messages', {
    metadata: { display_phone_number: '4915550001234', phone_number_id: '610000000000021' },
    statuses: codes.map((code) => ({
      status: 'failed',
      timestamp: '1767225700',
      errors: [{ code, title: 'Message undeliverable', message: 'Message undeliverable' }],
    })),
  })
/** A channel of the Hub, without its number as in most samples. */
export const channel = (event: string, more: Record<string, unknown> = {}) =>
  hub(event, { id: 'Kd73LmCH', client_id: 'Hn42TtqrCL', status: 'ready', account_mode: 'live', ...more })
export const channelWithNumber = (event: string) =>
  channel(event, { setup_info: { phone_number: '493000000001', phone_name: 'Acme Support' } })
export const policy = (event: string) =>
  hub(event, {
    id: 'Pw90RsWA',
    external_id: '2040000000000001',
    phone_number: '493000000001',
    violation_type: 'SPAM',
  })
export const change = (status: string) =>
  poll(`change-request-${status}`, {
    id: 'pcr-1',
    sourceClientId: 'Hn42TtqrCL',
    sourcePartnerId: 'Aa11PA',
    targetPartnerId: 'Bb22PA',
    clientName: 'Acme GmbH',
  })
export const balance = (event: string, amount: number) =>
  poll(event, { clientId: 'Hn42TtqrCL', clientName: 'Acme GmbH', balance: amount, currency: 'eur' })
export const metadata = { metadata: { display_phone_number: '4915550001234', phone_number_id: '610000000000021' } }
