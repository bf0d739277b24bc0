import { createHmac, randomUUID } from 'node:crypto'

export const appSecret = 'bench-app-secret'
export const slackSecret = 'bench-slack-secret'

/** A signed post as it goes over the wire, with as many changes as Meta put into it; each post is new. */
export function metaPost(changes: number): Buffer {
  const entry = Array.from({ length: changes }, (_, n) => ({
    id: `7001002003${String(n % 40).padStart(5, '0')}`,
    time: Math.floor(Date.now() / 1000),
    changes: [
      {
        field: 'message_template_status_update',
        value: {
          event: n % 7 === 0 ? 'PAUSED' : 'APPROVED',
          message_template_id: 320_000_000_000_007 + n,
          message_template_name: `order_ready_${randomUUID()}`,
          message_template_language: 'de',
          reason: 'NONE',
          message_template_category: 'UTILITY',
        },
      },
    ],
  }))
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
  return wire('/webhooks/meta', body, { 'X-Hub-Signature-256': `sha256=${sign(appSecret, body)}` })
}

/** An event of Slack, signed as Slack does. */
export function slackPost(): Buffer {
  const event = {
    type: 'app_mention',
    user: 'U0ANA',
    text: `<@U0BENCH> ${randomUUID()}`,
    channel: 'C0CASES',
    ts: '1.2',
  }
  const body = JSON.stringify({
    type: 'event_callback',
    token: 'old',
    team_id: 'T0BENCH',
    api_app_id: 'A0BENCH',
    event,
    event_id: `Ev${randomUUID()}`,
    event_time: 1_767_225_600,
  })
  const at = Math.floor(Date.now() / 1000)
  const signature = `v0=${sign(slackSecret, `v0:${at}:${body}`)}`
  return wire('/slack/events', body, { 'X-Slack-Signature': signature, 'X-Slack-Request-Timestamp': String(at) })
}

const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')

function wire(path: string, body: string, headers: Record<string, string>): Buffer {
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: desk.example',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
