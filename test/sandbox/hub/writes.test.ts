import { afterEach, describe, expect, it } from 'vitest'
import { closeScenes, ms, stage } from '../world/stage.ts'

afterEach(closeScenes)

const post = (body: unknown) => ({ method: 'POST', body })
const template = {
  name: 'back_soon',
  language: 'de',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Bis bald.' }],
}
const templates = '/waba_accounts/Pw90RsWA/waba_templates'

describe('templates at the Hub', () => {
  it('are submitted, and approved half a minute later', async () => {
    const { hub, ground, heard } = await stage()
    const made = await hub(templates, post(template))
    expect([made.status, made.body.status, made.body.quality_score]).toEqual([201, 'submitted', null])
    ground.clock.advance(29 * ms.second)
    const filters = `?filters=${encodeURIComponent('{"business_templates.name":"back_soon"}')}`
    expect((await hub(`${templates}${filters}`)).body.waba_templates[0].status).toBe('submitted')
    ground.clock.advance(ms.second)
    expect((await hub(`${templates}${filters}`)).body.waba_templates[0]).toMatchObject({
      status: 'approved',
      rejected_reason: 'NONE',
    })
    expect(await heard()).toContain('waba_template_status_changed')
  })

  it('are edited once a day, and deleted', async () => {
    const { hub, ground } = await stage()
    const { id } = (await hub(templates, post(template))).body
    ground.clock.advance(ms.minute)
    const edit = { method: 'PATCH', body: { components: [{ type: 'BODY', text: 'Bis gleich.' }] } }
    expect((await hub(`${templates}/${id}`, edit)).body.status).toBe('submitted')
    ground.clock.advance(ms.minute)
    expect((await hub(`${templates}/${id}`, edit)).status).toBe(400)
    ground.clock.advance(ms.day)
    expect((await hub(`${templates}/${id}`, edit)).status).toBe(200)
    expect((await hub(`${templates}/${id}`, { method: 'PATCH', body: { name: 'x' } })).status).toBe(400)
    expect((await hub(`${templates}/${id}`, { method: 'DELETE' })).body.meta).toEqual({
      developer_message: 'template name=back_soon was deleted',
      http_code: 200,
      success: true,
    })
    expect((await hub(templates, post(template))).body.meta.details[0]).toContain('2388023')
  })

  it('say what is wrong with them', async () => {
    const { hub } = await stage()
    await hub(templates, post(template))
    expect((await hub(templates, post(template))).body.meta.details[0]).toContain('already in use')
    expect((await hub(templates, post({ ...template, category: 'FUN' }))).body.meta.details[0]).toContain('category')
    expect((await hub('/waba_accounts/rE7aiLWA/waba_templates', post(template))).status).toBe(404)
  })
})

describe('what a partner says of itself', () => {
  it('can change its redirect and its webhook URL, and events go there', async () => {
    const { hub, bot, pull, world } = await stage()
    expect((await hub('/webhook_url')).body.webhook_url).toContain('/webhooks/hub/')
    const webhook_url = `${bot.url}/elsewhere`
    expect((await hub('/webhook_url', post({ webhook_url }))).body).toMatchObject({ id: 'BrghtlPA', webhook_url })
    await pull({ cancelled: { phone: '493023125101' } })
    await world.webhooks.idle()
    expect(bot.posts.map(({ path }) => path)).toEqual(['/elsewhere'])
    const patch = { method: 'PATCH', body: { partner_redirect_url: 'https://brightline.example/back' } }
    expect((await hub('', patch)).body.partner_redirect_url).toBe('https://brightline.example/back')
    expect((await hub('', { method: 'PATCH', body: { brand_name: 'X' } })).status).toBe(400)
    expect((await hub('/webhook_url', post({ webhook_url: 'http://a_b.example' }))).status).toBe(400)
  })

  it('never makes the sandbox call another machine', async () => {
    const { hub, bot, pull, world, ground } = await stage()
    await hub('/webhook_url', post({ webhook_url: 'https://hooks.example/in' }))
    await pull({ cancelled: { phone: '493023125101' } })
    await world.webhooks.idle()
    expect(bot.posts).toEqual([])
    expect(ground.journal.table('webhooks').values()).toMatchObject([{ last: 'hooks.example is not on this machine' }])
  })
})

describe('usage of a number', () => {
  it('has a row for each day or month that was asked for', async () => {
    const { hub } = await stage()
    const path = '/clients/Hn42TtqrCL/channels/Kd73LmCH/info/usage'
    const span = `?start_date=${Date.UTC(2026, 0, 30) / 1000}&end_date=${Date.UTC(2026, 2, 1) / 1000}`
    const periods = async (granularity: string) =>
      (await hub(`${path}${span}&granularity=${granularity}`)).body.usage.map(
        (row: { period_date: string }) => row.period_date,
      )
    expect(await periods('month')).toEqual(['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'])
    expect(await periods('day')).toHaveLength(31)
    expect((await hub(path)).status).toBe(400)
    expect((await hub(`/clients/Hn42TtqrCL/info/balance${span}&granularity=day`)).body.usage).toHaveLength(31)
  })
})

describe('account sharing', () => {
  const client = { name: 'Perle Optik', email: 'ops@perle.example' }

  it('makes a client, even when the answer is an error', async () => {
    const { hub, pull, heard } = await stage()
    await pull({ account_sharing: { answer: 429 } })
    expect((await hub('/account_sharing/clients', post(client))).status).toBe(429)
    const filters = `?filters=${encodeURIComponent(JSON.stringify({ 'contact_info.email': client.email }))}`
    expect((await hub(`/clients${filters}`)).body.clients).toMatchObject([{ name: 'Perle Optik', status: 'active' }])
    expect((await hub('/account_sharing/clients', post(client))).status).toBe(400)
    expect(await heard()).toEqual(['client_created'])
    const other = { ...client, email: 'ops@other.example' }
    expect((await hub('/account_sharing/clients', post(other))).status).toBe(201)
  })

  it('onboards the numbers of a WABA', async () => {
    const { hub, pull, heard, ground } = await stage()
    const body = {
      solution_id: '930225513398826',
      waba_external_id: '191130482257714',
      client_id: 'dLpSp0rtCL',
      channel_external_id: '196601937712514',
    }
    await pull({ account_sharing: { answer: 500 } })
    expect((await hub('/account_sharing/numbers', post(body))).status).toBe(500)
    expect((await hub('/account_sharing/numbers', post(body))).body.message).toContain('running')
    ground.clock.advance(ms.minute)
    expect(await heard()).toEqual(['channel_created', 'channel_ready', 'channel_running', 'channel_live'])
    expect((await hub('/account_sharing/numbers', post({ ...body, waba_external_id: '1' }))).status).toBe(404)
    expect((await hub('/account_sharing/numbers', post({}))).status).toBe(400)
  })
})
