import { describe, expect, it } from 'vitest'
import type { Cache } from '../../src/meta/cache.ts'
import { graphClient } from '../../src/meta/graph.ts'
import { hubClient } from '../../src/meta/hub.ts'
import { json, type TinyServer, tinyServer } from './tiny-server.ts'

const hubOf = ({ url }: TinyServer, cache?: Cache) =>
  hubClient({
    baseUrl: `${url}/api/v2`,
    partner: 'p1PA',
    credentials: { apiKey: 'key-1' },
    now: Date.now,
    cache,
    sleep: async () => undefined,
  })
const graphOf = ({ url }: TinyServer) =>
  graphClient({ baseUrl: url, token: 'EAAtoken', now: Date.now, sleep: async () => undefined })

const channelRow = (id: string, phone: string, more = {}) => ({
  id,
  client_id: 'c1CL',
  setup_info: { phone_number: phone },
  ...more,
})

async function ids(rows: AsyncIterable<{ channel: { id: string } }>): Promise<string[]> {
  const found: string[] = []
  for await (const { channel } of rows) found.push(channel.id)
  return found
}

describe('walking through lists of the Hub', () => {
  it('goes on by what came, not by what the Hub says it sent', async () => {
    const all = Array.from({ length: 5 }, (_, n) => channelRow(`ch${n}CH`, `4930${n}`))
    const server = await tinyServer((response, request) => {
      const offset = Number(new URL(request.url ?? '', 'http://x').searchParams.get('offset'))
      json(response, { count: 99, total: 5, partner_channels: all.slice(offset, offset + 2) })
    })
    expect(await ids(hubOf(server).channels.list())).toEqual(['ch0CH', 'ch1CH', 'ch2CH', 'ch3CH', 'ch4CH'])
    expect(server.asked).toEqual([0, 2, 4].map((at) => `GET /api/v2/partners/p1PA/channels?limit=200&offset=${at}`))
  })

  it('does not walk in circles when a Hub ignores the offset', async () => {
    const server = await tinyServer((response) =>
      json(response, { total: 900, partner_channels: [channelRow('aCH', '1')] }),
    )
    expect(await ids(hubOf(server).channels.list())).toEqual(['aCH'])
    expect(server.asked).toHaveLength(2)
  })

  it('names the row that cannot be read', async () => {
    const server = await tinyServer((response) =>
      json(response, { partner_channels: [channelRow('aCH', '1'), { id: null }] }),
    )
    await expect(ids(hubOf(server).channels.list())).rejects.toThrow('partner_channels.1.id')
  })
})

describe('finding a channel in the Hub', () => {
  it('asks for both Brazilian spellings and believes only what fits', async () => {
    const rows = [channelRow('wrongCH', '493012345'), channelRow('rightCH', '551176540211')]
    const server = await tinyServer((response) => json(response, { total: 2, partner_channels: rows }))
    const found = await hubOf(server).channels.byPhone('5511976540211')
    expect(found?.channel.id).toBe('rightCH')
    const asked = (phone: string) =>
      `GET /api/v2/partners/p1PA/channels?limit=200&offset=0&filters={"setup_info.phone_number":"${phone}"}`
    expect([...server.asked].sort()).toEqual([asked('551176540211'), asked('5511976540211')].sort())
    expect(server.headers[0]?.['x-api-key']).toBe('key-1')
  })

  it('prefers the living channel of a number, then the newest', async () => {
    const rows = [
      channelRow('deadCH', '493012345', { hub_status: 'terminated', created_at: '2026-03-01T00:00:00Z' }),
      channelRow('oldCH', '493012345', { hub_status: 'live', created_at: '2026-01-01T00:00:00Z' }),
      channelRow('newCH', '493012345', { hub_status: 'live', created_at: '2026-02-01T00:00:00Z' }),
    ]
    const server = await tinyServer((response) => json(response, { partner_channels: rows }))
    expect((await hubOf(server).channels.byPhone('493012345'))?.channel.id).toBe('newCH')
  })

  it('finds nothing where nothing is', async () => {
    const server = await tinyServer((response) => json(response, { total: 0, partner_channels: [] }))
    expect(await hubOf(server).channels.byPhone('493012345')).toBeUndefined()
    expect(await hubOf(server).channels.byId('xCH')).toBeUndefined()
  })

  it('finds a WABA by Meta id through a filter that the Hub allows', async () => {
    const rows = [channelRow('aCH', '1', { waba_account: { id: 'wWA', external_id: '204' } })]
    const server = await tinyServer((response) => json(response, { total: 1, partner_channels: rows }))
    expect(await hubOf(server).wabas.byMetaId('204')).toEqual({ id: 'wWA', externalId: '204' })
    expect(server.asked).toHaveLength(1)
  })
})

