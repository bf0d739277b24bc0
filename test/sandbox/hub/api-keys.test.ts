import { afterEach, describe, expect, it } from 'vitest'
import { closeScenes, ms, stage } from '../world/stage.ts'

const keys = (channel: string) => `/channels/${channel}/api_keys`

afterEach(closeScenes)

async function scene() {
  const all = await stage()
  const messaging = (path: string, key: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') =>
    all.ask(`/hub/waba${path}`, { method, body, headers: { 'd360-api-key': key } })
  const newKey = async (channel: string) => (await all.hub(keys(channel), { method: 'POST', body: {} })).body.api_key
  return { ...all, messaging, newKey }
}

describe('API keys of a channel', () => {
  it('are shown once, and a new one revokes the one before', async () => {
    const { hub, messaging, newKey, ground } = await scene()
    const made = await hub(keys('Kd73LmCH'), { method: 'POST', body: {} })
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      address: `${ground.ownUrl}/hub/waba`,
      api_key: expect.any(String),
      app_id: '104148',
      id: expect.stringMatching(/^\d+$/),
    })
    expect((await messaging('/health_status', made.body.api_key)).status).toBe(200)
    const listed = (await hub(keys('Kd73LmCH'))).body.api_keys
    expect(listed).toMatchObject([{ id: made.body.id, api_key: '***' }])

    const second = await newKey('Kd73LmCH')
    expect((await messaging('/health_status', made.body.api_key)).status).toBe(401)
    expect((await messaging('/health_status', second)).status).toBe(200)
    expect((await hub(keys('Kd73LmCH'), { method: 'DELETE' })).body.meta).toMatchObject({ success: true })
    expect((await messaging('/health_status', second)).status).toBe(401)
    expect(JSON.stringify(ground.calls.since(0))).not.toContain(second)
  })

  it('need the permission of the client', async () => {
    const { hub, pull } = await scene()
    const post = () => hub(keys('b2ShopCH'), { method: 'POST', body: {} })
    expect((await post()).status).toBe(403)
    const [said] = await pull({ permissions: { client: 'Bluebird Coffee', shared: ['493023125202'], state: 'PD-7' } })
    expect(said).toContain('https://brightline.example/connected?client=b7Kd0WmzCL&channels=%5Bb2ShopCH%5D&state=PD-7')
    expect((await post()).status).toBe(201)
    expect((await hub(keys('rE1oBaCH'), { method: 'POST', body: {} })).status).toBe(404)
  })

  it('tells the bot of permissions that are given and taken', async () => {
    const { pull, heard } = await scene()
    await pull({ permissions: { client: 'b7Kd0WmzCL', shared: ['493023125202'], revoked: ['493023125201'] } })
    expect(await heard()).toEqual(['channel_permission_granted', 'channel_permission_revoked'])
  })

  it('are not made too quickly, and are made although the answer gets lost', async () => {
    const { hub, ground, fault, world } = await scene()
    const post = () => hub(keys('Kd73LmCH'), { method: 'POST', body: {} })
    for (let n = 0; n < 5; n += 1) expect((await post()).status).toBe(201)
    expect((await post()).status).toBe(429)
    expect((await hub(keys('b1OrdrCH'), { method: 'POST', body: {} })).status).toBe(201)
    ground.clock.advance(ms.minute)
    fault({ system: 'hub', path: 'api_keys', kind: 'done-but-500', times: 1 })
    const before = world.apiKeys.values().find(({ channel_id }) => channel_id === 'Kd73LmCH')?.id
    expect((await post()).status).toBe(500)
    expect(world.apiKeys.values().find(({ channel_id }) => channel_id === 'Kd73LmCH')?.id).not.toBe(before)
  })
})

