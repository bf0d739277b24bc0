import { createHmac } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { type DoorOptions, webhookDoor } from '../../src/notify/door.ts'
import type { Change } from '../../src/notify/split.ts'

const secrets = {
  META_APP_SECRET: ['meta-new-secret', 'meta-old-secret'],
  META_VERIFY_TOKEN: 'verify-me-please',
  HUB_WEBHOOK_SECRET: ['hub-new-secret', 'hub-old-secret'],
}
const none: DoorOptions['env'] = {
  META_APP_SECRET: undefined,
  META_VERIFY_TOKEN: undefined,
  HUB_WEBHOOK_SECRET: undefined,
  HUB_WEBHOOK_HEADER: undefined,
  HUB_WEBHOOK_ADDRESSES: undefined,
}
const opened: (() => Promise<unknown>)[] = []
afterEach(() => Promise.all(opened.splice(0).map((close) => close())))

interface Doorway {
  take?: (changes: readonly Change[]) => Promise<void>
  settings?: Partial<DoorOptions['env']>
}

/** The door on a port of its own, in front of an inbox that only listens. */
async function doorway({ take = async () => {}, settings = secrets }: Doorway = {}) {
  const taken: Change[] = []
  let logged = ''
  const sink = new Writable({
    write(line, _, done) {
      logged += line
      done()
    },
  })
  const inbox = {
    async take(changes: readonly Change[]) {
      await take(changes)
      taken.push(...changes)
    },
  }
  const door = webhookDoor({ env: { ...none, ...settings }, inbox, log: pino({ level: 'debug' }, sink) })
  const server = createServer((request, response) => {
    if (!door(request, response)) response.writeHead(418).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const web = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init)
  return { url, web, door, taken, logged: () => logged, ...senders(web) }
}

function senders(web: (path: string, init?: RequestInit) => Promise<Response>) {
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    (await web(`/webhooks${path}`, { method: 'POST', body, headers })).status
  return {
    post,
    meta: (payload: unknown, secret = 'meta-new-secret') => {
      const body = JSON.stringify(payload)
      return post('/meta', body, { 'x-hub-signature-256': sign(body, secret) })
    },
    hub: (payload: unknown, secret = 'hub-new-secret') => post(`/hub/${secret}`, JSON.stringify(payload)),
    ask: async (query: Record<string, string>) => {
      const answer = await web(`/webhooks/meta?${new URLSearchParams(query)}`)
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
    const { web, ask } = await doorway()
    expect(await ask(query)).toEqual([200, '1158201444'])
    const answer = await web(`/webhooks/meta?${new URLSearchParams({ ...query, 'hub.challenge': '<b>' })}`)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  })

  it.each([
    ['a wrong token', { ...query, 'hub.verify_token': 'verify-me-pleasE' }],
    ['half of the token', { ...query, 'hub.verify_token': 'verify-me' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...query, 'hub.mode': 'unsubscribe' }],
    ['nothing', {}],
  ])('is refused with %s', async (_, given: Record<string, string>) => {
    const [status, text] = await (await doorway()).ask(given)
    expect(status).toBe(403)
    expect(text).not.toContain('1158201444')
  })

  it('is refused when no token is set up, also to those who send none', async () => {
    const { ask } = await doorway({ settings: {} })
    expect(await ask(query)).toEqual([403, 'wrong verify token'])
    expect(await ask({ ...query, 'hub.verify_token': '' })).toEqual([403, 'wrong verify token'])
  })
})

describe('a webhook of Meta', () => {
  it('is taken when Meta signed it, with either secret of a rotation', async () => {
    const { meta, taken } = await doorway()
    expect(await meta(security('4930123456'))).toBe(200)
    expect(await meta(security('4930123456'), 'meta-old-secret')).toBe(200)
    expect(taken).toHaveLength(2)
  })

  it('is judged by the bytes as they came', async () => {
    const { post, taken } = await doorway()
    const escaped = '{"entry":[ {"id":"7001","changes":[{"value":{"display_phone_number":"4930","x":"\\u00e4"}}]} ]}'
    expect(await post('/meta', escaped, { 'x-hub-signature-256': sign(escaped) })).toBe(200)
    const rebuilt = JSON.stringify(JSON.parse(escaped))
    expect(await post('/meta', escaped, { 'x-hub-signature-256': sign(rebuilt) })).toBe(401)
    const broken = new Uint8Array([0x7b, 0xff, 0x7d])
    expect(await post('/meta', broken, { 'x-hub-signature-256': sign(broken) })).toBe(400)
    expect(taken).toHaveLength(1)
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
    const { post, taken } = await doorway()
    expect(await post('/meta', body, headers)).toBe(401)
    expect(taken).toEqual([])
  })

  it('is refused when no secret is set up, however it is signed', async () => {
    const { meta, post, taken } = await doorway({ settings: {} })
    expect(await meta(security('4930123456'), '')).toBe(401)
    expect(await post('/meta', body)).toBe(401)
    expect(taken).toEqual([])
  })
})

