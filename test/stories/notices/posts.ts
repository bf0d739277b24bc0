import type { NumberState } from '../../../src/sandbox/state.ts'

/** What the lever `event` sends. */
export interface Post {
  system: 'meta' | 'hub'
  payload: Record<string, unknown>
}

/** A webhook of Meta's with one change. `at`: Unix seconds. */
export const fromMeta = (entry: string, field: string, value: unknown, at: number): Post => ({
  system: 'meta',
  payload: { object: 'whatsapp_business_account', entry: [{ id: entry, time: at, changes: [{ field, value }] }] },
})

let sent = 0
export const fromHub = (event: string, data: unknown): Post => {
  sent += 1
  return { system: 'hub', payload: { id: `evt-story-${sent}`, event, data } }
}

/** Meta's portfolio of a partner, by 360dialog's id. */
const portfolios: Record<string, string> = {
  BrghtlPA: '318204467719035',
  NordwnPA: '402915530087614',
  SabiaxPA: '529016648830172',
}

/** What people call them. */
export const partnerNames: Record<string, string> = { BrghtlPA: 'Brightline', NordwnPA: 'Nordwind', SabiaxPA: 'Sabiá' }

/** Webhooks about one number, its account and its client. */
export function postsAbout({ phone, channel, client, waba, partner }: NumberState, at: number) {
  const portfolio = portfolios[partner] ?? ''
  const meta = (field: string, value: Record<string, unknown>) => fromMeta(waba, field, value, at)
  const metadata = { metadata: { display_phone_number: phone } }
  return {
    meta,
    /** About the number, which it names. */
    number: (field: string, value: Record<string, unknown>) => meta(field, { display_phone_number: phone, ...value }),
    account: (event: string, more: Record<string, unknown> = {}) => meta('account_update', { event, ...more }),
    /** Told to the partner's portfolio, about the account. */
    shared: (event: string, more: Record<string, unknown> = {}) =>
      fromMeta(portfolio, 'account_update', { event, waba_info: { waba_id: waba, ...more } }, at),
    /** Told to the partner's portfolio, about itself. */
    portfolio: (field: string, value: Record<string, unknown>) => fromMeta(portfolio, field, value, at),
    template: (field: string, name: string, value: Record<string, unknown>) =>
      meta(field, { message_template_id: 1, message_template_name: name, message_template_language: 'de', ...value }),
    alert: (alert_type: string, alert_severity = 'INFORMATIONAL') =>
      meta('account_alerts', {
        entity_type: 'WABA',
        entity_id: waba,
        alert_info: { alert_severity, alert_status: 'NONE', alert_type, alert_description: 'It is gone.' },
      }),
    failed: (code: number) =>
      meta('messages', {
        ...metadata,
        statuses: [{ id: 'wamid.1', status: 'failed', timestamp: String(at), errors: [{ code, title: 'Not sent' }] }],
      }),
    lives: (field: string) => meta(field, metadata),
    /** As 360dialog mostly does: by the channel's id alone. */
    channel: (event: string, more: Record<string, unknown> = {}) =>
      fromHub(event, { id: channel, client_id: client, status: 'ready', account_mode: 'live', ...more }),
    client: (event: string, more: Record<string, unknown> = {}) => fromHub(event, { client_id: client, ...more }),
    policy: (event: string, more: Record<string, unknown> = {}) =>
      fromHub(event, { external_id: waba, phone_number: phone, ...more }),
    hubTemplate: (event: string, name: string, more: Record<string, unknown>) =>
      fromHub(event, { id: waba, template: { id: 'tpl', external_id: '1', name, language: 'en', ...more } }),
  }
}
export type Posts = ReturnType<typeof postsAbout>