describe('the Messaging API', () => {
  it('tells the health of the number with its reasons', async () => {
    const { messaging, newKey, pull } = await scene()
    const key = await newKey('Kd73LmCH')
    const health = async () => (await messaging('/health_status', key)).body.health_status
    expect(await health()).toMatchObject({ can_send_message: 'AVAILABLE' })
    await pull({ payment: { waba: 'Pw90RsWA', ok: false } })
    expect((await health()).entities[1].errors[0]).toMatchObject({ error_code: 141006 })
    await pull({ payment: { waba: 'Pw90RsWA', ok: true }, verified: { waba: 'Pw90RsWA', status: 'revoked' } })
    expect((await health()).entities[2].errors[0]).toMatchObject({ error_code: 141000 })
    await pull({ verified: { waba: 'Pw90RsWA' }, account: { waba: 'Pw90RsWA', state: 'DISABLED' } })
    expect((await health()).entities[1].errors[0]).toMatchObject({ error_code: 131031 })
    await pull({ account: { waba: 'Pw90RsWA', state: 'REINSTATED' } })
    expect((await health()).can_send_message).toBe('AVAILABLE')
  })

  it('reads and changes the profile', async () => {
    const { messaging, newKey } = await scene()
    const key = await newKey('Kd73LmCH')
    const path = '/whatsapp_business_profile'
    expect((await messaging(`${path}?fields=about,email`, key)).body.data).toEqual([
      { about: expect.any(String), email: 'ops@acme.example', messaging_product: 'whatsapp' },
    ])
    const changed = await messaging(path, key, { messaging_product: 'whatsapp', about: 'Open until six' })
    expect(changed.status).toBe(200)
    expect((await messaging(`${path}?fields=about`, key)).body.data[0].about).toBe('Open until six')
    expect((await messaging(path, key, { about: 'x'.repeat(140) })).status).toBe(400)
    expect((await messaging(path, key, { colour: 'red' })).status).toBe(400)
    expect((await messaging(path, 'wrong')).status).toBe(401)
  })

  it('switches the catalog, which the Partner API sees', async () => {
    const { messaging, newKey, hub } = await scene()
    const key = await newKey('Kd73LmCH')
    await messaging('/whatsapp_commerce_settings?is_catalog_visible=true', key, {})
    expect((await messaging('/whatsapp_commerce_settings', key)).body.data[0]).toMatchObject({
      is_catalog_visible: true,
      is_cart_enabled: true,
    })
    const seen = await hub('/clients/Hn42TtqrCL/channels/Kd73LmCH/whatsapp_commerce_settings')
    expect(seen.body.data[0]).toMatchObject({ is_catalog_visible: true })
  })

  it('has the templates of the number, and its webhook', async () => {
    const { messaging, newKey } = await scene()
    const key = await newKey('Kd73LmCH')
    expect((await messaging('/v1/configs/templates', key)).body.total).toBe(3)
    const template = { name: 'hello', language: 'en', category: 'UTILITY', components: [{ type: 'BODY', text: 'Hi' }] }
    const made = await messaging('/v1/configs/templates', key, template)
    expect([made.status, made.body.status, made.body.created_at]).toEqual([201, 'submitted', undefined])
    expect((await messaging('/v1/configs/templates/hello', key, undefined, 'DELETE')).body.meta.success).toBe(true)
    expect((await messaging('/v1/configs/templates/hello', key, undefined, 'DELETE')).status).toBe(404)
    const hook = { url: 'https://bot.example/hook', headers: { 'x-secret': 's' } }
    expect((await messaging('/v1/configs/webhook', key, hook)).body).toEqual(hook)
    expect((await messaging('/v1/configs/webhook', key)).body).toEqual(hook)
  })

  it('sends, unless nobody pays', async () => {
    const { messaging, newKey, pull } = await scene()
    const key = await newKey('Kd73LmCH')
    const message = { messaging_product: 'whatsapp', to: '+49 155 50009999', type: 'text', text: { body: 'hi' } }
    expect((await messaging('/messages', key, message)).body.contacts[0].wa_id).toBe('4915550009999')
    await pull({ balance: { phone: '493023125101', amount: -1 } })
    expect((await messaging('/messages', key, message)).body.error.code).toBe(131042)
  })
})