describe('a webhook of the Hub', () => {
  const ready = { id: 'evt-1', event: 'channel_ready', data: { id: 'Kd73LmCH' } }

  it('is taken at the secret address, with either secret of a rotation', async () => {
    const { hub, taken } = await doorway()
    expect([await hub(ready), await hub(ready, 'hub-old-secret')]).toEqual([200, 200])
    expect(taken).toHaveLength(2)
  })

  it.each(['hub-other-secret', 'hub-new-secre', 'hub-new-secret0', 'hub-new-secret/x', '%00', 'undefined', ''])(
    'is not found at "%s"',
    async (secret) => {
      const { hub, taken } = await doorway()
      expect(await hub(ready, secret)).toBe(404)
      expect(taken).toEqual([])
    },
  )

  it('has no address when no secret is set up', async () => {
    const { hub } = await doorway({ settings: {} })
    for (const secret of ['', 'undefined', 'hub-new-secret']) expect(await hub(ready, secret)).toBe(404)
  })

  it('can only be posted, and whoever does not know the address learns nothing of it', async () => {
    const { web, door } = await doorway()
    const answer = await web('/webhooks/hub/hub-new-secret')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
    expect((await web('/webhooks/hub/hub-other-secret')).status).toBe(404)
    expect(door.counts().refused).toMatchObject({ 'wrong-method': 1, 'not-found': 1 })
  })

  it('may have to bring a header that only the proxy of the desk knows', async () => {
    const settings = { ...secrets, HUB_WEBHOOK_HEADER: { name: 'x-from-proxy', value: 'proxy-word-1' } }
    const { post, door, taken } = await doorway({ settings })
    const body = JSON.stringify(ready)
    const given: [Record<string, string>, number][] = [
      [{}, 401],
      [{ 'x-from-proxy': 'proxy-word-2' }, 401],
      [{ 'x-from-proxy': 'proxy-word-1' }, 200],
    ]
    for (const [headers, status] of given) expect(await post('/hub/hub-new-secret', body, headers)).toBe(status)
    expect(await post('/hub/hub-other-secret', body, { 'x-from-proxy': 'proxy-word-1' })).toBe(404)
    expect(taken).toHaveLength(1)
    expect(door.counts().refused['wrong-header']).toBe(2)
  })

  it.each<[string[], number]>([
    [['127.0.0.1'], 200],
    [['192.0.2.7', '127.0.0.0/8'], 200],
    [['::1', '2001:db8::/32'], 403],
    [['192.0.2.7', '10.0.0.0/8'], 403],
  ])('comes from %j only, whatever it says of itself', async (addresses, status) => {
    const { post } = await doorway({ settings: { ...secrets, HUB_WEBHOOK_ADDRESSES: addresses } })
    const headers = { 'x-forwarded-for': '192.0.2.7', forwarded: 'for=192.0.2.7' }
    expect(await post('/hub/hub-new-secret', JSON.stringify(ready), headers)).toBe(status)
  })
})

