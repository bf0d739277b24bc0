import { type Budget, budget } from './budget.ts'
import { circuit } from './circuit.ts'
import type { Health } from './facts.ts'
import { type GraphBusinesses, graphBusinesses } from './graph/businesses.ts'
import { type GraphCredit, graphCredit } from './graph/credit.ts'
import { health } from './graph/health.ts'
import { type GraphIntents, graphIntents } from './graph/intents.ts'
import { graphLine } from './graph/line.ts'
import { type GraphNumbers, graphNumbers } from './graph/numbers.ts'
import { type GraphOauth, graphOauth } from './graph/oauth.ts'
import { type GraphSolutions, graphSolutions } from './graph/solutions.ts'
import { type GraphTemplates, graphTemplates } from './graph/templates.ts'
import { type GraphWabas, graphWabas } from './graph/wabas.ts'
import { type ClientOptions, platformHttp } from './http.ts'

export interface GraphOptions extends ClientOptions {
  /** Without a version. */
  baseUrl: string
  version?: string
  token: string
  /** What is left of Meta's limits; shared by the tokens of one app. */
  budget?: Budget | undefined
}

/**
 * What our token sees and does at Meta, grouped by subject. Throws `PlatformError`, also when a node is not there or not
 * visible.
 */
export interface Graph {
  numbers: GraphNumbers
  wabas: GraphWabas
  businesses: GraphBusinesses
  templates: GraphTemplates
  intents: GraphIntents
  solutions: GraphSolutions
  credit: GraphCredit
  oauth: GraphOauth
  /** Whether a number, a WABA or a template may send; undefined when Meta does not tell. */
  health(id: string): Promise<Health | undefined>
  /** The same with another token: a customer's business token, for one. Limits and circuit are shared. */
  as(token: string): Graph
}

/** A client of Meta's Graph API (procedures.md 0.5). */
export function graphClient(options: GraphOptions): Graph {
  const { baseUrl, version = 'v26.0', token, now, log, sleep, timeoutMs } = options
  const { circuit: fuse = circuit({ now }), budget: left = budget(now) } = options
  const http = platformHttp({
    platform: 'graph',
    baseUrl: `${baseUrl.replace(/\/+$/, '')}/${version}`,
    auth: () => ({ authorization: `Bearer ${token}` }),
    now,
    log,
    sleep,
    timeoutMs,
    circuit: fuse,
    budget: left,
  })
  const line = graphLine({ http, version, log })
  return {
    numbers: graphNumbers(line),
    wabas: graphWabas(line),
    businesses: graphBusinesses(line),
    templates: graphTemplates(line),
    intents: graphIntents(line),
    solutions: graphSolutions(line),
    credit: graphCredit(line),
    oauth: graphOauth(line),
    health: (id) => line.node(id, health),
    as: (other) => graphClient({ ...options, token: other, circuit: fuse, budget: left }),
  }
}
