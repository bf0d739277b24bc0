import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Hub } from '../../src/meta/hub.ts'
import { lookUp } from '../../src/meta/look-up.ts'
import { memoryCache, type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

const acme = { phone: '493023125101', partner: 'brightline' }

let platforms: SandboxPlatforms
beforeEach(async () => {
  platforms = await sandboxPlatforms()
})
afterEach(() => platforms.close())

/** What was charged, as `day: price`, after a payment on 10 March. */
async function usageWith(charged: Record<string, number | undefined>) {
  const { now } = platforms.ground.clock
  const hub = platforms.hubs.brightline
  if (!hub) throw new Error('Brightline has a Hub')
  const told: Hub = {
    ...hub,
    channels: {
      ...hub.channels,
      balance: async () => ({ amountMinor: 5000, currency: 'EUR', lastRenewalAt: '2026-03-10T14:00:00Z' }),
    },
    clients: {
      ...hub.clients,
      balance: async () => ({
        usage: Object.entries(charged).map(([date, price]) => ({
          date: `${date}T00:00:00Z`,
          byCategory: {},
          ...(price !== undefined && { totalPriceMinor: price }),
        })),
      }),
    },
  }
  const { usage } = await lookUp({ hubs: { brightline: told }, now, cache: memoryCache(now) }).readings(acme, ['usage'])
  return usage?.state === 'known' ? usage.value : usage
}

const since = '2026-03-10T14:00:00Z'

test('nothing was charged since the newest payment', async () => {
  expect(await usageWith({ '2026-03-10': 0, '2026-03-11': 0 })).toEqual({ since, billable: false })
  expect(await usageWith({})).toEqual({ since, billable: false })
})

test('something was charged on a later day', async () => {
  expect(await usageWith({ '2026-03-10': 0, '2026-03-12': 7 })).toEqual({ since, billable: true })
})

test('charges on the day of the payment may have been before it', async () => {
  expect(await usageWith({ '2026-03-10': 7, '2026-03-11': 0 })).toEqual({ since })
})

test('a day without a price proves nothing', async () => {
  expect(await usageWith({ '2026-03-11': undefined })).toEqual({ since })
})

test('solutions of the WABA, and none', async () => {
  const { now } = platforms.ground.clock
  const looking = lookUp({ hubs: platforms.hubs, graph: platforms.graphOf(), now, cache: memoryCache(now) })
  expect((await looking.readings(acme, ['solutions'])).solutions).toMatchObject({ state: 'known', value: [] })
  expect((await looking.readings(acme, ['usage'])).usage).toMatchObject({ state: 'known' })
})
