import { unlessAbsent } from './absent.ts'
import type { Facts, Permission, Reading, Subject } from './facts.ts'
import type { HubChannel } from './hub/channel-shape.ts'
import type { SharedNumber } from './hub/clients.ts'
import type { UsageRow } from './hub/money.ts'
import type { Hub } from './hub.ts'
import { brazilVariants } from './phone.ts'
import { follow, mapped, type Reader } from './readings.ts'
import { templateNamed } from './template-seen.ts'
import type { Ways } from './ways-to-facts.ts'

/** The facts that the Hub tells. */
export type HubFacts =
  | 'channel'
  | 'client'
  | 'waba'
  | 'templates'
  | 'template'
  | 'balance'
  | 'permission'
  | 'apiKeys'
  | 'numbers'
  | 'partnerChange'
  | 'partner'
  | 'usage'
  | 'commerce'

type HubAskers = { [N in HubFacts]: () => Promise<Reading<Facts[N]>> }

export function hubAskers(
  ways: Ways,
  { once }: Reader,
  { subject, now }: { subject: Subject; now: () => number },
): HubAskers {
  const { noId, withHub, withChannel } = ways
  const balance = () =>
    ofClient((id, hub, row) => once('balance', 'hub', () => hub.channels.balance(id, row.channel.id)))
  /** Asks about the client that the channel belongs to. */
  const ofClient = <T>(next: (clientId: string, hub: Hub, row: HubChannel) => Promise<Reading<T>>) =>
    withChannel(async (row, hub) => {
      const { clientId } = row.channel
      return clientId === '' ? noId() : next(clientId, hub, row)
    })
  return {
    channel: async () => mapped(await ways.row(), ({ channel }) => channel),
    client: () => ofClient((id, hub) => once('client', 'hub', () => hub.clients.byId(id))),
    waba: ways.waba,
    templates: () =>
      withChannel(async ({ channel: { wabaId } }, hub) =>
        wabaId === undefined ? noId() : once('templates', 'hub', () => hub.templates.count(wabaId)),
      ),
    template: () =>
      withChannel(async ({ channel: { wabaId } }, hub) => {
        const named = templateNamed(subject.template ?? '')
        if (wabaId === undefined || named === undefined) return noId()
        const { name, language = '' } = named
        return once(`template:${name}:${language}`, 'hub', () => hub.templates.named(wabaId, named))
      }),
    balance,
    usage: () =>
      ofClient(async (id, hub) =>
        follow(await balance(), noId, ({ lastRenewalAt: since }) => {
          if (since === undefined) return noId()
          return once('usage', 'hub', async () => {
            const { usage } = await hub.clients.balance(id, { from: startOfDay(since), to: now() })
            return { since, ...billableSince(usage, since) }
          })
        }),
      ),
    permission: () =>
      ofClient(async (clientId, hub, { channel: { id } }) => {
        const permission = await once('permission', 'hub', async () => {
          const shared = await hub.clients.sharedNumbers(clientId)
          return shared && permissionOf(shared, id, brazilVariants(subject.phone))
        })
        // Whether the Hub has this list at all is uncertain: no list proves nothing (procedures.md 5 cs-c3).
        return permission.state === 'absent' ? noId() : permission
      }),
    apiKeys: () =>
      withChannel(({ channel: { id } }, hub) =>
        once('apiKeys', 'hub', async () => {
          const ids = (await hub.keys.list(id)).map((key) => key.id)
          return { count: ids.length, ids }
        }),
      ),
    numbers: () =>
      ofClient((id, hub) =>
        once('numbers', 'hub', async () => (await hub.channels.ofClient(id)).map(({ channel }) => channel)),
      ),
    partnerChange: () =>
      ofClient(async (id, hub) => {
        const open = await once('partnerChange', 'hub', () => unlessAbsent(() => hub.partnerChanges.openOf(id)))
        // No list is no proof that nothing is open; an empty one is.
        if (open.state !== 'known') return open.state === 'absent' ? noId() : open
        const [first] = open.value
        return first === undefined
          ? { state: 'absent', asOf: open.asOf, source: open.source }
          : { ...open, value: first }
      }),
    commerce: () =>
      ofClient((id, hub, { channel }) => once('commerce', 'hub', () => hub.channels.commerce(id, channel.id))),
    partner: () => withHub((hub) => once('partner', 'hub', () => hub.partner.read())),
  }
}

const startOfDay = (moment: string) => new Date(moment).setUTCHours(0, 0, 0, 0)

/** Whether anything was charged on the days after a payment (procedures.md 8 rf-q-usage). */
function billableSince(rows: readonly UsageRow[], since: string): { billable?: boolean } {
  const day = since.slice(0, 10)
  const charged = rows.filter(({ totalPriceMinor }) => totalPriceMinor !== 0)
  const later = charged.filter(({ date = '' }) => date.slice(0, 10) > day)
  if (later.some(({ totalPriceMinor = 0 }) => totalPriceMinor > 0)) return { billable: true }
  return charged.length > 0 ? {} : { billable: false }
}

function permissionOf(shared: SharedNumber[], channelId: string, spellings: string[]): Permission {
  const isShared = shared.some(
    (number) => number.channelId === channelId || (number.phone !== undefined && spellings.includes(number.phone)),
  )
  return { apiKey: isShared ? 'shared' : 'missing' }
}
