import type { Reading, Subject, Waba } from './facts.ts'
import type { Graph } from './graph.ts'
import type { HubChannel } from './hub/channel-shape.ts'
import type { Hub } from './hub.ts'
import { follow, type Reader } from './readings.ts'

export interface WaysOptions {
  subject: Subject
  hub: Hub | undefined
  graph: Graph | undefined
  now: () => number
  read: Reader
}

export type Ways = ReturnType<typeof waysTo>

/** The ids that lead from a number to everything else, each found once. */
export function waysTo(options: WaysOptions) {
  const { subject, hub, graph, now, read } = options
  const { once, unknown } = read
  const noId = () => unknown('no-id')
  const noToken = () => unknown('no-token')

  const withHub = async <T>(next: (hub: Hub) => Promise<Reading<T>>): Promise<Reading<T>> =>
    hub === undefined ? noToken() : next(hub)
  const row = () => withHub((hub) => once('channel', 'hub', () => hub.channels.byPhone(subject.phone)))
  /** Asks the Hub about the channel and, with it, everything behind it. */
  const withChannel = <T>(next: (row: HubChannel, hub: Hub) => Promise<Reading<T>>): Promise<Reading<T>> =>
    withHub(async (hub) => follow(await row(), noId, (found) => next(found, hub)))
  /** Asks Meta; without a token nothing else is asked either. */
  const withGraph = async <T>(next: (graph: Graph) => Promise<Reading<T>>): Promise<Reading<T>> =>
    graph === undefined ? noToken() : next(graph)

  const waba = () =>
    withChannel(async ({ channel: { wabaId }, waba: embedded }, hub) => {
      if (wabaId === undefined) return noId()
      return once('waba', 'hub', async () => merged(await hub.wabas.byId(wabaId), embedded))
    })
  /** The WABA's id at Meta: the channel mostly tells it, without another call. */
  const accountId = () =>
    withChannel(async ({ waba: embedded }) => {
      if (embedded?.externalId !== undefined) return known(embedded.externalId, now)
      return follow(await waba(), noId, ({ externalId }) =>
        externalId === undefined ? noId() : known(externalId, now),
      )
    })
  const account = () =>
    withGraph(async (graph) =>
      follow(await accountId(), noId, (id) => once('account', 'graph', () => graph.wabas.read(id))),
    )
  const destination = () =>
    withGraph(async (graph) => {
      const id = subject.destinationWaba
      return id === undefined ? noId() : once('destination', 'graph', () => graph.wabas.read(id))
    })
  const businessId = () =>
    withChannel(async ({ waba: embedded }) => {
      if (embedded?.fbBusinessId !== undefined) return known(embedded.fbBusinessId, now)
      return follow(await account(), noId, ({ ownerBusinessId: id }) => (id === undefined ? noId() : known(id, now)))
    })
  return { noId, withHub, withChannel, withGraph, row, waba, accountId, account, destination, businessId }
}

/** An id on the way to a fact; only its value is used. */
export function known(value: string, now: () => number): Reading<string> {
  return { state: 'known', value, asOf: new Date(now()).toISOString(), source: 'hub' }
}

/** Only a channel's embedded WABA tells some fields, so it fills up what the WABA alone does not say. */
function merged(alone: Waba | undefined, embedded: Waba | undefined): Waba | undefined {
  return alone === undefined ? embedded : { ...embedded, ...alone }
}
