import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { circuit } from '../../src/meta/circuit.ts'
import { type HttpOptions, platformHttp } from '../../src/meta/http.ts'
import { newApiKey } from '../../src/meta/hub/keys.ts'
import { PlatformError } from '../../src/meta/problem.ts'
import { json, type TinyServer, tinyServer } from './tiny-server.ts'

const key = 'hub-key-9f8e7d6c5b4a'
const schema = z.looseObject({ name: z.string() })

function setUp(server: TinyServer, more: Partial<HttpOptions> = {}) {
  const time = { now: Date.parse('2026-05-04T09:00:00Z') }
  const slept: number[] = []
  const logged: string[] = []
  const log = {
    debug: (...parts: unknown[]) => void logged.push(JSON.stringify(parts)),
    warn: (...parts: unknown[]) => void logged.push(JSON.stringify(parts)),
  }
  const http = platformHttp({
    platform: 'hub',
    baseUrl: server.url,
    auth: () => ({ 'X-API-Key': key }),
    now: () => time.now,
    log: log as never,
    sleep: async (ms) => {
      slept.push(ms)
      time.now += ms
    },
    fetchJitter: () => 0.5,
    ...more,
  })
  return { http, time, slept, logged }
}

async function failure(promise: Promise<unknown>): Promise<PlatformError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(PlatformError)
  return error as PlatformError
}

const hubError = (response: ServerResponse, status: number, headers = {}) =>
  json(response, { meta: { success: false, http_code: status, developer_message: `said ${status}` } }, status, headers)

