import { askers } from './askers.ts'
import type { Cache } from './cache.ts'
import type { FactName, Readings, Subject } from './facts.ts'
import type { Graph } from './graph.ts'
import type { Hub } from './hub.ts'
import type { Flights } from './readings.ts'
import type { WebsiteProbe } from './website.ts'

/** Finds facts out. Never throws for what a platform does: that is in the readings. */
export interface LookUp {
  /**
   * Reads the named facts of a subject, in parallel where one does not need another, each on its own: a platform that fails
   * spoils only what it was asked for. Known readings are kept for 30 s; `fresh` asks anew. Look-ups that begin together
   * ask once between them.
   */
  readings(subject: Subject, names: readonly FactName[], options?: { fresh?: boolean }): Promise<Readings>
}

export interface LookUpOptions {
  /** By our id of the partner. */
  hubs: Record<string, Hub>
  graph?: Graph | undefined
  now: () => number
  cache: Cache
  /** Meta's id of the business that holds a partner's credit line, by our id of the partner; without it, `credit` is unknown. */
  creditBusinesses?: Record<string, string>
  /** Meta's id of our app, and of each partner's apps by our id of it; without them, `ownSolutions` is unknown. */
  app?: string | undefined
  partnerApps?: Record<string, readonly string[]>
  /** Looks at clients' websites; without it, `website` is unknown. */
  website?: WebsiteProbe
}

export function lookUp(options: LookUpOptions): LookUp {
  const { hubs, graph, now, cache, creditBusinesses = {}, app, partnerApps = {}, website } = options
  const flights: Flights = new Map()
  return {
    async readings(subject, names, { fresh = false } = {}) {
      const of = <T>(all: Record<string, T>, partner = '') => (Object.hasOwn(all, partner) ? all[partner] : undefined)
      const creditBusiness = of(creditBusinesses, subject.partner)
      const hub = of(hubs, subject.partner)
      const newHub = of(hubs, subject.newPartner)
      const apps = { app, partnerApps: of(partnerApps, subject.partner) ?? [] }
      const ask = askers({ subject, hub, newHub, graph, creditBusiness, ...apps, website, now, cache, fresh, flights })
      const wanted = [...new Set(names)]
      const read = await Promise.all(wanted.map(async (name) => [name, await ask[name]()] as const))
      return Object.fromEntries(read) as Readings
    },
  }
}
