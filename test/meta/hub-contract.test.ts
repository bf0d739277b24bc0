import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Period } from '../../src/meta/hub/money.ts'
import { requestChange } from '../../src/sandbox/world/partner-change.ts'
import { type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

let platforms: SandboxPlatforms
beforeEach(async () => {
  platforms = await sandboxPlatforms()
})
afterEach(() => platforms.close())

const acme = ['Hn42TtqrCL', 'Kd73LmCH'] as const
const day = 86_400_000
const lastMonth = (): Period => {
  const now = platforms.ground.clock.now()
  return { from: now - 30 * day, to: now }
}
async function all<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of walk) found.push(one)
  return found
}

describe('lists of the Hub', () => {
  it('are filtered, sorted and paged', async () => {
    const { channels } = platforms.hubs.brightline
    const sorted = await all(channels.list({ filters: { status: 'ready' }, sort: '-created_at', limit: 2 }))
    expect(sorted.length).toBeGreaterThan(4)
    const times = sorted.map(({ channel }) => channel.createdAt ?? '')
    expect(times).toEqual([...times].sort().reverse())
    const names = await all(platforms.hubs.brightline.clients.list({ sort: 'name', limit: 1 }))
    expect(names.map(({ name }) => name)).toContain('Acme GmbH')
  })

  it('refuse a filter that is not one', async () => {
    const { clients } = platforms.hubs.brightline
    await expect(all(clients.list({ filters: { shoe_size: '44' } }))).rejects.toMatchObject({
      problem: { kind: 'Rejected', answered: 'HTTP 400' },
    })
  })
})

describe('a client', () => {
  it('is changed where a partner may', async () => {
    const { clients } = platforms.hubs.brightline
    expect(await clients.update(acme[0], { partnerPayload: 'crm-882', maxChannels: 9 })).toMatchObject({
      id: acme[0],
      partnerPayload: 'crm-882',
      maxChannels: 9,
    })
    expect(await clients.byId(acme[0])).toMatchObject({ maxChannels: 9 })
    await expect(clients.update('nobodyCL', { maxChannels: 9 })).rejects.toMatchObject({
      problem: { kind: 'NotFound' },
    })
  })

  it('has money and usage, and a limit for asking', async () => {
    const { clients } = platforms.hubs.brightline
    const money = await clients.balance(acme[0], { ...lastMonth(), granularity: 'month' })
    expect(money).toMatchObject({ balance: { amountMinor: 4815, currency: 'EUR' } })
    expect(money.usage[0]).toMatchObject({ totalPriceMinor: expect.any(Number), byCategory: { utility: {} } })
    for (let turn = 0; turn < 4; turn += 1) await clients.balance(acme[0])
    await expect(clients.balance(acme[0])).rejects.toMatchObject({
      problem: { kind: 'RateLimited', answered: expect.stringMatching(/^not asked: 5 calls in 30 s/) },
    })
    expect(await clients.balance('b7Kd0WmzCL')).toHaveProperty('balance')
  })
})

describe('a channel', () => {
  it('tells usage and commerce settings', async () => {
    const { channels } = platforms.hubs.brightline
    expect((await channels.usage(...acme, lastMonth())).length).toBeGreaterThan(0)
    expect(await channels.commerce(...acme)).toMatchObject({ isCatalogVisible: expect.any(Boolean) })
    expect(await channels.commerce('Hn42TtqrCL', 'nobodyCH')).toBeUndefined()
  })

  it('is cancelled, and taken back', async () => {
    const { channels } = platforms.hubs.brightline
    await channels.requestCancellation(...acme)
    const cancelled = (await channels.byId('Kd73LmCH'))?.channel
    expect(cancelled).toMatchObject({ hubStatus: 'pending_deletion', cancelledAt: expect.any(String) })
    await channels.reactivate(...acme)
    const kept = (await channels.byId('Kd73LmCH'))?.channel
    expect(kept).toMatchObject({ hubStatus: 'live' })
    expect(kept).not.toHaveProperty('cancelledAt')
  })

  it('is cancelled and taken back the way of 2023, too', async () => {
    const { channels } = platforms.hubOf('BrghtlPA', undefined, { cancellation: 'enabled' })
    expect((await channels.requestCancellation(...acme))?.channel).toMatchObject({ hubStatus: 'pending_deletion' })
    expect((await channels.reactivate(...acme))?.channel).toMatchObject({ hubStatus: 'live' })
  })

  it("of another partner's is not there", async () => {
    await expect(platforms.hubs.nordwind.channels.requestCancellation(...acme)).rejects.toMatchObject({
      problem: { kind: 'NotFound' },
      mayHaveHappened: false,
    })
  })
})

describe('API keys', () => {
  it('are made, listed without their value, and ended', async () => {
    const { keys } = platforms.hubs.brightline
    const first = await keys.create('Kd73LmCH')
    expect(first.value.reveal()).toMatch(/\w{10,}/)
    expect(await keys.list('Kd73LmCH')).toEqual([{ id: first.id, appId: first.appId, address: first.address }])
    const second = await keys.create('Kd73LmCH')
    expect((await keys.list('Kd73LmCH')).map(({ id }) => id)).toEqual([second.id])
    await keys.removeAll('Kd73LmCH')
    expect(await keys.list('Kd73LmCH')).toEqual([])
  })

  it('need the permission of the client', async () => {
    await expect(platforms.hubs.brightline.keys.create('b2ShopCH')).rejects.toMatchObject({
      problem: { kind: 'NotAllowed', answered: 'HTTP 403' },
      mayHaveHappened: false,
    })
  })

  it('may be there although the Hub said 500: nobody asks again by himself', async () => {
    const { keys } = platforms.hubs.brightline
    platforms.ground.faults.add({
      system: 'hub',
      path: '/api_keys',
      kind: 'done-but-500',
      times: 1,
      ms: 1,
      retryAfter: 1,
    })
    await expect(keys.create('Kd73LmCH')).rejects.toMatchObject({
      problem: { kind: 'Unavailable' },
      mayHaveHappened: true,
    })
    expect(await keys.list('Kd73LmCH')).toHaveLength(1)
  })
})

