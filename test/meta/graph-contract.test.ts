import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Graph } from '../../src/meta/graph.ts'
import { signupCode } from '../../src/sandbox/world/sharing.ts'
import { ownApp, systemUser } from '../../src/sandbox/world/sides.ts'
import { type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

let platforms: SandboxPlatforms
let graph: Graph
beforeEach(async () => {
  platforms = await sandboxPlatforms()
  graph = platforms.graphOf()
})
afterEach(() => platforms.close())

const home = '182240617739508'
const elsewhere = '191130482257714'
const kurse = { cc: '49', phoneNumber: '3023125502', id: '196601937712514' }
const sport = { cc: '49', phoneNumber: '3023125501' }
const moebel = '192241593368825'
const solution = '930225513398826'
const nordwind = { business: '402915530087614', line: '940336624409937', waba: '149022863350718' }

async function all<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of walk) found.push(one)
  return found
}

describe('a number', () => {
  it('moves: migrate, code, register', async () => {
    const { numbers } = graph
    expect(await graph.wabas.read(home)).toMatchObject({
      createdAt: expect.any(String),
      primaryFundingId: expect.any(String),
    })
    const id = await numbers.migrate(home, kurse)
    expect(await numbers.read(id)).toMatchObject({ status: 'PENDING' })
    await expect(numbers.register(id, { pin: '482913' })).rejects.toMatchObject({
      problem: { kind: 'Rejected', code: 133006 },
      mayHaveHappened: false,
    })
    await numbers.requestCode(id, { method: 'SMS', language: 'en_US' })
    await expect(numbers.verifyCode(id, '000000')).rejects.toMatchObject({
      problem: { kind: 'Rejected', code: 136025 },
    })
    await numbers.verifyCode(id, '123-456')
    await numbers.register(id, { pin: '482913' })
    expect(await numbers.read(id)).toMatchObject({ status: 'CONNECTED', isPinEnabled: true, platformType: 'CLOUD_API' })
    expect(await numbers.read(kurse.id)).toMatchObject({ status: 'MIGRATED' })
    expect((await numbers.ofWaba(home)).map((number) => number.id)).toContain(id)
  })

  it('does not move while two-step verification is on', async () => {
    await expect(graph.numbers.migrate(home, sport)).rejects.toMatchObject({
      problem: { kind: 'Rejected', code: 100, subcode: 2388001 },
    })
  })

  it('is added new', async () => {
    const id = await graph.numbers.add(home, { cc: '49', phoneNumber: '3023125999', verifiedName: 'Delphin Neu' })
    expect(await graph.numbers.read(id)).toMatchObject({ displayPhoneNumber: expect.stringContaining('49') })
  })

  it('has a PIN that is set, and asked for when registering', async () => {
    const { phone } = platforms.metaIdsOf('Kd73LmCH')
    await graph.numbers.setPin(phone, '111222')
    const wrong = graph.numbers.register(phone, { pin: '333444' })
    await expect(wrong).rejects.toMatchObject({ problem: { kind: 'Rejected', code: 133005 } })
    await expect(wrong).rejects.not.toThrow(/333444/)
    await graph.numbers.deregister(phone)
    expect(await graph.numbers.read(phone)).toMatchObject({ platformType: 'NOT_APPLICABLE' })
  })

  it('is registered ten times in 72 hours, not more', async () => {
    const { phone } = platforms.metaIdsOf('b1OrdrCH')
    for (let turn = 0; turn < 10; turn += 1) await graph.numbers.register(phone, { pin: '482913' })
    await expect(graph.numbers.register(phone, { pin: '482913' })).rejects.toMatchObject({
      problem: { kind: 'RateLimited', code: 133016 },
    })
  })

  it('tells what keeps it from sending', async () => {
    const health = await graph.health(platforms.metaIdsOf('gR1negCH').phone)
    expect(health).toMatchObject({ canSendMessage: 'BLOCKED' })
    expect(health?.entities.find(({ type }) => type === 'WABA')?.errors?.[0]).toMatchObject({ code: 141006 })
  })
})