describe('what cannot be taken', () => {
  it.each(['', 'hello', '{"entry":', 'null', '42', '[]', '{}', '"entry"', '{"entry":7}'])(
    'the body %j of Meta is malformed',
    async (body) => {
      const { post, taken, logged } = await doorway()
      expect(await post('/meta', body, { 'x-hub-signature-256': sign(body) })).toBe(400)
      expect(taken).toEqual([])
      expect(logged()).toContain('malformed')
    },
  )

  it.each(['', '<html>', 'null', '42', '{}', '{"data":null}', '[{"data":7}]'])(
    'the body %j of the Hub is malformed',
    async (body) => {
      const { post, taken } = await doorway()
      expect(await post('/hub/hub-new-secret', body)).toBe(400)
      expect(taken).toEqual([])
    },
  )

  it.each(['said', 'not said'])(
    'more than 3 MB is too large, and not read to its end; its size is %s',
    async (size) => {
      const { url, taken, door } = await doorway()
      const headers =
        size === 'said' ? { 'content-length': String(64 * 1024 * 1024) } : { 'transfer-encoding': 'chunked' }
      const request = httpRequest(`${url}/webhooks/meta`, { method: 'POST', headers })
      const answer = new Promise<IncomingMessage>((resolve) => request.once('response', resolve))
      // The connection is cut while more is sent.
      request.on('error', () => undefined)
      const megabyte = Buffer.alloc(1024 * 1024, 'x')
      for (let n = 0; n < 4; n += 1) request.write(megabyte)
      const { statusCode, headers: said } = await answer
      request.destroy()
      expect([statusCode, said.connection]).toEqual([413, 'close'])
      expect(taken).toEqual([])
      expect(door.counts().refused['too-large']).toBe(1)
    },
  )

  it('nearly 3 MB is not: Meta sends up to a thousand changes at once', async () => {
    const { meta, taken } = await doorway()
    const entry = Array.from({ length: 1000 }, (_, n) => ({
      id: '7001',
      changes: [{ field: 'security', value: { display_phone_number: `49301${n}`, padding: 'x'.repeat(2500) } }],
    }))
    expect(await meta({ object: 'whatsapp_business_account', entry })).toBe(200)
    expect(taken).toHaveLength(1000)
  })

  it.each(['meta', 'hub'] as const)('when nothing could be committed, %s is asked to send it again', async (from) => {
    const { meta, hub, taken, door } = await doorway({ take: () => Promise.reject(new Error('the disk is full')) })
    const status = from === 'meta' ? meta(security('4930123456')) : hub({ data: { id: 'Kd73LmCH' } })
    expect(await status).toBe(503)
    expect(taken).toEqual([])
    expect(door.counts()).toMatchObject({ failed: 1, taken: 0, changes: 0 })
  })

  it('nothing is answered before it is committed', async () => {
    const commit = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    const { meta } = await doorway({
      take() {
        arrived.resolve()
        return commit.promise
      },
    })
    let answered = false
    const status = meta(security('4930123456')).finally(() => {
      answered = true
    })
    await arrived.promise
    for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate)
    expect(answered).toBe(false)
    commit.resolve()
    expect(await status).toBe(200)
  })

  it('a refusal is counted, said once a minute, and does not keep anybody else out', async () => {
    const { meta, door, logged, taken } = await doorway()
    for (let n = 0; n < 5; n += 1) expect(await meta(security('4930'), 'meta-other-secret')).toBe(401)
    expect(await meta(security('4930'))).toBe(200)
    expect(door.counts()).toMatchObject({ taken: 1, changes: 1, refused: { unsigned: 5, malformed: 0 } })
    expect(logged().trim().split('\n')).toHaveLength(1)
    expect(taken).toHaveLength(1)
  })

  it('a body that is nested without end is malformed', async () => {
    const { post } = await doorway()
    const deep = `{"entry":[{"changes":[{"field":"x","value":${'['.repeat(400_000)}${']'.repeat(400_000)}}]}]}`
    expect(await post('/meta', deep, { 'x-hub-signature-256': sign(deep) })).toBe(400)
    expect(await post('/hub/hub-new-secret', `{"event":"x","data":${deep}}`)).toBe(400)
  })

  it('what is not about webhooks is left to others, and other webhooks are not there', async () => {
    const { web } = await doorway()
    expect((await web('/slack/events')).status).toBe(418)
    expect((await web('/webhooks')).status).toBe(418)
    for (const path of ['/webhooks/', '/webhooks/other', '/webhooks/meta/more', '/webhooks/hub']) {
      expect((await web(path, { method: 'POST', body: '{}' })).status).toBe(404)
    }
    expect((await web('/webhooks/meta', { method: 'PUT', body: '{}' })).status).toBe(405)
  })

  it('no log holds a secret, a signature or a body', async () => {
    const { post, hub, meta, logged } = await doorway({ take: () => Promise.reject(new Error('no')) })
    await hub({ data: { id: 'Kd73LmCH' } })
    await hub({ data: { id: 'Kd73LmCH' } }, 'hub-other-secret')
    await post('/hub/hub-new-secret', 'private words')
    await meta(security('4930123456'))
    await meta(security('4930123456'), 'meta-other-secret')
    expect(logged()).toContain('webhooks are refused')
    expect(logged()).not.toMatch(/(hub|meta)-\w+-secret|sha256=|private words|4930123456/)
  })
})