describe('reading', () => {
  it('gives the parsed answer and proves who asks', async () => {
    const server = await tinyServer((response) => json(response, { name: 'Acme', extra: 1 }))
    const { http } = setUp(server)
    expect(
      await http.get('/things/1', { schema, params: { limit: 2, filters: '{"a.b":"c d"}', left: undefined } }),
    ).toEqual({
      name: 'Acme',
      extra: 1,
    })
    expect(server.asked).toEqual(['GET /things/1?limit=2&filters={"a.b":"c d"}'])
    expect(server.headers[0]?.['x-api-key']).toBe(key)
  })

  it.each([
    [400, 'Rejected'],
    [401, 'NotAllowed'],
    [403, 'NotAllowed'],
    [404, 'NotFound'],
    [409, 'Rejected'],
  ])('says %i is %s, at once', async (status, kind) => {
    const server = await tinyServer((response) => hubError(response, status))
    const { http } = setUp(server)
    const { problem, message, mayHaveHappened } = await failure(http.get('/partners/BrghtlPA/channels', { schema }))
    expect(problem).toEqual({
      kind,
      asked: 'GET hub /partners/…/channels',
      answered: `HTTP ${status}`,
      words: `said ${status}`,
    })
    expect(message).toBe(`GET hub /partners/…/channels: HTTP ${status} (said ${status})`)
    expect(mayHaveHappened).toBe(false)
    expect(server.asked).toHaveLength(1)
  })

  it('understands a refusal without a body', async () => {
    const server = await tinyServer((response) => response.writeHead(401).end())
    expect((await failure(setUp(server).http.get('/x', { schema }))).problem.kind).toBe('NotAllowed')
  })

  it('tries a 500 twice more, with growing pauses', async () => {
    const server = await tinyServer((response, _, nth) =>
      nth < 3 ? hubError(response, 500) : json(response, { name: 'ok' }),
    )
    const { http, slept } = setUp(server)
    expect(await http.get('/x', { schema })).toEqual({ name: 'ok' })
    expect(slept).toEqual([200, 400])
  })

  it('gives up after the third 500', async () => {
    const server = await tinyServer((response) => hubError(response, 500))
    const { problem } = await failure(setUp(server).http.get('/x', { schema }))
    expect(problem).toMatchObject({ kind: 'Unavailable', answered: 'HTTP 500' })
    expect(server.asked).toHaveLength(3)
  })

  it('waits as long as a 429 asks for', async () => {
    const server = await tinyServer((response, _, nth) =>
      nth === 1 ? hubError(response, 429, { 'retry-after': '2' }) : json(response, { name: 'ok' }),
    )
    const { http, slept } = setUp(server)
    await http.get('/x', { schema })
    expect(slept).toEqual([2000])
  })

  it('reads a Retry-After that is a date', async () => {
    const server = await tinyServer((response) =>
      hubError(response, 429, { 'retry-after': 'Mon, 04 May 2026 09:01:00 GMT' }),
    )
    const { problem } = await failure(setUp(server).http.get('/x', { schema }))
    expect(problem).toMatchObject({ kind: 'RateLimited', retryAfterMs: 60_000 })
  })

  it('does not wait longer than five seconds, and passes the wait on', async () => {
    const server = await tinyServer((response) => hubError(response, 429, { 'retry-after': '30' }))
    const { http, slept } = setUp(server)
    expect((await failure(http.get('/x', { schema }))).problem).toMatchObject({
      kind: 'RateLimited',
      retryAfterMs: 30_000,
    })
    expect(slept).toEqual([])
    expect(server.asked).toHaveLength(1)
  })

  it('does not guess when a 429 names no wait', async () => {
    const server = await tinyServer((response) => hubError(response, 429))
    const { problem } = await failure(setUp(server).http.get('/x', { schema }))
    expect(problem.kind).toBe('RateLimited')
    expect(problem).not.toHaveProperty('retryAfterMs')
    expect(server.asked).toHaveLength(1)
  })

  it.each([
    ['a web page', (r: ServerResponse) => r.end('<!doctype html><p>hi'), 'HTTP 200 with a web page instead of data'],
    ['a 404 web page', (r: ServerResponse) => r.writeHead(404).end('<p>?'), 'HTTP 404 with a web page instead of data'],
    ['nothing', (r: ServerResponse) => r.end(), 'HTTP 200 with an empty answer'],
    ['broken JSON', (r: ServerResponse) => r.end('{"name": "Ac'), 'HTTP 200 with an answer that is not JSON'],
    ['a cut', (r: ServerResponse) => r.socket?.destroy(), 'the connection was cut (ECONNRESET)'],
    [
      'half an answer',
      (r: ServerResponse) => r.writeHead(200, { 'content-length': '99' }).write('{', () => r.socket?.destroy()),
      'the connection was cut',
    ],
  ])('calls the platform unavailable when %s comes back', async (_, answer, answered) => {
    const server = await tinyServer(answer)
    const { problem } = await failure(setUp(server).http.get('/x', { schema }))
    expect(problem.kind).toBe('Unavailable')
    expect(problem.answered).toContain(answered)
    expect(server.asked).toHaveLength(3)
  })

  it('gives up on a slow platform, once, even when it dribbles', async () => {
    const server = await tinyServer((response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    })
    const { problem } = await failure(setUp(server, { timeoutMs: 100 }).http.get('/x', { schema }))
    expect(problem).toMatchObject({ kind: 'Unavailable', answered: 'no answer within 0.1 s' })
    expect(server.asked).toHaveLength(1)
  })

  it('names the field when the answer has another shape', async () => {
    const server = await tinyServer((response) => json(response, { rows: [{ name: 'a' }, { name: 7 }] }))
    const rows = z.looseObject({ rows: z.array(schema) })
    const { problem } = await failure(setUp(server).http.get('/x', { schema: rows }))
    expect(problem.kind).toBe('Unavailable')
    expect(problem.answered).toMatch(/^an answer of an unknown shape: rows\.1\.name: .*expected string/)
    expect(server.asked).toHaveLength(1)
  })

  it('names the field inside of several possible shapes', async () => {
    const server = await tinyServer((response) => json(response, { data: [{ id: '1' }, { name: 'no id' }] }))
    const shapes = z.union([z.array(schema), z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) })])
    const { problem } = await failure(setUp(server).http.get('/x', { schema: shapes }))
    expect(problem.answered).toMatch(/shape: data\.1\.id: /)
  })

  it('never claims that something happened', async () => {
    const server = await tinyServer((response) => hubError(response, 500))
    expect((await failure(setUp(server).http.get('/x', { schema }))).mayHaveHappened).toBe(false)
  })

  it('stops reading after one megabyte', async () => {
    const server = await tinyServer((response) => json(response, { name: 'x'.repeat(1_100_000) }))
    const { problem } = await failure(setUp(server).http.get('/x', { schema }))
    expect(problem).toMatchObject({ kind: 'Unavailable', answered: 'an answer of more than 1 MB' })
  })

  it('follows no redirect', async () => {
    const elsewhere = await tinyServer((response) => json(response, { name: 'stolen' }))
    const server = await tinyServer((response) => response.writeHead(302, { location: elsewhere.url }).end())
    const { problem } = await failure(setUp(server).http.get('/x', { schema }))
    expect(problem.answered).toBe('HTTP 302, a redirect that is not followed')
    expect(elsewhere.asked).toEqual([])
  })

  it('says so when nobody listens', async () => {
    const server = { url: 'http://127.0.0.1:1', asked: [], bodies: [], headers: [] }
    const { problem, mayHaveHappened } = await failure(setUp(server).http.get('/x', { schema }))
    expect(problem).toMatchObject({ kind: 'Unavailable', answered: 'no connection (ECONNREFUSED)' })
    expect(mayHaveHappened).toBe(false)
  })
})

