import type { Cache } from './cache.ts'
import { elsewhereAskers } from './elsewhere-askers.ts'
import type { FactName, Facts, Reading } from './facts.ts'
import type { Graph } from './graph.ts'
import { type GraphAskersOptions, graphAskers } from './graph-askers.ts'
import type { Hub } from './hub.ts'
import { hubAskers } from './hub-askers.ts'
import { partnerChangeAskers } from './partner-change-askers.ts'
import { type Flights, reader } from './readings.ts'
import { type AppOptions, solutionAskers } from './solution-askers.ts'
import { waysTo } from './ways-to-facts.ts'
import type { WebsiteProbe } from './website.ts'

interface AskersOptions extends GraphAskersOptions, AppOptions {
  hub: Hub | undefined
  /** Of the partner that the client moves to. */
  newHub: Hub | undefined
  graph: Graph | undefined
  website: WebsiteProbe | undefined
  cache: Cache
  fresh: boolean
  flights: Flights
}

type Askers = { [N in FactName]: () => Promise<Reading<Facts[N]>> }

/** How each fact of one subject is found, and what has to be known first (procedures.md 0.5). */
export function askers(options: AskersOptions): Askers {
  const { subject, hub, graph, now } = options
  const moves = subject.destinationWaba === undefined ? '' : `:${subject.destinationWaba}`
  const read = reader({ ...options, prefix: `${subject.partner}:${subject.phone}${moves}` })
  const ways = waysTo({ subject, hub, graph, now, read })
  const usual = { ...hubAskers(ways, read, options), ...graphAskers(ways, read, options) }
  const anywhere = { ...usual, ...elsewhereAskers(usual, ways, read, options) }
  return {
    ...anywhere,
    ...partnerChangeAskers(ways, read, options),
    ...solutionAskers(anywhere, ways, read, options),
  }
}