describe('the Messaging API', () => {
  it('tells health and profile of the channel that the key is for', async () => {
    const key = await platforms.hubs.brightline.keys.create('Kd73LmCH')
    const messaging = platforms.messagingOf(key.value.reveal())
    const health = await messaging.health()
    expect(health?.entities.map(({ type }) => type)).toEqual(['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'])
    await messaging.updateProfile({ about: 'Open from 9 to 5' })
    expect(await messaging.profile()).toMatchObject({ about: 'Open from 9 to 5' })
  })

  it('refuses a key that was ended', async () => {
    const { keys } = platforms.hubs.brightline
    const old = await keys.create('Kd73LmCH')
    await keys.create('Kd73LmCH')
    await expect(platforms.messagingOf(old.value.reveal()).health()).rejects.toMatchObject({
      problem: { kind: 'NotAllowed', asked: 'GET messaging /health_status' },
    })
  })
})

describe('the partner', () => {
  it('reads its account and its own credit', async () => {
    const { partner } = platforms.hubs.nordwind
    expect(await partner.read()).toMatchObject({ id: 'NordwnPA', autoApprove: expect.any(Boolean) })
    expect(await partner.balance()).toEqual([{ amountMinor: 124_050, currency: 'EUR' }])
  })

  it('sets where webhooks and clients go', async () => {
    const { partner } = platforms.hubs.brightline
    const url = 'https://desk.example/webhooks/hub/very-secret'
    expect(await partner.setWebhookUrl(url)).toMatchObject({ webhookHost: 'desk.example' })
    expect((await partner.webhookUrl())?.reveal()).toBe(url)
    expect(JSON.stringify(await partner.read())).not.toContain('very-secret')
    expect(await partner.setRedirectUrl('https://desk.example/back')).toMatchObject({
      redirectUrl: 'https://desk.example/back',
    })
    await expect(partner.setRedirectUrl('no address')).rejects.toMatchObject({ problem: { kind: 'Rejected' } })
  })

  it('approves changes by itself, or not', async () => {
    const { partner } = platforms.hubs.brightline
    expect(await partner.setAutoApprove(true)).toBe(true)
    expect(await partner.read()).toMatchObject({ autoApprove: true })
  })
})

describe('a change of partner', () => {
  function asked(from: string, to: string) {
    const client = platforms.world.clients.get(from)
    if (!client) throw new Error(`no client ${from}`)
    return requestChange(platforms.ground, platforms.world, client, to, ['Kd73LmCH'])
  }

  it('is seen by both sides and approved by the destination', async () => {
    const { brightline, nordwind, sabia } = platforms.hubs
    const { id } = asked('Hn42TtqrCL', 'NordwnPA')
    expect(await brightline.partnerChanges.openOf('Hn42TtqrCL')).toMatchObject([
      { id, status: 'created', sourcePartnerId: 'BrghtlPA', targetPartnerId: 'NordwnPA', channelIds: ['Kd73LmCH'] },
    ])
    expect(await all(sabia.partnerChanges.list())).toEqual([])
    await expect(brightline.partnerChanges.approve(id)).rejects.toMatchObject({ problem: { kind: 'NotFound' } })
    await nordwind.partnerChanges.approve(id)
    expect(await nordwind.partnerChanges.byId(id)).toMatchObject({ status: 'pending' })
    await expect(nordwind.partnerChanges.approve(id)).rejects.toMatchObject({
      problem: { kind: 'Rejected', words: expect.stringContaining('pending') },
    })
  })

  it('is refused where the payment processors differ, in the words of the Hub', async () => {
    const { id } = asked('Hn42TtqrCL', 'SabiaxPA')
    await expect(platforms.hubs.sabia.partnerChanges.approve(id)).rejects.toMatchObject({
      problem: { kind: 'Rejected', words: expect.stringContaining('different payment processor') },
    })
  })
})

describe('templates in the Hub', () => {
  it('are made, edited and removed', async () => {
    const { templates } = platforms.hubs.brightline
    const components = [{ type: 'BODY', text: 'Hello {{1}}' }]
    const draft = { name: 'hello', language: 'de', category: 'UTILITY', components }
    const made = await templates.create('Pw90RsWA', draft)
    expect(made).toMatchObject({ name: 'hello', status: 'submitted' })
    await expect(templates.create('Pw90RsWA', draft)).rejects.toMatchObject({ problem: { kind: 'Rejected' } })
    const changed = [{ type: 'BODY', text: 'Hello, {{1}}!' }]
    await templates.update('Pw90RsWA', made.id, { components: changed })
    const [found] = await all(templates.list('Pw90RsWA', { filters: { 'business_templates.name': 'hello' } }))
    expect(found).toMatchObject({ id: made.id, components: changed })
    await templates.remove('Pw90RsWA', made.id)
    expect((await all(templates.list('Pw90RsWA'))).map(({ id }) => id)).not.toContain(made.id)
    await expect(templates.remove('Pw90RsWA', made.id)).rejects.toMatchObject({ problem: { kind: 'NotFound' } })
  })
})