describe('changing', () => {
  it('never repeats a call that is not safe, and says that it may have happened', async () => {
    const server = await tinyServer((response) => hubError(response, 500))
    const { mayHaveHappened } = await failure(setUp(server).http.post('/x', { schema, body: { a: 1 } }))
    expect(mayHaveHappened).toBe(true)
    expect(server.asked).toEqual(['POST /x'])
    expect(server.bodies).toEqual(['{"a":1}'])
  })

  it('repeats a safe one', async () => {
    const server = await tinyServer((response, _, nth) =>
      nth === 1 ? response.socket?.destroy() : json(response, { name: 'ok' }),
    )
    expect(await setUp(server).http.post('/x', { schema, safe: true })).toEqual({ name: 'ok' })
    expect(server.bodies).toEqual(['{}', '{}'])
  })
})

describe('proving who asks', () => {
  it('gets new headers after a 401, once, and repeats even what is not safe: a 401 changed nothing', async () => {
    const server = await tinyServer((response, request) =>
      request.headers['x-api-key'] === 'new' ? json(response, { name: 'ok' }) : hubError(response, 401),
    )
    let current = 'old'
    const renewed: string[] = []
    const { http } = setUp(server, {
      auth: () => ({ 'X-API-Key': current }),
      renew: async (refused) => {
        renewed.push(refused['X-API-Key'] ?? '')
        current = 'new'
      },
    })
    expect(await http.post('/x', { schema })).toEqual({ name: 'ok' })
    expect(renewed).toEqual(['old'])
  })

  it('gives up when the new ones are refused too', async () => {
    const server = await tinyServer((response) => hubError(response, 401))
    const { http } = setUp(server, { renew: async () => undefined })
    expect((await failure(http.get('/x', { schema }))).problem.kind).toBe('NotAllowed')
    expect(server.asked).toHaveLength(2)
  })
})

