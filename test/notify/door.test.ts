import { createHmac } from 'node:crypto'
import { Writable } from 'node:stream'
import { Hono } from 'hono'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { About } from '../../src/meta/webhooks.ts'
import { webhookDoor } from '../../src/notify/door.ts'
import { type Office, openOffice, phones } from '../cases/office.ts'
import { nora, paula } from '../cases/people.ts'
import { databases } from '../kit/database.ts'

const env = {
  META_APP_SECRET: ['meta-new-secret', 'meta-old-secret'],
  META_VERIFY_TOKEN: 'verify-me-please',
  HUB_WEBHOOK_SECRET: ['hub-new-secret', 'hub-old-secret'],
}
const about: About = { phones: [], channels: [], wabas: [] }

/** The door as the desk has it, in front of a desk that only listens. */
function doorway({ news = async (_: About) => {}, settings = env as Partial<typeof env> } = {}) {
  const heard: About[] = []
  let logged = ''
  const sink = new Writable({
    write(line, _, done) {
      logged += line
      done()
    },
  })
  const desk = {
    async news(about: About) {
      await news(about)
      heard.push(about)
    },
  }
  const none = { META_APP_SECRET: undefined, META_VERIFY_TOKEN: undefined, HUB_WEBHOOK_SECRET: undefined }
  const door = webhookDoor({ env: { ...none, ...settings }, desk, log: pino({ level: 'debug' }, sink) })
  const web = new Hono().route('/webhooks', door)
  return { web, heard, logged: () => logged, ...senders(web) }
}

function senders(web: Hono) {
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    (await web.request(`/webhooks${path}`, { method: 'POST', body, headers })).status
  return {
    post,
    meta: (payload: unknown, secret = 'meta-new-secret') => {
      const body = JSON.stringify(payload)
      return post('/meta', body, { 'x-hub-signature-256': sign(body, secret) })
    },
    hub: (payload: unknown, secret = 'hub-new-secret') => post(`/hub/${secret}`, JSON.stringify(payload)),
    ask: async (query: Record<string, string>) => {
      const answer = await web.request(`/webhooks/meta?${new URLSearchParams(query)}`)
      return [answer.status, await answer.text()]
    },
  }
}

const sign = (body: string | Uint8Array, secret = 'meta-new-secret') =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const security = (phone: unknown, event = 'PIN_REQUEST_SUCCESS', waba = '700100200300400') => ({
  object: 'whatsapp_business_account',
  entry: [
    { id: waba, time: 1767225600, changes: [{ field: 'security', value: { display_phone_number: phone, event } }] },
  ],
})

describe('the handshake with Meta', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'verify-me-please' }

  it('gives the challenge back, as plain text', async () => {
    const { web, ask } = doorway()
    expect(await ask(query)).toEqual([200, '1158201444'])
    const answer = await web.request(`/webhooks/meta?${new URLSearchParams({ ...query, 'hub.challenge': '<b>' })}`)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  })

  it.each([
    ['a wrong token', { ...query, 'hub.verify_token': 'verify-me-pleasE' }],
    ['half of the token', { ...query, 'hub.verify_token': 'verify-me' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...query, 'hub.mode': 'unsubscribe' }],
    ['nothing', {}],
  ])('is refused with %s', async (_, given: Record<string, string>) => {
    const [status, text] = await doorway().ask(given)
    expect(status).toBe(403)
    expect(text).not.toContain('1158201444')
  })

  it('is refused when no token is set up, also to those who send none', async () => {
    const { ask } = doorway({ settings: {} })
    expect(await ask(query)).toEqual([403, 'wrong verify token'])
    expect(await ask({ ...query, 'hub.verify_token': '' })).toEqual([403, 'wrong verify token'])
  })
})

