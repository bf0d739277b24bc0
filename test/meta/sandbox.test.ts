import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

let platforms: SandboxPlatforms
beforeEach(async () => {
  platforms = await sandboxPlatforms()
})
afterEach(() => platforms.close())

describe("the sandbox's Hub", () => {
  it('knows a channel by number, by id, by client and by WABA', async () => {
    const { brightline } = platforms.hubs
    const byPhone = await brightline.channels.byPhone('493023125101')
    expect(byPhone).toMatchObject({
      channel: {
        id: 'Kd73LmCH',
        clientId: 'Hn42TtqrCL',
        wabaId: 'Pw90RsWA',
        phone: '493023125101',
        name: 'Acme Support',
        hubStatus: 'live',
      },
      clientName: 'Acme GmbH',
      waba: { id: 'Pw90RsWA', fbAccountStatus: 'verified' },
    })
    expect(await brightline.channels.byId('Kd73LmCH')).toEqual(byPhone)
    expect(await brightline.channels.ofClient('Hn42TtqrCL')).toEqual([byPhone])
    expect(await brightline.channels.ofWaba('Pw90RsWA')).toEqual([byPhone])
  })

  it('finds a Brazilian number by either spelling', async () => {
    const { sabia } = platforms.hubs
    const stored = await sabia.channels.byPhone('551176540211')
    expect(stored?.channel).toMatchObject({ id: 'aU1br9CH', phone: '551176540211' })
    expect(await sabia.channels.byPhone('5511976540211')).toEqual(stored)
  })

  it("shows nothing of another partner's", async () => {
    const { nordwind } = platforms.hubs
    expect(await nordwind.channels.byPhone('493023125101')).toBeUndefined()
    expect(await nordwind.clients.byId('Hn42TtqrCL')).toBeUndefined()
    expect(await nordwind.wabas.byId('Pw90RsWA')).toBeUndefined()
  })

  it('lists every channel and every client', async () => {
    const { brightline } = platforms.hubs
    const phones: string[] = []
    for await (const { channel } of brightline.channels.list()) phones.push(channel.phone)
    expect(phones).toHaveLength(7)
    expect((await brightline.clients.all()).map(({ name }) => name)).toContain('Bluebird Coffee')
  })

  it('knows clients by id, name and e-mail', async () => {
    const { sabia } = platforms.hubs
    const client = await sabia.clients.byId('GrsL29ciCL')
    expect(client).toMatchObject({ id: 'GrsL29ciCL', name: 'Clínica Girassol', country: 'BR' })
    expect(await sabia.clients.byName('clinica')).toEqual([client])
    expect(await sabia.clients.byEmail(client?.email?.toUpperCase() ?? '')).toEqual([client])
  })

  it('knows a WABA by its id and by the id Meta gave it', async () => {
    const { brightline } = platforms.hubs
    const meta = platforms.metaIdsOf('Kd73LmCH')
    const waba = await brightline.wabas.byId('Pw90RsWA')
    expect(waba).toMatchObject({ id: 'Pw90RsWA', externalId: meta.waba, status: 'approved' })
    expect(await brightline.wabas.byMetaId(meta.waba)).toMatchObject({
      id: 'Pw90RsWA',
      fbAccountStatus: 'verified',
    })
    expect(await brightline.wabas.byMetaId('999')).toBeUndefined()
  })

  it('counts templates, money and permissions', async () => {
    const { brightline, sabia } = platforms.hubs
    expect(await brightline.templates.count('Pw90RsWA')).toMatchObject({
      total: 3,
      byStatus: { approved: 2, rejected: 1 },
      byQuality: { GREEN: 1, UNKNOWN: 2 },
      eligible: 1,
    })
    expect(await brightline.channels.balance('Hn42TtqrCL', 'Kd73LmCH')).toMatchObject({
      amountMinor: 4815,
      currency: 'EUR',
    })
    expect(await sabia.channels.balance('GrsL29ciCL', 'gR1negCH')).toMatchObject({ amountMinor: -3720 })
    expect(await brightline.clients.sharedNumbers('b7Kd0WmzCL')).toContainEqual({
      phone: '493023125201',
      channelId: 'b1OrdrCH',
    })
    expect(await brightline.clients.sharedNumbers('nobodyCL')).toBeUndefined()
  })

  it('tells a partner about itself', async () => {
    const partner = await platforms.hubs.nordwind.partner.read()
    expect(partner).toMatchObject({ id: 'NordwnPA', name: 'Nordwind', paymentRequired: true })
  })

  it('refuses a wrong key', async () => {
    await expect(platforms.hubOf('BrghtlPA', { apiKey: 'not-the-key' }).partner.read()).rejects.toMatchObject({
      problem: { kind: 'NotAllowed' },
    })
  })

  it.each([
    ['401', 'NotAllowed'],
    ['403', 'NotAllowed'],
    ['429', 'RateLimited'],
    ['500', 'Unavailable'],
    ['html', 'Unavailable'],
    ['cut', 'Unavailable'],
  ] as const)('with the fault %s is %s', async (kind, expected) => {
    platforms.ground.faults.add({ system: 'hub', path: '', kind, ms: 1, retryAfter: 1 })
    await expect(platforms.hubs.brightline.channels.byId('Kd73LmCH')).rejects.toMatchObject({
      problem: { kind: expected },
    })
  })

  it.each(['429', '500', 'html', 'cut'] as const)('is asked again after one fault %s', async (kind) => {
    platforms.ground.faults.add({ system: 'hub', path: '', kind, times: 1, ms: 1, retryAfter: 1 })
    expect((await platforms.hubs.brightline.channels.byId('Kd73LmCH'))?.channel.id).toBe('Kd73LmCH')
  })
})

describe("the sandbox's Graph", () => {
  it('tells a number, a WABA and a business', async () => {
    const graph = platforms.graphOf()
    const meta = platforms.metaIdsOf('Kd73LmCH')
    expect(await graph.numbers.read(meta.phone)).toMatchObject({
      id: meta.phone,
      status: 'CONNECTED',
      isPinEnabled: true,
    })
    const account = await graph.wabas.read(meta.waba)
    expect(account).toMatchObject({
      ownershipType: 'CLIENT_OWNED',
      ownerBusinessId: meta.business,
      reviewStatus: 'APPROVED',
    })
    expect(await graph.businesses.read(meta.business)).toMatchObject({ verificationStatus: 'verified' })
  })

  it('leaves out what it does not tell', async () => {
    expect(await platforms.graphOf().numbers.read(platforms.metaIdsOf('b2ShopCH').phone)).not.toHaveProperty(
      'isPinEnabled',
    )
  })

  it('lists the numbers of a WABA', async () => {
    const numbers = await platforms.graphOf().numbers.ofWaba(platforms.metaIdsOf('b1OrdrCH').waba)
    const phones = ['b1OrdrCH', 'b2ShopCH', 'b3TestCH'].map((id) => platforms.metaIdsOf(id).phone)
    expect(numbers.map(({ id }) => id).sort()).toEqual(phones.sort())
  })

  it('says what is not there, and refuses a wrong token', async () => {
    await expect(platforms.graphOf().numbers.read('999')).rejects.toMatchObject({
      problem: { kind: 'NotFound', code: 100, subcode: 33 },
    })
    await expect(platforms.graphOf('EAAwrong').businesses.read('1')).rejects.toMatchObject({
      problem: { kind: 'NotAllowed', code: 190 },
    })
  })
})