describe('secrets', () => {
  it('stand neither in the error nor in the log, even when the platform repeats them', async () => {
    const server = await tinyServer((response) =>
      json(response, { meta: { developer_message: `bad key ${key}, PIN 482913, token EAAGm0PX4ZCpsBA` } }, 400),
    )
    const { http, logged } = setUp(server)
    const error = await failure(
      http.post('/x', { schema, body: { pin: '482913', nested: [{ api_key: 'abcd-1234' }] } }),
    )
    const everything = JSON.stringify([error.message, error.problem, error.stack, logged])
    expect(error.problem.words).toBe('bad key [hidden], PIN [hidden], token [hidden]')
    for (const secret of [key, '482913', 'EAAGm', 'abcd-1234']) expect(everything).not.toContain(secret)
    expect(error.cause).toBeUndefined()
  })

  it('are never seen, whatever the platform does with them', async () => {
    const server = await tinyServer((response, request) => {
      const sent = new URL(request.url ?? '', 'http://x')
      const seen = [sent.href, sent.searchParams.get('client_secret'), request.headers.authorization]
      const said = [...seen, server.bodies.at(-1)].join(' | ')
      json(response, { error: { message: said, code: 100, error_data: { details: said }, [said]: 1 } }, 400)
    })
    const logged: string[] = []
    const word = fc.string({ minLength: 6, maxLength: 30, unit: fc.constantFrom(...'abXY019-_.+/=%&"\\ ') })
    const six = fc.integer({ min: 100_000, max: 999_999 }).map(String)
    await fc.assert(
      fc.asyncProperty(word, word, six, six, async (token, appSecret, pin, code) => {
        const asking = platformHttp({
          platform: 'graph',
          baseUrl: server.url,
          auth: () => ({ authorization: `Bearer x${token.trim()}x` }),
          now: () => 0,
          log: {
            debug: (...parts: unknown[]) => void logged.push(JSON.stringify(parts)),
            warn: (...parts: unknown[]) => void logged.push(JSON.stringify(parts)),
          } as never,
        })
        const body = { pin, code, api_key: appSecret }
        const error = await failure(asking.post('/x', { schema, body, params: { client_secret: appSecret } }))
        const everything = [error.message, error.stack ?? '', ...Object.values(error.problem).map(String)].join('\n')
        for (const secret of [`x${token.trim()}x`, appSecret, pin, code])
          for (const shown of [everything, logged.join('\n')]) expect(shown).not.toContain(secret)
      }),
      { numRuns: 40 },
    )
  })

  it('are not shown by an answer of an unknown shape', async () => {
    const server = await tinyServer((response) => json(response, { api_key: { value: 'made-up-key-value' } }))
    const { http, logged } = setUp(server)
    const error = await failure(http.post('/x', { schema: newApiKey }))
    expect(error.problem.answered).toMatch(/^an answer of an unknown shape: id: /)
    expect(error.mayHaveHappened).toBe(true)
    expect(JSON.stringify([error.message, error.problem, logged])).not.toContain('made-up-key-value')
  })

  it('a new API key prints as nothing', () => {
    const key = newApiKey.parse({ id: 201, api_key: 'made-up-key-value' })
    const printed = [JSON.stringify(key), inspect(key, { depth: 9, showHidden: true }), `${key.value}`]
    for (const text of printed) expect(text).not.toContain('made-up-key-value')
    expect(key.value.reveal()).toBe('made-up-key-value')
  })

  it('one trace names all attempts of a call', async () => {
    const server = await tinyServer((response) => hubError(response, 500))
    const { http, logged } = setUp(server)
    const { trace } = await failure(http.get('/x', { schema }))
    expect(logged).toHaveLength(3)
    for (const line of logged) expect(line).toContain(trace)
  })
})