describe('a webhook of Meta', () => {
  it('is taken when Meta signed it, with either secret of a rotation', async () => {
    const { meta, heard } = doorway()
    expect(await meta(security('4930123456'))).toBe(200)
    expect(await meta(security('4930123456'), 'meta-old-secret')).toBe(200)
    expect(heard).toHaveLength(2)
  })

  it('is judged by the bytes as they came', async () => {
    const { post, heard } = doorway()
    const escaped = '{"entry":[ {"id":"7001","changes":[{"value":{"display_phone_number":"4930","x":"\\u00e4"}}]} ]}'
    expect(await post('/meta', escaped, { 'x-hub-signature-256': sign(escaped) })).toBe(200)
    const rebuilt = JSON.stringify(JSON.parse(escaped))
    expect(await post('/meta', escaped, { 'x-hub-signature-256': sign(rebuilt) })).toBe(401)
    const broken = new Uint8Array([0x7b, 0xff, 0x7d])
    expect(await post('/meta', broken, { 'x-hub-signature-256': sign(broken) })).toBe(400)
    expect(heard).toHaveLength(1)
  })

  const body = JSON.stringify(security('4930123456'))
  it.each<[string, Record<string, string>]>([
    ['no signature', {}],
    ['an empty signature', { 'x-hub-signature-256': '' }],
    ['another secret', { 'x-hub-signature-256': sign(body, 'meta-other-secret') }],
    ['an empty secret', { 'x-hub-signature-256': sign(body, '') }],
    ['the signature of another body', { 'x-hub-signature-256': sign(`${body} `) }],
    ['half a signature', { 'x-hub-signature-256': sign(body).slice(0, 40) }],
    ['a longer signature', { 'x-hub-signature-256': `${sign(body)}0` }],
    ['no scheme', { 'x-hub-signature-256': sign(body).slice(7) }],
    ['letters of another script', { 'x-hub-signature-256': `${sign(body).slice(0, -1)}é` }],
    ['the old header alone', { 'x-hub-signature': sign(body) }],
  ])('is refused with %s', async (_, headers) => {
    const { post, heard } = doorway()
    expect(await post('/meta', body, headers)).toBe(401)
    expect(heard).toEqual([])
  })

  it('is refused when no secret is set up, however it is signed', async () => {
    const { meta, post, heard } = doorway({ settings: {} })
    expect(await meta(security('4930123456'), '')).toBe(401)
    expect(await post('/meta', body)).toBe(401)
    expect(heard).toEqual([])
  })
})

describe('a webhook of the Hub', () => {
  const ready = { id: 'evt-1', event: 'channel_ready', data: { id: 'Kd73LmCH' } }

  it('is taken at the secret address, with either secret of a rotation', async () => {
    const { hub, heard } = doorway()
    expect([await hub(ready), await hub(ready, 'hub-old-secret')]).toEqual([200, 200])
    expect(heard).toHaveLength(2)
  })

  it.each(['hub-other-secret', 'hub-new-secre', 'hub-new-secret0', 'hub-new-secret/x', '%00', 'undefined', ''])(
    'is not found at "%s"',
    async (secret) => {
      const { hub, heard } = doorway()
      expect(await hub(ready, secret)).toBe(404)
      expect(heard).toEqual([])
    },
  )

  it('has no address when no secret is set up', async () => {
    const { hub } = doorway({ settings: {} })
    for (const secret of ['', 'undefined', 'hub-new-secret']) expect(await hub(ready, secret)).toBe(404)
  })

  it('can only be posted', async () => {
    expect((await doorway().web.request('/webhooks/hub/hub-new-secret')).status).toBe(404)
  })
})

describe('what cannot be taken', () => {
  it.each(['', 'hello', '{"entry":', 'null', '42', '[]', '{}', '"entry"', '{"entry":7}'])(
    'the body %j of Meta is malformed',
    async (body) => {
      const { post, heard, logged } = doorway()
      expect(await post('/meta', body, { 'x-hub-signature-256': sign(body) })).toBe(400)
      expect(heard).toEqual([])
      expect(logged()).toContain('could not be read')
    },
  )

  it.each(['', '<html>', 'null', '42', '{}', '{"data":null}', '[{"data":7}]'])(
    'the body %j of the Hub is malformed',
    async (body) => {
      const { post, heard } = doorway()
      expect(await post('/hub/hub-new-secret', body)).toBe(400)
      expect(heard).toEqual([])
    },
  )

  it('more than 3 MB is too large, whether it says so or not', async () => {
    const { web, post, heard } = doorway()
    const large = JSON.stringify({ ...security('4930123456'), padding: 'x'.repeat(3 * 1024 * 1024) })
    const signed = { 'x-hub-signature-256': sign(large) }
    expect(await post('/meta', large, { ...signed, 'content-length': String(large.length) })).toBe(413)
    const body = new Blob([large]).stream()
    const request = new Request('http://desk.example/webhooks/meta', {
      method: 'POST',
      body,
      headers: signed,
      duplex: 'half',
    })
    expect((await web.request(request)).status).toBe(413)
    expect(heard).toEqual([])
  })

  it('nearly 3 MB is not: Meta sends up to a thousand changes at once', async () => {
    const { meta, heard } = doorway()
    const entry = Array.from({ length: 1000 }, (_, n) => ({
      id: '7001',
      changes: [{ field: 'security', value: { display_phone_number: `49301${n}`, padding: 'x'.repeat(2500) } }],
    }))
    expect(await meta({ object: 'whatsapp_business_account', entry })).toBe(200)
    expect(heard[0]?.phones).toHaveLength(1000)
  })

  it.each(['meta', 'hub'] as const)('when nothing could be committed, %s is asked to send it again', async (from) => {
    const full = new Error('the disk is full')
    const { meta, hub, heard, logged } = doorway({ news: () => Promise.reject(full) })
    const status = from === 'meta' ? meta(security('4930123456')) : hub({ data: { id: 'Kd73LmCH' } })
    expect(await status).toBe(503)
    expect(heard).toEqual([])
    expect(logged()).toContain('the disk is full')
  })

  it('nothing is answered before it is committed', async () => {
    const commit = Promise.withResolvers<void>()
    const { meta } = doorway({ news: () => commit.promise })
    let answered = false
    const status = meta(security('4930123456')).finally(() => {
      answered = true
    })
    await new Promise(setImmediate)
    expect(answered).toBe(false)
    commit.resolve()
    expect(await status).toBe(200)
  })

  it('no log holds a secret, a signature or a body', async () => {
    const { post, hub, meta, logged } = doorway({ news: () => Promise.reject(new Error('no')) })
    await hub({ data: { id: 'Kd73LmCH' } })
    await hub({ data: { id: 'Kd73LmCH' } }, 'hub-other-secret')
    await post('/hub/hub-new-secret', 'private words')
    await meta(security('4930123456'))
    await meta(security('4930123456'), 'meta-other-secret')
    expect(logged()).toContain('a webhook could not be taken')
    expect(logged()).not.toMatch(/(hub|meta)-\w+-secret|sha256=|private words|4930123456/)
  })
})