it('keeps the list of clients for a minute', async () => {
  const kept = new Map<string, unknown>()
  const ttls: number[] = []
  const cache: Cache = {
    get: async (key) => kept.get(key),
    set: async (key, value, ttlMs) => {
      kept.set(key, value)
      ttls.push(ttlMs)
    },
  }
  const server = await tinyServer((response) =>
    json(response, {
      total: 2,
      clients: [
        { id: 'aCL', name: 'São João' },
        { id: 'bCL', organisation: 'Große Öfen AG' },
      ],
    }),
  )
  const hub = hubOf(server, cache)
  expect((await hub.clients.byName('sao joao')).map(({ id }) => id)).toEqual(['aCL'])
  expect((await hub.clients.byName('GROSSE OFEN')).map(({ id }) => id)).toEqual(['bCL'])
  expect(server.asked).toHaveLength(1)
  expect(ttls).toEqual([60_000])
})

it('asks for no path that an id could bend', async () => {
  const server = await tinyServer((response) => json(response, { id: 'x' }))
  await expect(hubOf(server).channels.balance('..', 'aCH')).resolves.toBeUndefined()
  await expect(graphOf(server).wabas.read('../me')).rejects.toThrow('not asked: that is no id')
  expect(server.asked).toEqual([])
})

describe('Meta', () => {
  it('is asked by version, with explicit fields and a bearer token', async () => {
    const server = await tinyServer((response) => json(response, { id: '309', verification_status: 'verified' }))
    expect(await graphOf(server).businesses.read('309')).toEqual({ id: '309', verificationStatus: 'verified' })
    expect(server.asked).toEqual(['GET /v26.0/309?fields=verification_status,name'])
    expect(server.headers[0]?.authorization).toBe('Bearer EAAtoken')
  })

  it('is asked again without a field that the version no longer serves, and not for it again', async () => {
    const server = await tinyServer((response, request) =>
      request.url?.includes('is_pin_enabled')
        ? json(
            response,
            {
              error: {
                code: 100,
                message: '(#100) Tried accessing nonexisting field (is_pin_enabled) on node type (X)',
              },
            },
            400,
          )
        : json(response, { id: '610', status: 'CONNECTED' }),
    )
    const graph = graphOf(server)
    expect(await graph.numbers.read('610')).toEqual({ id: '610', status: 'CONNECTED' })
    await graph.numbers.read('610')
    expect(server.asked).toHaveLength(3)
  })

  it('pages by cursor and never follows the ready-made address', async () => {
    const server = await tinyServer((response, _request, nth) =>
      json(response, {
        data: [{ id: String(nth) }],
        paging: {
          cursors: { before: 'a', after: `c${nth}` },
          ...(nth < 3 ? { next: 'http://127.0.0.1:1/?access_token=EAAtoken' } : {}),
        },
      }),
    )
    expect(await graphOf(server).numbers.ofWaba('204')).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }])
    expect(server.asked.map((line) => /after=(\w+)/.exec(line)?.[1])).toEqual([undefined, 'c1', 'c2'])
  })
})
