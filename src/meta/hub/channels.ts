import { z } from 'zod'
import { unlessAbsent } from '../absent.ts'
import type { Balance } from '../facts.ts'
import { given, id, maybeFlag } from '../loose.ts'
import { brazilVariants } from '../phone.ts'
import { channel, type HubChannel } from './channel-shape.ts'
import type { HubLine } from './line.ts'
import { all, type ListQuery, rows } from './lists.ts'
import { balance, type Period, periodParams, type UsageRow, usageList } from './money.ts'

/** Whether a catalog and a cart are shown for a number (LK-COM). */
export interface CommerceSettings {
  phoneNumberId?: string
  isCartEnabled?: boolean
  isCatalogVisible?: boolean
}

/** The partner's numbers. */
export interface HubChannels {
  /** Every channel that fits, page by page. */
  list(query?: ListQuery): AsyncIterable<HubChannel>
  /** LK-CH; asks both Brazilian spellings. Of several channels with the number: the exact spelling, a live one, the newest. */
  byPhone(digits: string): Promise<HubChannel | undefined>
  /** LK-CHID. */
  byId(id: string): Promise<HubChannel | undefined>
  /** LK-CHCL. */
  ofClient(clientId: string): Promise<HubChannel[]>
  /** By the Hub's WABA id. */
  ofWaba(wabaId: string): Promise<HubChannel[]>
  /** LK-BALCH; at most 5 calls in 30 s for one client. */
  balance(clientId: string, channelId: string): Promise<Balance | undefined>
  /** What was sent, by day or month. */
  usage(clientId: string, channelId: string, period: Period): Promise<UsageRow[]>
  /** LK-COM. */
  commerce(clientId: string, channelId: string): Promise<CommerceSettings | undefined>
  /**
   * Asks for the end of the subscription: the number works until the end of the month. Answers the channel as it is then,
   * when the Hub tells it. To be verified by `cancelledAt`, not repeated.
   */
  requestCancellation(clientId: string, channelId: string): Promise<HubChannel | undefined>
  /** Withdraws it, while the month lasts. */
  reactivate(clientId: string, channelId: string): Promise<HubChannel | undefined>
}

/** `control`: empty bodies and a path of its own for withdrawing (seen in 2026). `enabled`: one path, `{enabled}` (2023). */
export type CancellationStyle = 'control' | 'enabled'

export function hubChannels({ http, at }: HubLine, { cancellation }: { cancellation: CancellationStyle }): HubChannels {
  const list = (query: ListQuery = {}) =>
    rows(http, at('channels'), {
      ...query,
      row: channel,
      collection: 'partner_channels',
      key: (row) => row.channel.id,
    })
  /** The Hub's filters are never trusted: what it sends is filtered again. */
  const where = async (filters: Record<string, string>, wanted: (row: HubChannel) => boolean) =>
    (await all(list({ filters }))).filter(wanted)

  const ofClient = (clientId: string, channelId: string, ...more: string[]) =>
    at('clients', clientId, 'channels', channelId, ...more)
  const change = (path: string, body: object) => http.post(path, { schema: maybeChannel, body })

  return {
    list,
    async byPhone(digits) {
      const found = await Promise.all(
        brazilVariants(digits).map((phone) =>
          where({ 'setup_info.phone_number': phone }, (row) => row.channel.phone === phone),
        ),
      )
      return found.flat().sort(likelier(digits))[0]
    },
    byId: async (id) => (await where({ id }, (row) => row.channel.id === id))[0],
    ofClient: (clientId) => where({ client_id: clientId }, (row) => row.channel.clientId === clientId),
    ofWaba: (wabaId) => where({ 'waba_account.id': wabaId }, (row) => row.channel.wabaId === wabaId),
    async balance(clientId, channelId) {
      // The limit is documented for the client's balance only; kept here too, per client.
      const limits = { account: `client:${clientId}`, pace: { key: clientId, calls: 5, perMs: 30_000 } }
      const ask = async () => http.get(ofClient(clientId, channelId, 'info', 'balance'), { schema: balance, ...limits })
      return (await unlessAbsent(ask)) ?? undefined
    },
    usage: async (clientId, channelId, period) =>
      http.get(ofClient(clientId, channelId, 'info', 'usage'), { schema: usageList, params: periodParams(period) }),
    commerce: (clientId, channelId) =>
      unlessAbsent(async () => {
        const found = await http.get(ofClient(clientId, channelId, 'whatsapp_commerce_settings'), { schema: commerce })
        return found[0]
      }),
    requestCancellation: async (clientId, channelId) =>
      change(
        ofClient(clientId, channelId, 'control', 'cancellation_request'),
        cancellation === 'enabled' ? { enabled: true } : {},
      ),
    reactivate: async (clientId, channelId) =>
      cancellation === 'enabled'
        ? change(ofClient(clientId, channelId, 'control', 'cancellation_request'), { enabled: false })
        : change(ofClient(clientId, channelId, 'control', 'reactivate'), {}),
  }
}

/** The channel was answered in 2023; what is answered today was not seen, so anything else says "done" and no more. */
const maybeChannel = z.union([channel, z.unknown().transform(() => undefined)])

const commerce = z
  .looseObject({
    data: z.array(z.looseObject({ id: id.nullish(), is_cart_enabled: maybeFlag, is_catalog_visible: maybeFlag })),
  })
  .transform(({ data }): CommerceSettings[] =>
    data.map((row) =>
      given({
        phoneNumberId: row.id ?? undefined,
        isCartEnabled: row.is_cart_enabled,
        isCatalogVisible: row.is_catalog_visible,
      }),
    ),
  )

const isLive = ({ channel }: HubChannel) => channel.hubStatus === 'live' && channel.cancelledAt === undefined

function likelier(digits: string) {
  const rank = (row: HubChannel) => (row.channel.phone === digits ? 2 : 0) + (isLive(row) ? 1 : 0)
  return (a: HubChannel, b: HubChannel) =>
    rank(b) - rank(a) || (b.channel.createdAt ?? '').localeCompare(a.channel.createdAt ?? '')
}
