import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FactName } from '../../src/meta/facts.ts'
import { hubClient } from '../../src/meta/hub.ts'
import { type LookUpOptions, lookUp } from '../../src/meta/look-up.ts'
import { failChange, requestChange } from '../../src/sandbox/world/partner-change.ts'
import { soon } from '../kit/soon.ts'
import { memoryCache, type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'
import { tinyServer } from './tiny-server.ts'

const everything: FactName[] = [
  'channel',
  'client',
  'waba',
  'phone',
  'account',
  'business',
  'balance',
  'templates',
  'permission',
  'numbers',
  'partner',
  'health',
  'subscriptions',
]
const acme = { phone: '493023125101', partner: 'brightline' }

let platforms: SandboxPlatforms
beforeEach(async () => {
  platforms = await sandboxPlatforms()
})
afterEach(() => platforms.close())

function look(more: Partial<LookUpOptions> = {}) {
  const { now } = platforms.ground.clock
  return lookUp({ hubs: platforms.hubs, graph: platforms.graphOf(), now, cache: memoryCache(now), ...more })
}
const calls = () => platforms.ground.calls.since(0)

describe('readings', () => {
  it('know everything about a healthy number', async () => {
    const readings = await look().readings(acme, everything)
    expect(Object.keys(readings).sort()).toEqual([...everything].sort())
    for (const reading of Object.values(readings)) expect(reading.state).toBe('known')
    expect(readings).toMatchObject({
      channel: { value: { id: 'Kd73LmCH' }, source: 'hub' },
      client: { value: { name: 'Acme GmbH' } },
      waba: { value: { status: 'approved', fbAccountStatus: 'verified' } },
      phone: { value: { isPinEnabled: true }, source: 'graph' },
      account: { value: { ownershipType: 'CLIENT_OWNED' } },
      business: { value: { verificationStatus: 'verified' } },
      balance: { value: { amountMinor: 4815 } },
      templates: { value: { total: 3 } },
      permission: { value: { apiKey: 'shared' } },
      numbers: { value: [{ id: 'Kd73LmCH' }] },
      partner: { value: { id: 'BrghtlPA', autoApprove: false } },
      health: { value: { entities: [{ type: 'PHONE_NUMBER' }, {}, {}, {}] }, source: 'graph' },
      subscriptions: { value: { count: 1 } },
    })
    expect(JSON.parse(JSON.stringify(readings))).toEqual(readings)
  })

  it('ask only for what is needed, and for the channel once', async () => {
    await look().readings(acme, ['channel', 'client', 'phone'])
    expect(calls()).toHaveLength(3)
  })

  it('cost one call for the channel alone', async () => {
    await look().readings(acme, ['channel'])
    expect(calls()).toHaveLength(1)
  })

  it('count the API keys in use, and never hold their values', async () => {
    const hub = platforms.hubs.brightline
    const before = await look().readings(acme, ['apiKeys'])
    expect(before.apiKeys).toMatchObject({ state: 'known', value: { count: 0, ids: [] } })
    const made = await hub?.keys.create('Kd73LmCH')
    const { apiKeys } = await look().readings(acme, ['apiKeys'])
    expect(apiKeys).toMatchObject({ state: 'known', value: { count: 1, ids: [made?.id] } })
    expect(JSON.stringify(apiKeys)).not.toContain(made?.value.reveal())
  })

  it('say that a permission is missing', async () => {
    const { permission } = await look().readings({ phone: '493023125202', partner: 'brightline' }, ['permission'])
    expect(permission).toMatchObject({ state: 'known', value: { apiKey: 'missing' } })
  })

  it('find a number of Meta by walking the WABA when the channel does not name it', async () => {
    const { phone: id } = platforms.metaIdsOf('aU1br9CH')
    const channel = platforms.world.channels.get('aU1br9CH')
    if (channel) platforms.world.channels.set('aU1br9CH', { ...channel, external_id: null })
    const { phone } = await look().readings({ phone: '551176540211', partner: 'sabia' }, ['phone'])
    expect(phone).toMatchObject({ state: 'known', value: { id } })
  })

  it('call a number absent that Meta does not have yet', async () => {
    const { phone } = await look().readings({ phone: '5511976540412', partner: 'sabia' }, ['phone'])
    expect(phone).toMatchObject({ state: 'absent', source: 'graph' })
  })

  it('call a number absent that the Hub does not have, and what lies behind it unknown', async () => {
    const readings = await look().readings({ phone: '493099999999', partner: 'brightline' }, everything)
    expect(readings.channel).toMatchObject({ state: 'absent', source: 'hub' })
    for (const name of everything.filter((name) => name !== 'channel' && name !== 'partner'))
      expect(readings[name]).toMatchObject({ state: 'unknown', why: 'no-id' })
  })

  it('are unknown without a token, and ask nothing for it', async () => {
    const readings = await look({ graph: undefined }).readings(acme, ['phone', 'account', 'business'])
    for (const reading of Object.values(readings)) expect(reading).toMatchObject({ state: 'unknown', why: 'no-token' })
    expect(calls()).toHaveLength(0)
  })

  it('are unknown for a partner that we do not serve', async () => {
    const { channel } = await look().readings({ ...acme, partner: 'constructor' }, ['channel'])
    expect(channel).toMatchObject({ state: 'unknown', why: 'no-token' })
  })
})

describe('what a move or a change of partner turns on', () => {
  const bluebird = { phone: '493023125201', partner: 'brightline' }

  it('all numbers of the client', async () => {
    const { numbers } = await look().readings(bluebird, ['numbers'])
    expect(numbers?.state === 'known' && numbers.value.map(({ id }) => id).sort()).toEqual([
      'b1OrdrCH',
      'b2ShopCH',
      'b3TestCH',
    ])
  })

  it('the open request of the client, absent when there is none or when it has ended', async () => {
    const { world, ground } = platforms
    expect((await look().readings(bluebird, ['partnerChange'])).partnerChange).toMatchObject({ state: 'absent' })
    const client = world.clients.get('b7Kd0WmzCL')
    const row = client && requestChange(ground, world, client, 'NordwnPA', ['b1OrdrCH'])
    expect((await look().readings(bluebird, ['partnerChange'])).partnerChange).toMatchObject({
      state: 'known',
      value: { id: row?.id, status: 'created', targetPartnerId: 'NordwnPA' },
    })
    if (row) failChange(ground, world, row)
    expect((await look().readings(bluebird, ['partnerChange'])).partnerChange).toMatchObject({ state: 'absent' })
  })

  it('a list of requests that is not there proves nothing', async () => {
    platforms.ground.faults.add({ system: 'hub', path: '/selective', kind: '404', ms: 1, retryAfter: 1 })
    expect((await look().readings(bluebird, ['partnerChange'])).partnerChange).toMatchObject({ state: 'unknown' })
  })

  it('the WABA that the number moves to, its age, and who gets its webhooks', async () => {
    const subject = { ...acme, destinationWaba: '182240617739508' }
    const { destination, subscriptions, account } = await look().readings(subject, [
      'destination',
      'subscriptions',
      'account',
    ])
    expect(account).toMatchObject({ value: { id: platforms.metaIdsOf('Kd73LmCH').waba } })
    const createdAt = destination?.state === 'known' ? (destination.value.createdAt ?? '') : ''
    const ageHours = (platforms.ground.clock.now() - Date.parse(createdAt)) / 3_600_000
    expect(ageHours).toBeGreaterThan(4)
    expect(ageHours).toBeLessThan(48)
    expect(subscriptions?.state).toBe('known')
    expect((await look().readings(acme, ['destination'])).destination).toMatchObject({ state: 'unknown', why: 'no-id' })
  })

  it('the credit line that pays for the WABA', async () => {
    const retail = { phone: '494066969101', partner: 'nordwind' }
    const looking = look({ creditBusinesses: { nordwind: '402915530087614' } })
    expect((await look().readings(retail, ['credit'])).credit).toMatchObject({ state: 'unknown', why: 'no-id' })
    expect((await looking.readings(retail, ['credit'])).credit).toMatchObject({ state: 'absent' })
    const waba = platforms.metaIdsOf('rE1oBaCH').waba
    platforms.unfund(waba)
    const id = await platforms.graphOf().credit.shareAndAttach('940336624409937', { id: waba, currency: 'EUR' })
    const { credit } = await looking.readings(retail, ['credit'], { fresh: true })
    expect(credit).toMatchObject({ state: 'known', value: { id, isActive: true } })
  })
})

describe('many look-ups at once', () => {
  const phones = ['493023125101', '493023125201', '493023125202', '493023125301', '493023125401']
  const subjects = Array.from({ length: 40 }, (_, n) => ({ phone: phones[n % 5] ?? '', partner: 'brightline' }))

  it.each([false, true])('ask for each number once (fresh: %j)', async (fresh) => {
    const looking = look()
    const names: FactName[] = ['channel', 'client', 'waba', 'phone', 'account', 'templates']
    const found = await Promise.all(subjects.map((subject) => looking.readings(subject, names, { fresh })))
    for (const readings of found) for (const reading of Object.values(readings)) expect(reading.state).toBe('known')
    expect(calls()).toHaveLength(names.length * phones.length)
  })

  it('a fresh one does not take an answer that was asked for before it began', async () => {
    const looking = look()
    const before = looking.readings(acme, ['channel'])
    await soon(() => expect(calls()).toHaveLength(1))
    await Promise.all([before, looking.readings(acme, ['channel'], { fresh: true })])
    expect(calls()).toHaveLength(2)
  })

  it('a dead platform costs its time limit once', async () => {
    const silent = await tinyServer(() => undefined)
    const hub = hubClient({
      baseUrl: silent.url,
      partner: 'p1PA',
      credentials: { apiKey: 'k' },
      now: Date.now,
      timeoutMs: 150,
    })
    const looking = look({ hubs: { brightline: hub } })
    await looking.readings(acme, everything)
    const asked = silent.asked.length
    const { channel } = await looking.readings(acme, everything)
    expect(silent.asked).toHaveLength(asked)
    expect(channel).toMatchObject({
      state: 'error',
      problem: { answered: expect.stringMatching(/^not asked: the platform has not answered for \d+ s/) },
    })
  })
})

describe('a platform in trouble', () => {
  it('spoils only its own facts', async () => {
    platforms.ground.faults.add({ system: 'graph', path: '', kind: '500', ms: 1, retryAfter: 1 })
    const readings = await look().readings(acme, everything)
    for (const name of ['phone', 'account', 'business', 'health', 'subscriptions'] as const)
      expect(readings[name]).toMatchObject({ state: 'error', source: 'graph', problem: { kind: 'Unavailable' } })
    for (const name of ['channel', 'client', 'waba', 'balance', 'templates', 'permission'] as const)
      expect(readings[name]).toMatchObject({ state: 'known' })
  })

  it('one failing call spoils one fact', async () => {
    platforms.ground.faults.add({ system: 'hub', path: '/waba_templates', kind: '403', ms: 1, retryAfter: 1 })
    const readings = await look().readings(acme, ['templates', 'waba'])
    expect(readings.templates).toMatchObject({ state: 'error', problem: { kind: 'NotAllowed' } })
    expect(readings.waba?.state).toBe('known')
  })

  it('without the channel, everything behind it could not be found out', async () => {
    platforms.ground.faults.add({ system: 'hub', path: '/channels', kind: '401', ms: 1, retryAfter: 1 })
    const readings = await look().readings(acme, ['channel', 'client', 'phone'])
    for (const reading of Object.values(readings))
      expect(reading).toMatchObject({ state: 'error', problem: { kind: 'NotAllowed' } })
  })

  it('a permission list that is not there proves nothing', async () => {
    platforms.ground.faults.add({ system: 'hub', path: '/shared_client_numbers', kind: '404', ms: 1, retryAfter: 1 })
    const { permission } = await look().readings(acme, ['permission'])
    expect(permission).toMatchObject({ state: 'unknown' })
  })

  it('a thing that Meta may only hide from us is not called absent', async () => {
    platforms.world.businesses.delete(platforms.metaIdsOf('Kd73LmCH').business)
    const { business } = await look().readings(acme, ['business'])
    expect(business).toMatchObject({ state: 'error', problem: { kind: 'NotFound', code: 100, subcode: 33 } })
  })
})

describe('the short memory', () => {
  it('repeats a reading for 30 s and says how old it is', async () => {
    const looking = look()
    const first = await looking.readings(acme, ['channel', 'phone'])
    const before = calls().length
    platforms.ground.clock.advance(20_000)
    const second = await looking.readings(acme, ['channel', 'phone'])
    expect(calls()).toHaveLength(before)
    expect(second).toEqual({ channel: { ...first.channel, cached: true }, phone: { ...first.phone, cached: true } })
    platforms.ground.clock.advance(11_000)
    const third = await looking.readings(acme, ['channel'])
    expect(third.channel).not.toHaveProperty('cached')
    expect(third.channel?.asOf).not.toBe(first.channel?.asOf)
  })

  it('is left out on request, and filled anew', async () => {
    const looking = look()
    await looking.readings(acme, ['channel'])
    const fresh = await looking.readings(acme, ['channel'], { fresh: true })
    expect(fresh.channel).not.toHaveProperty('cached')
    expect(calls()).toHaveLength(2)
  })

  it('keeps no failure', async () => {
    const looking = look()
    platforms.ground.faults.add({ system: 'hub', path: '', kind: '403', times: 1, ms: 1, retryAfter: 1 })
    expect((await looking.readings(acme, ['channel'])).channel?.state).toBe('error')
    expect((await looking.readings(acme, ['channel'])).channel?.state).toBe('known')
  })

  it('may fail without harm', async () => {
    const broken = { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) }
    expect((await look({ cache: broken }).readings(acme, ['channel'])).channel?.state).toBe('known')
  })
})