describe('the circuit', () => {
  it('opens after five failures in a row, tries once after 15 s and closes when that works', async () => {
    let down = true
    const server = await tinyServer((response) => (down ? hubError(response, 500) : json(response, { name: 'ok' })))
    const { http, time } = setUp(server)
    for (let turn = 0; turn < 5; turn += 1) await failure(http.post('/x', { schema }))
    const refused = await failure(http.get('/x', { schema }))
    expect(refused.problem).toMatchObject({
      kind: 'Unavailable',
      answered: 'not asked: the platform has not answered for 0 s; next try in 15 s',
      retryAfterMs: 15_000,
    })
    expect(refused.mayHaveHappened).toBe(false)
    expect(server.asked).toHaveLength(5)

    time.now += 15_000
    await failure(http.post('/x', { schema }))
    await failure(http.post('/x', { schema }))
    expect(server.asked).toHaveLength(6)

    down = false
    time.now += 15_000
    await http.get('/x', { schema })
    await http.get('/x', { schema })
    expect(server.asked).toHaveLength(8)
  })

  it('says for how long the platform has not answered', async () => {
    const server = await tinyServer((response) => hubError(response, 500))
    const { http, time } = setUp(server)
    for (let turn = 0; turn < 5; turn += 1) {
      await failure(http.post('/x', { schema }))
      time.now += 8_000
    }
    expect((await failure(http.get('/x', { schema }))).problem.answered).toBe(
      'not asked: the platform has not answered for 40 s; next try in 7 s',
    )
  })

  it('opens at once when a call waited in vain and nothing else was answered', async () => {
    const server = await tinyServer(() => undefined)
    const { http } = setUp(server, { timeoutMs: 60, now: Date.now })
    await failure(http.get('/x', { schema }))
    const { problem } = await failure(http.get('/x', { schema }))
    expect(problem.answered).toMatch(/^not asked: the platform has not answered for 0 s/)
    expect(server.asked).toHaveLength(1)
  })

  it('stays closed when one call is slow and others are answered meanwhile', async () => {
    const server = await tinyServer((response, request) => {
      if (request.url !== '/slow') json(response, { name: 'ok' })
    })
    const { http } = setUp(server, { timeoutMs: 1000, now: Date.now })
    const slow = failure(http.get('/slow', { schema }))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await http.get('/x', { schema })
    await slow
    expect(await http.get('/x', { schema })).toEqual({ name: 'ok' })
  })

  it('is shared by the clients of one platform', async () => {
    const server = await tinyServer((response) => hubError(response, 500))
    const shared = circuit({ now: () => 0 })
    const [one, other] = [setUp(server, { circuit: shared }), setUp(server, { circuit: shared })]
    for (let turn = 0; turn < 5; turn += 1) await failure(one.http.post('/x', { schema }))
    expect((await failure(other.http.get('/x', { schema }))).problem.answered).toMatch(/^not asked/)
  })

  it('stays closed when the platform only refuses', async () => {
    const server = await tinyServer((response) => hubError(response, 403))
    const { http } = setUp(server)
    for (let turn = 0; turn < 8; turn += 1) await failure(http.get('/x', { schema }))
    expect(server.asked).toHaveLength(8)
  })
})

describe('limits', () => {
  it('spaces calls out, waits a little for a place, and refuses a long wait', async () => {
    const server = await tinyServer((response) => json(response, { name: 'ok' }))
    const { http, time, slept } = setUp(server)
    const balance = () => http.get('/x', { schema, pace: { key: 'client', calls: 5, perMs: 30_000 } })
    for (let turn = 0; turn < 5; turn += 1) await balance()
    expect((await failure(balance())).problem).toEqual({
      kind: 'RateLimited',
      asked: 'GET hub /x',
      answered: 'not asked: 5 calls in 30 s are used up; next try in 30 s',
      retryAfterMs: 30_000,
    })
    time.now += 27_000
    await balance()
    expect(slept).toEqual([3000])
    await http.get('/x', { schema, pace: { key: 'another client', calls: 5, perMs: 30_000 } })
    expect(server.asked).toHaveLength(7)
  })

  it('one account that is used up does not slow another one down', async () => {
    const usage = JSON.stringify({ '204': [{ call_count: 95, total_cputime: 1, total_time: 1 }] })
    const server = await tinyServer((response, request) =>
      json(
        response,
        { name: 'ok' },
        200,
        request.url === '/610' || request.url === '/204' ? { 'x-business-use-case-usage': usage } : {},
      ),
    )
    const { http, slept } = setUp(server, { platform: 'graph' })
    await http.get('/610', { schema, account: '610' })
    await http.get('/611', { schema, account: '611' })
    expect(slept).toEqual([])
    // Meta counts the number's calls at its WABA, and said so.
    await http.get('/610', { schema, account: '610' })
    await http.get('/204', { schema, account: '204' })
    expect(slept).toEqual([1550, 1550])
  })

  it('the limit of the app slows everyone down', async () => {
    const usage = JSON.stringify({ call_count: 80, total_cputime: 1, total_time: 1 })
    const server = await tinyServer((response) => json(response, { name: 'ok' }, 200, { 'x-app-usage': usage }))
    const { http, slept } = setUp(server, { platform: 'graph' })
    await http.get('/610', { schema, account: '610' })
    await http.get('/611', { schema, account: '611' })
    expect(slept).toEqual([200])
  })

  it('a named wait holds for the account it was named for, until it is over', async () => {
    const server = await tinyServer((response, request, nth) =>
      nth === 1 ? hubError(response, 429, { 'retry-after': '30' }) : json(response, { name: request.url ?? '' }),
    )
    const { http, time } = setUp(server)
    await failure(http.get('/a', { schema, account: 'client:a' }))
    expect((await failure(http.get('/a', { schema, account: 'client:a' }))).problem).toMatchObject({
      kind: 'RateLimited',
      answered: 'not asked: it asked us to wait; next try in 30 s',
      retryAfterMs: 30_000,
    })
    await http.get('/b', { schema, account: 'client:b' })
    expect(server.asked).toEqual(['GET /a', 'GET /b'])
    time.now += 30_000
    await http.get('/a', { schema, account: 'client:a' })
  })

  it("slows down from 80 % of Meta's limits on, and forgets after a minute", async () => {
    const usage = JSON.stringify({ '104': [{ type: 'x', call_count: 90, total_cputime: 1, total_time: 1 }] })
    const server = await tinyServer((response) =>
      json(response, { name: 'ok' }, 200, { 'x-business-use-case-usage': usage }),
    )
    const { http, time, slept } = setUp(server, { platform: 'graph' })
    await http.get('/x', { schema })
    expect(slept).toEqual([])
    await http.get('/x', { schema })
    expect(slept).toEqual([1100])
    time.now += 61_000
    await http.get('/x', { schema })
    expect(slept).toEqual([1100])
  })
})

