import type { Cache } from './cache.ts'
import type { FactName, Facts, Permission, PhoneNumber, Reading, Subject, Waba } from './facts.ts'
import type { Graph } from './graph.ts'
import type { Hub } from './hub.ts'
import type { HubChannel } from './hub-channel.ts'
import type { SharedNumber } from './hub-shapes.ts'
import { brazilVariants, digitsOf } from './phone.ts'
import { follow, mapped, reader } from './readings.ts'

interface AskersOptions {
  subject: Subject
  hub: Hub | undefined
  graph: Graph | undefined
  now: () => number
  cache: Cache
  fresh: boolean
}

type Askers = { [N in FactName]: () => Promise<Reading<Facts[N]>> }

/** How each fact of one subject is found, and what has to be known first (procedures.md 0.5). */
export function askers({ subject, hub, graph, now, cache, fresh }: AskersOptions): Askers {
  const { once, unknown } = reader({ prefix: `${subject.partner}:${subject.phone}`, now, cache, fresh })
  const noId = () => unknown('no-id')
  const noToken = () => unknown('no-token')
  const spellings = brazilVariants(subject.phone)

  /** Asks the Hub about the channel and, with it, everything behind it. */
  const withChannel = async <T>(next: (row: HubChannel, hub: Hub) => Promise<Reading<T>>): Promise<Reading<T>> => {
    if (hub === undefined) return noToken()
    const channel = await once('channel', 'hub', () => hub.channelByPhone(subject.phone))
    return follow(channel, noId, (row) => next(row, hub))
  }
  /** Asks Meta; without a token nothing else is asked either. */
  const withGraph = async <T>(next: (graph: Graph) => Promise<Reading<T>>): Promise<Reading<T>> =>
    graph === undefined ? noToken() : next(graph)

  const waba = () =>
    withChannel(async ({ channel: { wabaId }, waba: embedded }, hub) => {
      if (wabaId === undefined) return noId()
      return once('waba', 'hub', async () => merged(await hub.waba(wabaId), embedded))
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
      follow(await accountId(), noId, (id) => once('account', 'graph', () => graph.account(id))),
    )
  const businessId = () =>
    withChannel(async ({ waba: embedded }) => {
      if (embedded?.fbBusinessId !== undefined) return known(embedded.fbBusinessId, now)
      return follow(await account(), noId, ({ ownerBusinessId: id }) => (id === undefined ? noId() : known(id, now)))
    })

  return {
    channel: async () => {
      if (hub === undefined) return noToken()
      const row = await once('channel', 'hub', () => hub.channelByPhone(subject.phone))
      return mapped(row, ({ channel }) => channel)
    },
    client: () =>
      withChannel(async ({ channel: { clientId } }, hub) =>
        clientId === '' ? noId() : once('client', 'hub', () => hub.client(clientId)),
      ),
    waba,
    templates: () =>
      withChannel(async ({ channel: { wabaId } }, hub) =>
        wabaId === undefined ? noId() : once('templates', 'hub', () => hub.templates(wabaId)),
      ),
    balance: () =>
      withChannel(async ({ channel: { clientId, id } }, hub) =>
        clientId === '' ? noId() : once('balance', 'hub', () => hub.channelBalance(clientId, id)),
      ),
    permission: () =>
      withChannel(async ({ channel: { clientId, id } }, hub) => {
        if (clientId === '') return noId()
        const permission = await once('permission', 'hub', async () => {
          const shared = await hub.sharedNumbers(clientId)
          return shared && permissionOf(shared, id, spellings)
        })
        // Whether the Hub has this list at all is uncertain: no list proves nothing (procedures.md 5 cs-c3).
        return permission.state === 'absent' ? noId() : permission
      }),
    account,
    phone: () =>
      withGraph((graph) =>
        withChannel(async ({ channel: { phoneNumberId } }) => {
          if (phoneNumberId !== undefined) return once('phone', 'graph', () => graph.phoneNumber(phoneNumberId))
          return follow(await accountId(), noId, (id) =>
            once('phone', 'graph', async () => spelledLike(await graph.phoneNumbersOfWaba(id), spellings)),
          )
        }),
      ),
    business: () =>
      withGraph(async (graph) =>
        follow(await businessId(), noId, (id) => once('business', 'graph', () => graph.business(id))),
      ),
  }
}

/** An id on the way to a fact; only its value is used. */
function known(value: string, now: () => number): Reading<string> {
  return { state: 'known', value, asOf: new Date(now()).toISOString(), source: 'hub' }
}

/** Only a channel's embedded WABA tells some fields, so it fills up what the WABA alone does not say. */
function merged(alone: Waba | undefined, embedded: Waba | undefined): Waba | undefined {
  return alone === undefined ? embedded : { ...embedded, ...alone }
}

function spelledLike(numbers: PhoneNumber[], spellings: string[]): PhoneNumber | undefined {
  return numbers.find(({ displayPhoneNumber }) => spellings.includes(digitsOf(displayPhoneNumber ?? '')))
}

function permissionOf(shared: SharedNumber[], channelId: string, spellings: string[]): Permission {
  const isShared = shared.some(
    (number) => number.channelId === channelId || (number.phone !== undefined && spellings.includes(number.phone)),
  )
  return { apiKey: isShared ? 'shared' : 'missing' }
}
