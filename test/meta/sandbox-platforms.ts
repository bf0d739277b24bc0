import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Cache } from '../../src/meta/cache.ts'
import { graphClient } from '../../src/meta/graph.ts'
import type { HubCredentials } from '../../src/meta/hub/sign-in.ts'
import { type HubOptions, hubClient } from '../../src/meta/hub.ts'
import { messagingClient } from '../../src/meta/waba.ts'
import { fakeGraph } from '../../src/sandbox/graph/index.ts'
import { fakeHub } from '../../src/sandbox/hub/index.ts'
import type { AccountRow } from '../../src/sandbox/world/rows.ts'
import { littleWorld } from '../../src/sandbox/world/world.ts'
import { testGround } from '../sandbox/ground.ts'

/** The sandbox's platforms on a free port, and our clients talking to them. */
export async function sandboxPlatforms() {
  const ground = testGround()
  const world = littleWorld(ground)
  const app = new Hono()
  app.route('/hub', fakeHub(ground, world).routes)
  app.route('/graph', fakeGraph(ground, world).routes)
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await new Promise<void>((listening) => server.on('listening', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const quick = { now: ground.clock.now, sleep: async () => undefined }
  const hubOf = (
    partner: string,
    credentials: HubCredentials = { apiKey: ground.secrets.hubKeys[partner] ?? '' },
    more: Partial<HubOptions> = {},
  ) => hubClient({ baseUrl: `${url}/hub/api/v2`, partner, credentials, ...quick, ...more })
  /** What Meta calls the things behind a channel. */
  const metaIdsOf = (channelId: string) => {
    const channel = world.channels.get(channelId)
    const waba = world.wabas.get(channel?.waba_account_id ?? '')
    if (!channel || !waba) throw new Error(`the little world has no ${channelId}`)
    return { phone: channel.external_id ?? '', waba: waba.external_id, business: waba.fb_business_id }
  }
  /** Takes the way to pay from a WABA: it takes a credit line at once then, on every day of the month. */
  const unfund = (waba: string) => {
    const row = world.accounts.get(waba)
    if (!row) throw new Error(`the little world has no WABA ${waba}`)
    const { primary_funding_id: _, ...rest } = row
    world.accounts.set(waba, rest as AccountRow)
    return row
  }
  return {
    ground,
    world,
    metaIdsOf,
    unfund,
    hubOf,
    hubs: { brightline: hubOf('BrghtlPA'), nordwind: hubOf('NordwnPA'), sabia: hubOf('SabiaxPA') },
    messagingOf: (apiKey: string) => messagingClient({ baseUrl: `${url}/hub/waba`, apiKey, ...quick }),
    graphOf: (token = ground.secrets.graphToken) => graphClient({ baseUrl: `${url}/graph`, token, ...quick }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type SandboxPlatforms = Awaited<ReturnType<typeof sandboxPlatforms>>

/** A cache in memory that forgets by the given clock. */
export function memoryCache(now: () => number): Cache {
  const kept = new Map<string, { value: string; until: number }>()
  return {
    async get(key) {
      const found = kept.get(key)
      return found && found.until > now() ? JSON.parse(found.value) : undefined
    },
    async set(key, value, ttlMs) {
      kept.set(key, { value: JSON.stringify(value), until: now() + ttlMs })
    },
  }
}
