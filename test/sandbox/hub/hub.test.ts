import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { faultSchema } from '../../../src/sandbox/faults.ts'
import { fakeHub } from '../../../src/sandbox/hub/index.ts'
import { littleWorld } from '../../../src/sandbox/world/world.ts'
import { testGround } from '../ground.ts'

function scene() {
  const ground = testGround()
  const world = littleWorld(ground)
  const app = new Hono().route('/hub', fakeHub(ground, world).routes)
  const key = (partner: string) => ({ 'x-api-key': ground.secrets.hubKeys[partner] ?? '' })
  const ask = async (path: string, { partner = 'BrghtlPA', method = 'GET', body, headers }: Ask = {}) => {
    const answer = await app.request(`/hub/api/v2${path}`, {
      method,
      headers: headers ?? key(partner),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, headers: answer.headers, json: () => JSON.parse(text) }
  }
  const fault = (given: object) => ground.faults.add(faultSchema.parse({ system: 'hub', ...given }))
  return { ground, world, app, ask, fault }
}

interface Ask {
  partner?: string
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

const filtered = (filters: object, more = '') => `?filters=${encodeURIComponent(JSON.stringify(filters))}${more}`
const brightline = '/partners/BrghtlPA'

describe('who may read the Hub', () => {
  it('takes the API key of the partner and nobody else', async () => {
    const { ask } = scene()
    expect((await ask(brightline)).json()).toMatchObject({
      id: 'BrghtlPA',
      brand_name: 'Brightline',
      payment_required: false,
    })
    const anonymous = await ask(brightline, { headers: {} })
    expect(anonymous.status).toBe(401)
    expect(anonymous.json().meta).toMatchObject({ success: false, http_code: 401 })
    expect((await ask(brightline, { headers: { 'x-api-key': 'wrong' } })).status).toBe(401)
    expect((await ask('/partners/NordwnPA/channels')).status).toBe(403)
    expect((await ask('/partners/NobodyPA/channels')).status).toBe(403)
  })

  it('gives out bearers that live a day', async () => {
    const { ask, ground } = scene()
    const password = ground.secrets.hubKeys.BrghtlPA
    const body = { username: 'hub@brightline.example', password }
    const token = (await ask('/token', { method: 'POST', headers: {}, body })).json()
    expect(token).toMatchObject({ expires_in: 86_400, token_type: 'Bearer' })
    const headers = { authorization: `bearer ${token.access_token}` }
    expect((await ask(brightline, { headers })).status).toBe(200)
    ground.clock.advance(86_400_001)
    expect((await ask(brightline, { headers })).status).toBe(401)
    expect((await ask('/token', { method: 'POST', headers: {}, body: { ...body, password: 'no' } })).status).toBe(401)
    expect(JSON.stringify(ground.calls.since(0))).not.toContain(password)
  })
})

describe('lists of the Hub', () => {
  it('writes sorted keys, ASCII, whole seconds and a newline', async () => {
    const { ask } = scene()
    const { text, json } = await ask('/partners/SabiaxPA/clients', { partner: 'SabiaxPA' })
    expect(text.endsWith('}\n')).toBe(true)
    expect(text).toContain('Cl\\u00ednica Girassol')
    expect(Object.keys(json())).toEqual(['clients', 'count', 'filters', 'limit', 'offset', 'sort', 'total'])
    expect(json().clients[0].created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })

  it('finds a channel by its number', async () => {
    const { ask } = scene()
    const filters = { 'setup_info.phone_number': '493023125101' }
    const found = (await ask(`${brightline}/channels${filtered(filters)}`)).json()
    expect(found).toMatchObject({ count: 1, total: 1, filters, limit: 1000, offset: 0, sort: ['id'] })
    expect(found.partner_channels[0]).toMatchObject({
      id: 'Kd73LmCH',
      client: { id: 'Hn42TtqrCL', name: 'Acme GmbH' },
      waba_account: { id: 'Pw90RsWA', status: 'approved', on_behalf_of_business_info: { type: 'SELF' } },
      external_id: '106381927740556',
    })
  })

  it('finds nothing of another partner, and the Brazilian number only without its 9', async () => {
    const { ask } = scene()
    const total = async (partner: string, phone: string) =>
      (await ask(`/partners/${partner}/channels${filtered({ 'setup_info.phone_number': phone })}`, { partner })).json()
        .total
    expect(await total('NordwnPA', '493023125101')).toBe(0)
    expect(await total('SabiaxPA', '5511976540211')).toBe(0)
    expect(await total('SabiaxPA', '551176540211')).toBe(1)
  })

  it('pages and sorts', async () => {
    const { ask } = scene()
    const page = (await ask(`${brightline}/channels?limit=2&offset=1&sort=client_id,-setup_info.phone_number`)).json()
    expect(page).toMatchObject({
      count: 2,
      total: 7,
      limit: 2,
      offset: 1,
      sort: ['client_id', '-setup_info.phone_number'],
    })
    const phones = page.partner_channels.map(
      (row: { setup_info: { phone_number: string } }) => row.setup_info.phone_number,
    )
    expect(phones).toEqual(['493023125301', '493023125202'])
    expect((await ask(`${brightline}/channels?offset=50`)).json()).toMatchObject({ count: 0, total: 7 })
  })

  it('searches with q and compares null, numbers and booleans', async () => {
    const { ask } = scene()
    const total = async (filters: object) => (await ask(`${brightline}/channels${filtered(filters)}`)).json().total
    expect(await total({ q: 'copperleaf' })).toBe(3)
    expect(await total({ terminated_at: null })).toBe(7)
    expect(await total({ is_migrated: false })).toBe(7)
    expect(await total({ 'client.contact_info.email': 'ops@bluebird.example' })).toBe(3)
  })

  it('refuses what it does not know', async () => {
    const { ask } = scene()
    for (const query of [
      filtered({ colour: 'red' }),
      filtered({ id: ['a'] }),
      '?filters=%7B',
      '?sort=colour',
      '?limit=x',
    ]) {
      const refused = await ask(`${brightline}/channels${query}`)
      expect(refused.status).toBe(400)
      expect(refused.json().meta.developer_message).toBe('Wrong payload')
    }
    expect((await ask(`${brightline}/clients${filtered({ q: 'acme' })}`)).status).toBe(400)
  })

  it('reads one channel, WABA and the templates of a WABA', async () => {
    const { ask } = scene()
    expect((await ask(`${brightline}/channels/Kd73LmCH`)).json().id).toBe('Kd73LmCH')
    expect((await ask(`${brightline}/channels/rE1oBaCH`)).status).toBe(404)
    expect((await ask(`${brightline}/waba_accounts/Pw90RsWA`)).json()).toMatchObject({ external_id: '104726318850943' })
    const templates = `${brightline}/waba_accounts/Pw90RsWA/waba_templates`
    const approved = (await ask(`${templates}${filtered({ status: 'approved' })}`)).json()
    expect(approved).toMatchObject({ total: 2, count: 2 })
    expect((await ask(`${templates}${filtered({ 'business_templates.name': 'login_code' })}`)).json().total).toBe(1)
  })
})

describe('money and subscriptions', () => {
  it('sums the numbers of a client and limits the reads to 5 in 30 s', async () => {
    const { ask, ground, world } = scene()
    const path = `${brightline}/clients/b7Kd0WmzCL/info/balance`
    expect((await ask(path)).json()).toMatchObject({ balance: 132.4, currency: 'eur', granularity: 'month' })
    for (let n = 0; n < 4; n += 1) expect((await ask(path)).status).toBe(200)
    expect((await ask(path)).status).toBe(429)
    expect((await ask(`${brightline}/clients/Hn42TtqrCL/info/balance`)).status).toBe(200)
    ground.clock.advance(30_001)
    expect((await ask(path)).status).toBe(200)
    world.switches.set('rate', false)
    for (let n = 0; n < 9; n += 1) expect((await ask(path)).status).toBe(200)
  })

  it('tells the money of a number and of the partner', async () => {
    const { ask } = scene()
    const girassol = '/partners/SabiaxPA/clients/GrsL29ciCL/channels/gR1negCH/info/balance'
    expect((await ask(girassol, { partner: 'SabiaxPA' })).json()).toMatchObject({ balance: -37.2, currency: 'usd' })
    const partner = await ask('/partners/NordwnPA/balance', { partner: 'NordwnPA' })
    expect(partner.json()).toEqual([{ currency: 'eur', total: 1240.5 }])
  })

  it('lists the numbers whose key permission was shared', async () => {
    const { ask } = scene()
    const shared = (await ask(`${brightline}/clients/b7Kd0WmzCL/shared_client_numbers`)).json()
    expect(shared.shared_client_numbers.map((row: { phone_number: string }) => row.phone_number).sort()).toEqual([
      '12025550143',
      '493023125201',
    ])
  })

  it('cancels and reactivates, but only below the client', async () => {
    const { ask, world } = scene()
    const control = `${brightline}/clients/Hn42TtqrCL/channels/Kd73LmCH/control`
    const post = (path: string, body?: unknown) => ask(path, { method: 'POST', body })
    expect((await post(`${brightline}/channels/Kd73LmCH/control/cancellation_request`, {})).status).toBe(404)
    expect(
      (await post(`${brightline}/clients/b7Kd0WmzCL/channels/Kd73LmCH/control/cancellation_request`, {})).status,
    ).toBe(404)
    const cancelled = (await post(`${control}/cancellation_request`, {})).json()
    expect(cancelled).toMatchObject({
      id: 'Kd73LmCH',
      hub_status: 'pending_deletion',
      cancelled_at: expect.any(String),
    })
    expect((await post(`${control}/reactivate`, {})).json()).toMatchObject({ hub_status: 'live', cancelled_at: null })
    await post(`${control}/cancellation_request`)
    expect(world.channels.get('Kd73LmCH')?.hub_status).toBe('pending_deletion')
    await post(`${control}/cancellation_request`, { enabled: false })
    expect(world.channels.get('Kd73LmCH')?.hub_status).toBe('live')
    expect((await post(`${control}/cancellation_request`, { enabled: 'yes' })).status).toBe(400)
  })

  it('changes what a partner may change', async () => {
    const { ask } = scene()
    const client = `${brightline}/clients/Hn42TtqrCL`
    const changed = await ask(client, { method: 'PATCH', body: { partner_payload: 'crm-1' } })
    expect(changed.json()).toMatchObject({ partner_payload: 'crm-1', max_channels: 5 })
    expect((await ask(client, { method: 'PATCH', body: { name: 'X' } })).status).toBe(400)
    const settings = `${brightline}/settings/partner_change_request`
    expect((await ask(settings, { method: 'PATCH', body: { auto_approve: true } })).json()).toEqual({
      auto_approve: true,
    })
    expect((await ask(brightline)).json().settings.partner_change_request.auto_approve).toBe(true)
  })

  it('tells the commerce settings of a number', async () => {
    const { ask } = scene()
    const path = `${brightline}/clients/Hn42TtqrCL/channels/Kd73LmCH/whatsapp_commerce_settings`
    expect((await ask(path)).json().data[0]).toMatchObject({ id: '106381927740556' })
  })
})

describe('faults of the Hub', () => {
  it('plays them in its own shape and writes the calls down', async () => {
    const { ask, fault, ground } = scene()
    fault({ kind: '429', times: 1, retryAfter: 7 })
    const limited = await ask(brightline)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    fault({ kind: 'html', times: 1 })
    expect((await ask(brightline)).text).toContain('<html>')
    for (const kind of ['401', '403', '404', '500']) {
      fault({ kind, times: 1, path: '/channels' })
      expect((await ask(`${brightline}/channels`)).json().meta.http_code).toBe(Number(kind))
    }
    fault({ kind: 'delay', ms: 5, times: 1 })
    expect((await ask(brightline)).status).toBe(200)
    expect(ground.calls.since(0).map(({ status }) => status)).toEqual([429, 502, 401, 403, 404, 500, 200])
    expect(ground.calls.since(0)[2]).toMatchObject({
      system: 'hub',
      method: 'GET',
      path: '/api/v2/partners/BrghtlPA/channels',
    })
  })

  it('does the work and answers 500 when told so', async () => {
    const { ask, fault, world } = scene()
    fault({ kind: 'done-but-500', path: 'cancellation', times: 1 })
    const path = `${brightline}/clients/Hn42TtqrCL/channels/Kd73LmCH/control/cancellation_request`
    expect((await ask(path, { method: 'POST', body: {} })).status).toBe(500)
    expect(world.channels.get('Kd73LmCH')?.hub_status).toBe('pending_deletion')
  })

  it('cuts the line without an answer', async () => {
    const { app, fault, ground } = scene()
    const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub/api/v2/partners/BrghtlPA`
    fault({ kind: 'cut', times: 1 })
    await expect(fetch(url)).rejects.toThrow()
    expect((await fetch(url)).status).toBe(401)
    expect(ground.calls.since(0)[0]?.status).toBe(0)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
