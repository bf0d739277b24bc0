import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Cache } from '../../src/meta/cache.ts'
import { graphClient } from '../../src/meta/graph.ts'
import { hubClient } from '../../src/meta/hub.ts'
import { fakeGraph } from '../../src/sandbox/graph/index.ts'
import { fakeHub } from '../../src/sandbox/hub/index.ts'
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
  const hubOf = (partner: string, apiKey = ground.secrets.hubKeys[partner] ?? '') =>
    hubClient({ baseUrl: `${url}/hub/api/v2`, partner, apiKey, ...quick })
  /** What Meta calls the things behind a channel. */
  const metaIdsOf = (channelId: string) => {
    const channel = world.channels.get(channelId)
    const waba = world.wabas.get(channel?.waba_account_id ?? '')
    if (!channel || !waba) throw new Error(`the little world has no ${channelId}`)
    return { phone: channel.external_id ?? '', waba: waba.external_id, business: waba.fb_business_id }
  }
  return {
    ground,
    world,
    metaIdsOf,
    hubOf,
    hubs: { brightline: hubOf('BrghtlPA'), nordwind: hubOf('NordwnPA'), sabia: hubOf('SabiaxPA') },
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
