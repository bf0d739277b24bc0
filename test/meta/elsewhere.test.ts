import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FactName, Subject } from '../../src/meta/facts.ts'
import { lookUp } from '../../src/meta/look-up.ts'
import type { WebsiteProbe } from '../../src/meta/website.ts'
import { memoryCache, type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

const source = '191130482257714'
const destination = '182240617739508'
const number: Subject = { phone: '493023125502', partner: 'brightline' }

let platforms: SandboxPlatforms
beforeEach(async () => {
  platforms = await sandboxPlatforms()
})
afterEach(() => platforms.close())

function look(more: Partial<Subject>, names: FactName[], website?: WebsiteProbe) {
  const { now } = platforms.ground.clock
  const { hubs } = platforms
  const found = lookUp({ hubs, graph: platforms.graphOf(), now, cache: memoryCache(now), ...(website && { website }) })
  return found.readings({ ...number, ...more }, names)
}

describe('a number that is not at 360dialog', () => {
  const names: FactName[] = ['channel', 'account', 'phone', 'business', 'templates', 'health', 'client']

  it('is found by the WABA that it is in', async () => {
    expect(await look({ sourceWaba: source }, names)).toMatchObject({
      channel: { state: 'absent' },
      account: { state: 'known', value: { id: source, ownerBusinessId: '733018264490517' } },
      phone: { state: 'known', value: { verifiedName: 'Delphin Kurse', isPinEnabled: false } },
      business: { state: 'known', value: { verificationStatus: 'verified' } },
      health: { state: 'known' },
    })
  })

  it('has templates that come along, and others that stay for a reason', async () => {
    const { templates } = await look({ sourceWaba: source }, ['templates'])
    expect(templates).toMatchObject({
      value: {
        total: 9,
        eligible: 3,
        coming: ['order_update', 'pickup_ready', 'delivery_promo'],
        staying: expect.arrayContaining([
          { name: 'login_code', why: 'UNKNOWN' },
          { name: 'summer_sale', why: 'RED' },
          { name: 'winter_offer', why: 'REJECTED' },
        ]),
      },
    })
  })

  it('is unknown without that WABA; its business is found by its id, its client by e-mail', async () => {
    const known = { business: '733018264490517', email: 'OPS@delphin-sport.example' }
    expect(await look(known, names)).toMatchObject({
      account: { state: 'unknown', why: 'no-id' },
      phone: { state: 'unknown' },
      templates: { state: 'unknown' },
      business: { state: 'known', value: { name: 'Delphin Sport GmbH' } },
      client: { state: 'known', value: { id: 'dLpSp0rtCL' } },
    })
    expect(await look({ email: 'nobody@example.com' }, ['client'])).toMatchObject({ client: { state: 'absent' } })
  })

  it('is not in its new account before the move has begun', async () => {
    const names: FactName[] = ['destination', 'arriving', 'subscriptions']
    expect(await look({ destinationWaba: destination }, names)).toMatchObject({
      destination: { state: 'known', value: { ownerBusinessId: '733018264490517' } },
      arriving: { state: 'absent' },
      subscriptions: { state: 'known', value: { count: 1 } },
    })
    await platforms.graphOf().numbers.migrate(destination, { cc: '49', phoneNumber: '3023125502' })
    expect(await look({ destinationWaba: destination }, ['arriving'])).toMatchObject({
      arriving: { state: 'known', value: { status: 'PENDING', codeVerificationStatus: 'NOT_VERIFIED' } },
    })
  })

  it('has a website that is looked at, and what it calls itself is not kept', async () => {
    const checked: string[] = []
    const website: WebsiteProbe = {
      async check(url) {
        checked.push(url)
        return url.includes('dead')
          ? { reachable: false, why: 'http-error', status: 404, words: 'it answers with 404' }
          : { reachable: true, status: 200, finalUrl: url, title: '<b>hi</b>', redirects: 0 }
      },
    }
    const live = await look({ website: 'https://delphin-sport.example/home' }, ['website'], website)
    expect(live.website).toMatchObject({
      source: 'web',
      value: { host: 'delphin-sport.example', reachable: true, status: 200 },
    })
    expect(JSON.stringify(live)).not.toContain('hi</b>')
    expect((await look({ website: 'dead.example' }, ['website'], website)).website).toMatchObject({
      value: { host: 'dead.example', reachable: false, words: 'it answers with 404' },
    })
    expect(checked).toHaveLength(2)
    expect((await look({ website: 'x.example' }, ['website'])).website).toMatchObject({ state: 'unknown' })
  })
})

it('a number at 360dialog is found by its channel, whatever else was told', async () => {
  const told = { phone: '493023125101', sourceWaba: source, email: 'ops@delphin-sport.example' }
  expect(await look(told, ['channel', 'phone', 'client'])).toMatchObject({
    channel: { state: 'known' },
    phone: { value: { id: '106381927740556' } },
    client: { value: { name: 'Acme GmbH' } },
  })
})
