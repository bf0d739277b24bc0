import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FactName, Readings, Subject } from '../../src/meta/facts.ts'
import { lookUp } from '../../src/meta/look-up.ts'
import { memoryCache, type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

const elsewhere = '192241593368825'
const solution = '930225513398826'
const subject: Subject = { phone: '493023125601', partner: 'brightline', waba: elsewhere }

let platforms: SandboxPlatforms
beforeEach(async () => {
  platforms = await sandboxPlatforms()
})
afterEach(() => platforms.close())

async function told(about: Subject, ...names: FactName[]): Promise<Readings> {
  const { now } = platforms.ground.clock
  const creditBusinesses = { brightline: '318204467719035', sabia: '529016648830172' }
  const graph = platforms.graphOf()
  return lookUp({ hubs: platforms.hubs, graph, now, cache: memoryCache(now), creditBusinesses }).readings(about, names)
}

describe('a WABA that no Hub knows', () => {
  it('is told by Meta: itself, its numbers, its templates by name, its solutions with their apps', async () => {
    const { account, phone, templates, solutions, wabaNumbers } = await told(
      subject,
      ...(['account', 'phone', 'templates', 'solutions', 'wabaNumbers'] as const),
    )
    expect(account).toMatchObject({ value: { id: elsewhere, ownershipType: 'CLIENT_OWNED' } })
    expect(phone).toMatchObject({ value: { isPinEnabled: true } })
    expect(templates).toMatchObject({ value: { coming: ['order_update', 'pickup_ready', 'delivery_promo'] } })
    expect(solutions).toMatchObject({ value: [{ id: '930114402287715', status: 'ACTIVE', appIds: expect.any(Array) }] })
    expect(wabaNumbers).toMatchObject({ value: [{ displayPhoneNumber: expect.stringMatching(/23125601|2312 5601/) }] })
  })

  it('is the partner’s only if it was shared with the partner’s portfolio', async () => {
    expect((await told(subject, 'shared')).shared).toMatchObject({ state: 'known', value: { id: elsewhere } })
    expect((await told({ ...subject, partner: 'sabia' }, 'shared')).shared).toMatchObject({ state: 'absent' })
    expect((await told({ ...subject, partner: 'nordwind' }, 'shared')).shared).toMatchObject({ state: 'unknown' })
  })

  it('that does not exist is absent, and a number that is not in it too', async () => {
    expect((await told({ ...subject, waba: '192241593368800' }, 'account')).account).toMatchObject({ state: 'absent' })
    expect((await told({ ...subject, phone: '493023125501' }, 'phone')).phone).toMatchObject({ state: 'absent' })
  })
})

describe('a move between solutions', () => {
  it('tells the solution, or that there is none', async () => {
    const found = await told({ ...subject, solution }, 'solution')
    expect(found.solution).toMatchObject({ value: { id: solution, status: 'ACTIVE', name: 'Brightline on Nordwind' } })
    expect((await told({ ...subject, solution: '930999999999999' }, 'solution')).solution).toMatchObject({
      state: 'absent',
    })
    expect((await told(subject, 'solution')).solution).toMatchObject({ state: 'unknown', why: 'no-id' })
  })

  it('suggests only solutions of our app that the partner’s own apps take part in', async () => {
    const app = '440019283746551'
    const { now } = platforms.ground.clock
    const asked = async (options: { app?: string; partnerApps?: Record<string, string[]> }) => {
      const { hubs } = platforms
      const found = lookUp({ hubs, graph: platforms.graphOf(), now, cache: memoryCache(now), ...options })
      return (await found.readings(subject, ['ownSolutions'])).ownSolutions
    }
    const own = await asked({ app, partnerApps: { brightline: [app] } })
    expect(own?.state === 'known' && own.value.map(({ id }) => id)).toContain(solution)
    expect(await asked({ app, partnerApps: { brightline: ['770'] } })).toMatchObject({ value: [] })
    expect(await asked({ app, partnerApps: { nordwind: [app] } })).toMatchObject({ state: 'unknown' })
    expect(await asked({ partnerApps: { brightline: [app] } })).toMatchObject({ state: 'unknown' })
  })

  it('tells what became of the wish', async () => {
    const intent = await platforms.graphOf().intents.toSolution(elsewhere, solution)
    expect((await told({ ...subject, intent }, 'intent')).intent).toMatchObject({
      value: { id: intent, status: 'INITIATED', solutionId: solution },
    })
    expect((await told(subject, 'intent', 'destinationTemplates', 'destinationSolutions')).intent).toMatchObject({
      state: 'unknown',
    })
  })
})