describe('what a webhook is about', () => {
  const waba = '700100200300400'
  const changed = (field: string, value: unknown, id: unknown = waba) => ({
    entry: [{ id, changes: [{ field, value }] }],
  })

  it.each<[string, unknown, Partial<About>]>([
    ['two-step verification', security('4915550001234', 'PIN_CHANGED'), { phones: ['4915550001234'], wabas: [waba] }],
    ['a number in a pretty spelling', security('+49 1555 000-1234'), { phones: ['4915550001234'], wabas: [waba] }],
    ['a number that is a number', security(4915550001234), { phones: ['4915550001234'], wabas: [waba] }],
    [
      'a number that is about to send more',
      changed('phone_number_quality_update', { display_phone_number: '4915550001234', event: 'ONBOARDING' }),
      { phones: ['4915550001234'], wabas: [waba] },
    ],
    ['an account', changed('account_review_update', { decision: 'APPROVED' }), { wabas: [waba] }],
    [
      'an account of a business',
      changed('account_update', { event: 'PARTNER_ADDED', waba_info: { waba_id: '9001' } }, '8001'),
      { wabas: ['8001', '9001'] },
    ],
    [
      'an account event with a number',
      changed('account_update', { phone_number: '4930' }),
      { phones: ['4930'], wabas: [waba] },
    ],
    [
      'a message',
      changed('messages', { metadata: { display_phone_number: '4930', phone_number_id: '1' } }),
      { phones: ['4930'], wabas: [waba] },
    ],
    ['a field that nobody knows', changed('brand_new', { anything: true }), { wabas: [waba] }],
    [
      'the same number twice',
      { entry: [...security('4930').entry, ...security('4930').entry] },
      { phones: ['4930'], wabas: [waba] },
    ],
    [
      'a value one level too high',
      { entry: [{ id: waba, field: 'security', value: { display_phone_number: '4930' } }] },
      { phones: ['4930'], wabas: [waba] },
    ],
    [
      'a change without an envelope',
      { field: 'security', value: { display_phone_number: '4930' } },
      { phones: ['4930'] },
    ],
    [
      'a batch in which one part cannot be read',
      {
        entry: [
          null,
          'x',
          { id: '1', changes: 'none' },
          { id: { no: 1 }, changes: [7, { value: 'x' }] },
          ...security('4930').entry,
        ],
      },
      { phones: ['4930'], wabas: ['1', waba] },
    ],
    [
      'ids that no platform has',
      { entry: [{ id: 'a\u0000b', changes: [] }, { id: "'; drop table cases" }, { id: 'x'.repeat(65) }] },
      {},
    ],
    ['nothing at all', { entry: [] }, {}],
  ])('Meta tells of %s', async (_, payload, expected) => {
    const { meta, heard } = doorway()
    expect(await meta(payload)).toBe(200)
    expect(heard).toEqual([{ ...about, ...expected }])
  })

  const both = (id: string) => ({ channels: [id], wabas: [id] })
  it.each<[string, unknown, Partial<About>]>([
    [
      'a channel',
      { id: 'e', event: 'channel_ready', data: { id: 'Kd73LmCH', setup_info: { phone_number: '493000000001' } } },
      { ...both('Kd73LmCH'), phones: ['493000000001'] },
    ],
    [
      'a channel whose number is flat',
      { id: 'e', event: 'channel_live', data: { id: 'Kd73LmCH', phone_number: '493000000001', setup_info: null } },
      { ...both('Kd73LmCH'), phones: ['493000000001'] },
    ],
    [
      'a cancellation',
      { event: 'cancellation_request', data: { id: 'Kd73LmCH', cancelled_at: null } },
      both('Kd73LmCH'),
    ],
    [
      'a violation',
      { event: 'account_violation', data: { id: 'Pw90RsWA', external_id: '204', phone_number: '4930' } },
      { channels: ['Pw90RsWA'], wabas: ['Pw90RsWA', '204'], phones: ['4930'] },
    ],
    ['a template', { event: 'waba_template_status_changed', data: { id: '204', template: { id: 'a1' } } }, both('204')],
    ['a client', { event: 'template_messaging_disabled', data: { client_id: 'Hn42TtqrCL' } }, {}],
    [
      'a new client',
      { event: 'client_created', data: { client: { id: 'Hn42TtqrCL', contact_user: { phone: null } } } },
      {},
    ],
    [
      'several at once',
      [{ data: { id: 'ACH' } }, 'junk', { data: { id: 'BCH' } }],
      { channels: ['ACH', 'BCH'], wabas: ['ACH', 'BCH'] },
    ],
    ['nothing at all', [], {}],
  ])('the Hub tells of %s', async (_, payload, expected) => {
    const { hub, heard } = doorway()
    expect(await hub(payload)).toBe(200)
    expect(heard).toEqual([{ ...about, ...expected }])
  })
})