describe('a WABA', () => {
  it('is found by its owner and by those it is shared with', async () => {
    const { business, waba } = platforms.metaIdsOf('Kd73LmCH')
    expect((await graph.wabas.ownedBy(business)).map(({ id }) => id)).toEqual([waba])
    expect((await graph.wabas.sharedWith('318204467719035')).map(({ id }) => id)).toContain(waba)
  })

  it('sends its webhooks to subscribed apps', async () => {
    const { waba } = platforms.metaIdsOf('Kd73LmCH')
    await graph.wabas.unsubscribe(waba)
    expect(await graph.wabas.subscriptions(waba)).toEqual({ count: 0, apps: [] })
    await graph.wabas.subscribe(waba)
    await graph.wabas.subscribe(waba)
    expect(await graph.wabas.subscriptions(waba)).toEqual({ count: 1, apps: [{ id: ownApp.id, name: ownApp.name }] })
  })

  it('has users with tasks', async () => {
    const { waba, business } = platforms.metaIdsOf('Kd73LmCH')
    const tasks = ['MANAGE', 'MANAGE_BILLING']
    await graph.wabas.assignUser(waba, { id: systemUser.id, tasks })
    expect(await graph.wabas.assignedUsers(waba, business)).toEqual([
      { id: systemUser.id, name: systemUser.name, tasks },
    ])
    await graph.wabas.unassignUser(waba, systemUser.id)
    expect(await graph.wabas.assignedUsers(waba, business)).toEqual([])
    await expect(graph.wabas.assignUser(waba, { id: systemUser.id, tasks: ['DANCE'] })).rejects.toMatchObject({
      problem: { kind: 'Rejected', words: expect.stringContaining('DANCE') },
    })
  })
})

describe('templates at Meta', () => {
  it('are listed page by page, and counted for a move', async () => {
    const approved = await all(graph.templates.list(elsewhere, { status: 'APPROVED' }))
    expect(approved.length).toBe(6)
    expect(await graph.templates.count(elsewhere)).toMatchObject({
      total: 9,
      byStatus: { APPROVED: 6, PAUSED: 1 },
      byQuality: { GREEN: 3, RED: 2 },
      eligible: 3,
    })
  })

  it('are made anew in another WABA of the same business', async () => {
    const { migrated } = await graph.templates.migrate(home, { sourceWabaId: elsewhere })
    expect(migrated.length).toBeGreaterThanOrEqual(2)
    await expect(graph.templates.migrate(home, { sourceWabaId: moebel })).rejects.toMatchObject({
      problem: { kind: 'Rejected', code: 100 },
    })
  })
})

describe('solutions and intents', () => {
  it('a WABA is tagged for one solution, and only for that one', async () => {
    expect(await graph.solutions.read(solution)).toMatchObject({ status: 'ACTIVE', partners: [{ status: 'ACCEPTED' }] })
    expect((await graph.solutions.ofWaba(moebel)).map(({ id }) => id)).toEqual(['930114402287715'])
    const id = await graph.intents.toSolution(moebel, solution)
    expect(await graph.intents.read(id)).toMatchObject({ id, status: 'INITIATED' })
    await expect(graph.intents.offSolution(moebel, ownApp.id)).rejects.toMatchObject({
      problem: { kind: 'Rejected', code: expect.any(Number) },
    })
  })

  it('a WABA can be tagged to leave solutions', async () => {
    const id = await graph.intents.offSolution(moebel, ownApp.id)
    expect(await graph.intents.read(id)).toMatchObject({ status: 'INITIATED' })
  })

  it('a partner-owned WABA is offered to its client, a client-owned one is not', async () => {
    const { waba } = platforms.metaIdsOf('cT8velCH')
    expect(await graph.intents.offerOwnership(waba)).toMatch(/^\d+$/)
    const owned = platforms.metaIdsOf('Kd73LmCH').waba
    await expect(graph.intents.offerOwnership(owned)).rejects.toMatchObject({ problem: { kind: 'Rejected' } })
  })

  it('a solution gives a token for a business', async () => {
    const { business } = platforms.metaIdsOf('Kd73LmCH')
    const token = await graph.solutions.accessToken(solution, business)
    expect(await graph.as(token.reveal()).businesses.read(business)).toMatchObject({ id: business })
    await expect(graph.solutions.accessToken(solution, '999')).rejects.toMatchObject({ problem: { kind: 'Rejected' } })
  })
})