describe("Meta's refusals", () => {
  it.each([
    [{ code: 190, error_subcode: 463 }, 401, 'NotAllowed'],
    [{ code: 200 }, 403, 'NotAllowed'],
    [{ code: 10 }, 400, 'NotAllowed'],
    [{ code: 100, error_subcode: 33 }, 400, 'NotFound'],
    [{ code: 803 }, 404, 'NotFound'],
    [{ code: 33 }, 400, 'NotFound'],
    [{ code: 100 }, 400, 'Rejected'],
    [{ code: 133005 }, 400, 'Rejected'],
    [{ code: 100, error_subcode: 2388103 }, 400, 'Rejected'],
    [{ code: 100, error_subcode: 2494100 }, 400, 'Unavailable'],
    [{ code: 4 }, 400, 'RateLimited'],
    [{ code: 80008 }, 400, 'RateLimited'],
    [{ code: 130429 }, 400, 'RateLimited'],
    [{ code: 2 }, 503, 'Unavailable'],
    [{ code: 999, is_transient: true }, 400, 'Unavailable'],
    [{ code: 190 }, 200, 'NotAllowed'],
  ])('%j with HTTP %i is %s', async (error, status, kind) => {
    const server = await tinyServer((response) =>
      json(response, { error: { message: 'No.', type: 'OAuthException', ...error, fbtrace_id: 'A1' } }, status),
    )
    const { problem } = await failure(setUp(server, { platform: 'graph' }).http.get('/1', { schema }))
    expect(problem).toMatchObject({ kind, code: error.code, words: 'No.', answered: `HTTP ${status}` })
    if ('error_subcode' in error) expect(problem.subcode).toBe(error.error_subcode)
  })

  it('a limit names its wait in minutes', async () => {
    const usage = JSON.stringify({ '104': [{ call_count: 100, estimated_time_to_regain_access: 12 }] })
    const server = await tinyServer((response) =>
      json(response, { error: { message: 'Slow down', code: 80008 } }, 400, { 'x-business-use-case-usage': usage }),
    )
    const { problem } = await failure(setUp(server, { platform: 'graph' }).http.get('/1', { schema }))
    expect(problem).toMatchObject({ kind: 'RateLimited', retryAfterMs: 720_000 })
  })
})