describe.each(databases())('the cases that look again, on $name', ({ open }) => {
  let office: Office
  let send: ReturnType<typeof senders>
  beforeEach(async () => {
    office = await openOffice({ open })
    const log = pino({ level: 'silent' })
    send = senders(new Hono().route('/webhooks', webhookDoor({ env, desk: office.desk, log })))
  })
  afterEach(() => office.close())

  /** The numbers that were looked up because of what was sent. */
  const asked = async (sent: Promise<number>) => {
    const before = office.numbers.asked.length
    expect(await sent).toBe(200)
    await office.settle()
    return office.numbers.asked.slice(before).sort()
  }
  const inAccount = (id: number, externalId: string) =>
    office.db.run(`update cases set state = jsonb_set(state, '{readings,waba}', $2::jsonb) where id = $1`, [
      id,
      JSON.stringify({ state: 'known', value: { id: 'w', externalId }, asOf: '2026-03-10T09:00:00Z', source: 'hub' }),
    ])

  it('are those about the number, and no others', async () => {
    await office.errand(paula)
    await office.errand(nora, phones.nord)
    expect(await asked(send.meta(security(phones.bright)))).toEqual([phones.bright])
    expect(await asked(send.meta(security(phones.nord)))).toEqual([phones.nord])
    expect(await asked(send.meta(security('4999999999')))).toEqual([])
    const { entry } = security(phones.bright)
    expect(await asked(send.meta({ entry: [...entry, ...security(phones.nord).entry] }))).toEqual(
      [phones.bright, phones.nord].sort(),
    )
  })

  it('are those about the channel', async () => {
    await office.errand(paula)
    await office.errand(nora, phones.nord)
    const ready = { id: 'evt-4', event: 'channel_ready', data: { id: `CH${phones.nord}`, status: 'ready' } }
    expect(await asked(send.hub(ready))).toEqual([phones.nord])
    const live = { id: 'evt-6', event: 'channel_live', data: { id: 'other', phone_number: `+${phones.bright}` } }
    expect(await asked(send.hub(live))).toEqual([phones.bright])
  })

  it('are all those of an account', async () => {
    const ids = [
      await office.errand(paula),
      await office.errand(paula, phones.brightToo),
      await office.errand(nora, phones.nord),
    ]
    const [one = 0, two = 0] = ids
    await Promise.all([inAccount(one, '204'), inAccount(two, '204')])
    const template = { id: 'evt-14', event: 'waba_template_status_changed', data: { id: '204' } }
    expect(await asked(send.hub(template))).toEqual([phones.bright, phones.brightToo])
  })

  it('are no closed ones', async () => {
    const id = await office.errand(paula)
    await office.desk.act(paula, id, { do: 'cancel' })
    expect(await asked(send.meta(security(phones.bright)))).toEqual([])
  })

  it('look once for many webhooks, and never believe what one says', async () => {
    const id = await office.errand(paula)
    const before = await office.snapshot(id)
    const release = office.numbers.hold()
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => send.meta(security(phones.bright, 'PIN_CHANGED'))),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
    release()
    await office.settle()
    // The first is being worked on, one more waits for the news that came meanwhile.
    expect(office.numbers.asked.length).toBeLessThanOrEqual(3)
    expect((await office.snapshot(id)).readings.phone).toEqual(before.readings.phone)
  })
})