describe('credit lines', () => {
  it('are shared, verified, found and taken back', async () => {
    const { business_id: owner } = platforms.unfund(nordwind.waba)
    const { credit } = graph
    expect(await credit.lines(nordwind.business)).toEqual([{ id: nordwind.line, legalEntityName: 'Nordwind GmbH' }])
    const allocation = await credit.shareAndAttach(nordwind.line, { id: nordwind.waba, currency: 'EUR' })
    expect(await credit.verify(allocation, nordwind.waba)).toMatchObject({ id: allocation, isActive: true })
    expect((await credit.find(nordwind.line, owner)).map(({ id }) => id)).toContain(allocation)
    await credit.revoke(allocation)
    expect(await credit.allocation(allocation)).toMatchObject({ requestStatus: 'DELETED' })
    expect((await credit.verify(allocation, nordwind.waba)).isActive).not.toBe(true)
  })

  it('are shared in two steps', async () => {
    const { business_id: owner } = platforms.unfund(nordwind.waba)
    const shared = await graph.credit.share(nordwind.line, owner)
    expect(await graph.credit.attach(nordwind.line, { id: nordwind.waba, currency: 'EUR' })).toBe(shared)
    expect(await graph.credit.verify(shared, nordwind.waba)).toMatchObject({ isActive: true })
  })

  it('must be in the currency of the WABA', async () => {
    await expect(
      graph.credit.shareAndAttach(nordwind.line, { id: nordwind.waba, currency: 'USD' }),
    ).rejects.toMatchObject({ problem: { kind: 'Rejected', words: expect.stringContaining('EUR') } })
  })
})

describe('tokens', () => {
  it('a code is exchanged once', async () => {
    const code = signupCode(platforms.ground, platforms.world)
    const exchange = { appId: ownApp.id, appSecret: platforms.ground.secrets.metaAppSecret, code }
    const { token } = await graph.oauth.exchangeCode(exchange)
    expect(await graph.oauth.debugToken(token.reveal())).toMatchObject({ isValid: true, appId: ownApp.id })
    const again = graph.oauth.exchangeCode(exchange)
    await expect(again).rejects.toMatchObject({ problem: { kind: 'Rejected', subcode: 36009 } })
    await expect(graph.oauth.exchangeCode({ ...exchange, appSecret: 'wrong' })).rejects.toMatchObject({
      name: 'PlatformError',
    })
  })

  it('tell what they may see', async () => {
    const info = await graph.oauth.debugToken(platforms.ground.secrets.graphToken)
    expect(info).toMatchObject({ isValid: true, type: 'SYSTEM_USER', scopes: expect.any(Array) })
    expect(info.wabaIds).toContain(platforms.metaIdsOf('Kd73LmCH').waba)
    expect(await graph.oauth.debugToken('EAAother')).toMatchObject({ isValid: false, wabaIds: [] })
  })
})

describe('a change that Meta answered with 500', () => {
  it('may have happened, and is not repeated', async () => {
    const { phone } = platforms.metaIdsOf('b1OrdrCH')
    platforms.ground.faults.add({ system: 'graph', path: '/register', kind: 'done-but-500', ms: 1, retryAfter: 1 })
    await expect(graph.numbers.register(phone, { pin: '482913' })).rejects.toMatchObject({
      problem: { kind: 'Unavailable' },
      mayHaveHappened: true,
    })
    const registers = platforms.ground.calls.since(0).filter(({ path }) => path.endsWith('/register'))
    expect(registers).toHaveLength(1)
  })
})
