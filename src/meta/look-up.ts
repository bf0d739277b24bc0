import { askers } from './askers.ts'
import type { Cache } from './cache.ts'
import type { FactName, Readings, Subject } from './facts.ts'
import type { Graph } from './graph.ts'
import type { Hub } from './hub.ts'

/** Finds facts out. Never throws for what a platform does: that is in the readings. */
export interface LookUp {
  /**
   * Reads the named facts of a subject, in parallel where one does not need another, each on its own: a platform that fails
   * spoils only what it was asked for. Known readings are kept for 30 s; `fresh` asks anew.
   */
  readings(subject: Subject, names: readonly FactName[], options?: { fresh?: boolean }): Promise<Readings>
}

export interface LookUpOptions {
  /** By our id of the partner. */
  hubs: Record<string, Hub>
  graph?: Graph | undefined
  now: () => number
  cache: Cache
}

export function lookUp({ hubs, graph, now, cache }: LookUpOptions): LookUp {
  return {
    async readings(subject, names, { fresh = false } = {}) {
      const hub = Object.hasOwn(hubs, subject.partner) ? hubs[subject.partner] : undefined
      const ask = askers({ subject, hub, graph, now, cache, fresh })
      const wanted = [...new Set(names)]
      const read = await Promise.all(wanted.map(async (name) => [name, await ask[name]()] as const))
      return Object.fromEntries(read) as Readings
    },
  }
}
