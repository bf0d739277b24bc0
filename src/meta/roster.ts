import type { Cache } from './cache.ts'
import type { Channel, Client, Problem, Waba } from './facts.ts'
import type { Hub } from './hub.ts'
import { PlatformError } from './problem.ts'

/** One number of a partner as the Hub's lists tell it, also an unfinished one. */
export interface RosterRow {
  channel: Channel
  clientName?: string
  waba?: Waba
  /** Of the channel's integration: `created`, `running`, `stopped`. */
  integrationState?: string
}

/** Every number of one partner. */
export interface Roster {
  rows: RosterRow[]
  clients: Client[]
  /** Whether all that the Hub says there is was read (procedures.md 10 ce-c2). */
  complete: boolean
  /** Why not, when the Hub told. */
  problem?: Problem
  /** ISO 8601. */
  asOf: string
}

export interface Rosters {
  /** By our id of the partner. Kept for half a minute; `fresh` asks anew, and asks for the clients too. Never throws for what the Hub does. */
  of(partner: string, options?: { fresh?: boolean }): Promise<Roster>
}

const keptMs = 30_000
const notThere: Problem = { kind: 'NotFound', asked: 'the numbers of a partner', answered: 'no such partner' }

export function rosters({ hubs, now, cache }: { hubs: Record<string, Hub>; now: () => number; cache: Cache }): Rosters {
  return {
    async of(partner, { fresh = false } = {}) {
      const hub = Object.hasOwn(hubs, partner) ? hubs[partner] : undefined
      const asOf = new Date(now()).toISOString()
      if (hub === undefined) return { rows: [], clients: [], complete: false, problem: notThere, asOf }
      const key = `roster:${partner}`
      const kept = fresh ? undefined : await cache.get(key).catch(() => undefined)
      if (kept !== undefined) return kept as Roster
      const roster: Roster = { ...(await read(hub, fresh)), asOf }
      if (roster.complete) await cache.set(key, roster, keptMs).catch(() => undefined)
      return roster
    },
  }
}

/** What was read before the Hub failed is kept: a part of a list is better than none, when it says so. */
async function read(hub: Hub, withClients: boolean): Promise<Omit<Roster, 'asOf'>> {
  const channels = await walk((total) => hub.channels.list({ total }))
  const clients: Walked<Client> = withClients ? await walk((total) => hub.clients.list({ total })) : nothing
  const problem = channels.problem ?? clients.problem
  return {
    rows: channels.rows,
    clients: clients.rows,
    complete: channels.complete && clients.complete,
    ...(problem && { problem }),
  }
}

interface Walked<T> {
  rows: T[]
  complete: boolean
  problem?: Problem
}

const nothing: Walked<never> = { rows: [], complete: true }

async function walk<T>(list: (total: (count: number) => void) => AsyncIterable<T>): Promise<Walked<T>> {
  const found: T[] = []
  let wanted = 0
  const heard = (count: number) => {
    wanted = count
  }
  try {
    for await (const row of list(heard)) found.push(row)
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    return { rows: found, complete: false, problem: error.problem }
  }
  return { rows: found, complete: found.length >= wanted }
}
