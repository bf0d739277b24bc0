import type { Logger } from 'pino'
import { platformActions, secretActions } from './cases/actions/index.ts'
import type { Config } from './config.ts'
import type { Cache } from './meta/cache.ts'
import { circuit } from './meta/circuit.ts'
import type { Problem } from './meta/facts.ts'
import { finder } from './meta/find.ts'
import { graphClient } from './meta/graph.ts'
import { hubClient } from './meta/hub.ts'
import { lookUp } from './meta/look-up.ts'
import { rosters } from './meta/roster.ts'
import { websiteProbe } from './meta/website.ts'
import type { Clock } from './time.ts'

export interface PlatformsOptions {
  config: Config
  cache: Cache
  clock: Clock
  log: Logger
  /** Somebody has to hear that a partner's API key does not work (`partner`: our id); called each time it is found out. */
  keyRefused: (partner: string, problem: Problem) => Promise<unknown>
}

/** Everything that asks and does something at 360dialog and Meta, one Hub for each partner. */
export function platformsOf({ config, cache, clock, log, keyRefused }: PlatformsOptions) {
  const { env, desk, hubKeys } = config
  const { now } = clock
  const hubCircuit = circuit({ now })
  const hubs = Object.fromEntries(
    desk.partners.map(({ id, hub }) => [
      id,
      hubClient({
        baseUrl: env.HUB_API_URL,
        partner: hub.partner,
        credentials: { apiKey: hubKeys[id] ?? '' },
        keyRefused: (problem) =>
          keyRefused(id, problem).catch((error) =>
            log.error({ err: error, partner: id }, 'a refused key was not told'),
          ),
        now,
        log,
        cache,
        // A dead Hub is found out once, not once for every partner.
        circuit: hubCircuit,
      }),
    ]),
  )
  const graph = env.GRAPH_TOKEN
    ? graphClient({ baseUrl: env.GRAPH_API_URL, version: env.GRAPH_VERSION, token: env.GRAPH_TOKEN, now, log })
    : undefined
  const hubOf = (id: string | undefined) => (id === undefined ? undefined : hubs[id])
  const platforms = { hubOf, graph, cancelByApi: desk.cancellation?.byApi === true }
  return {
    hubs,
    actions: { ...platformActions(platforms), ...secretActions(platforms) },
    finder: finder({ hubs }),
    rosters: rosters({ hubs, now, cache }),
    lookUp: lookUp({
      hubs,
      graph,
      now,
      cache,
      creditBusinesses: Object.fromEntries(
        desk.partners.flatMap(({ id, metaBusiness: own }) => (own ? [[id, own]] : [])),
      ),
      app: env.META_APP_ID,
      partnerApps: Object.fromEntries(desk.partners.map(({ id, metaApps = [] }) => [id, metaApps])),
      website: websiteProbe({ allow: env.WEBSITE_PROBE_ALLOW, log }),
    }),
  }
}
