import type { z } from 'zod'
import type { Cache } from './cache.ts'
import type { Balance, Client, TemplateCounts, Waba } from './facts.ts'
import { fold } from './fold.ts'
import { type Log, platformHttp } from './http.ts'
import type { HubChannel } from './hub-channel.ts'
import * as channels from './hub-channel.ts'
import { all, onlyArray, rows } from './hub-lists.ts'
import type { HubPartner, SharedNumber } from './hub-shapes.ts'
import * as shapes from './hub-shapes.ts'
import { pathOf } from './path.ts'
import { brazilVariants } from './phone.ts'
import { PlatformError } from './problem.ts'

export interface HubOptions {
  /** With its `/api/v2`. */
  baseUrl: string
  /** 360dialog's id of the partner, `…PA`. */
  partner: string
  apiKey: string
  now: () => number
  log?: Log | undefined
  /** Keeps the list of clients for a minute, so that searches by name do not page through it each time. */
  cache?: Cache | undefined
  sleep?: (ms: number) => Promise<unknown>
}

/**
 * What one partner sees in 360dialog's Hub. A thing that is not there is `undefined`; everything else that goes wrong is a
 * `PlatformError`.
 */
export interface Hub {
  /** LK-CH; asks both Brazilian spellings. Of several channels with the number: the exact spelling, a live one, the newest. */
  channelByPhone(digits: string): Promise<HubChannel | undefined>
  /** LK-CHID. */
  channelById(id: string): Promise<HubChannel | undefined>
  /** LK-CHCL. */
  channelsOfClient(clientId: string): Promise<HubChannel[]>
  /** By the Hub's WABA id. */
  channelsOfWaba(wabaId: string): Promise<HubChannel[]>
  /** Every channel, page by page. */
  channels(): AsyncIterable<HubChannel>
  /** LK-CL. */
  client(id: string): Promise<Client | undefined>
  /** Every client. */
  clients(): Promise<Client[]>
  /** Name or organisation contains the text; case and accents do not count. */
  clientsByName(text: string): Promise<Client[]>
  clientsByEmail(email: string): Promise<Client[]>
  /** LK-WABA; without the fields that only channels embed. */
  waba(id: string): Promise<Waba | undefined>
  /** By Meta's WABA id, through the channels. */
  wabaByMetaId(externalId: string): Promise<Waba | undefined>
  /** LK-TPL, counted; the words for status stay as the Hub writes them. */
  templates(wabaId: string): Promise<TemplateCounts>
  /** LK-BALCH; at most 5 calls in 30 s for one client. */
  channelBalance(clientId: string, channelId: string): Promise<Balance | undefined>
  /** LK-PARTNER. */
  partner(): Promise<HubPartner>
  /** LK-PERM; undefined when the Hub knows no such list. */
  sharedNumbers(clientId: string): Promise<SharedNumber[] | undefined>
}

const clientsTtlMs = 60_000

/** A client of 360dialog's Partner API for one partner (procedures.md 0.5). */
export function hubClient(options: HubOptions): Hub {
  const { baseUrl, partner, apiKey, now, log, cache, sleep } = options
  const auth = () => ({ 'X-API-Key': apiKey })
  const http = platformHttp({ platform: 'hub', baseUrl, auth, now, log, ...(sleep === undefined ? {} : { sleep }) })
  const at = (...segments: string[]) => pathOf('hub', 'partners', partner, ...segments)
  const get = <T>(path: string, schema: z.ZodType<T>) => http.get(path, { schema })

  const channelRows = (filters?: Record<string, string>) =>
    rows(http, at('channels'), {
      row: channels.channel,
      collection: 'partner_channels',
      key: ({ channel }) => channel.id,
      ...(filters === undefined ? {} : { filters }),
    })
  /** The Hub's filters are never trusted: what it sends is filtered again. */
  const channelsWhere = async (filters: Record<string, string>, wanted: (row: HubChannel) => boolean) =>
    (await all(channelRows(filters))).filter(wanted)

  const clientRows = (filters?: Record<string, string>) =>
    rows(http, at('clients'), {
      row: shapes.client,
      collection: 'clients',
      key: ({ id }) => id,
      ...(filters === undefined ? {} : { filters }),
    })

  async function clients(): Promise<Client[]> {
    const key = `hub:${partner}:clients`
    const kept = await cache?.get(key).catch(() => undefined)
    if (Array.isArray(kept)) return kept as Client[]
    const found = await all(clientRows())
    await cache?.set(key, found, clientsTtlMs).catch(() => undefined)
    return found
  }

  return {
    async channelByPhone(digits) {
      const spellings = brazilVariants(digits)
      const found = await Promise.all(
        spellings.map((phone) =>
          channelsWhere({ 'setup_info.phone_number': phone }, ({ channel }) => channel.phone === phone),
        ),
      )
      return found.flat().sort(likelier(digits))[0]
    },
    channelById: async (id) => (await channelsWhere({ id }, ({ channel }) => channel.id === id))[0],
    channelsOfClient: (clientId) =>
      channelsWhere({ client_id: clientId }, ({ channel }) => channel.clientId === clientId),
    channelsOfWaba: (wabaId) =>
      channelsWhere({ 'waba_account.id': wabaId }, ({ channel }) => channel.wabaId === wabaId),
    channels: () => channelRows(),
    client: async (id) => (await all(clientRows({ id }))).find((row) => row.id === id),
    clients,
    async clientsByName(text) {
      const wanted = fold(text)
      return (await clients()).filter(({ name = '', organisation = '' }) =>
        [name, organisation].some((word) => fold(word).includes(wanted)),
      )
    },
    clientsByEmail: async (email) =>
      (await clients()).filter((client) => client.email?.toLowerCase() === email.trim().toLowerCase()),
    waba: (id) => unlessAbsent(async () => get(at('waba_accounts', id), channels.waba)),
    async wabaByMetaId(externalId) {
      const filtered = channelsWhere({ 'waba_account.external_id': externalId }, hasMetaWaba(externalId))
      // The key is not in the documented list of filters: a Hub that refuses it is walked through.
      const hits = await filtered.catch((error: unknown) => {
        if (!isProblem(error, 'Rejected')) throw error
        return firstOf(channelRows(), hasMetaWaba(externalId))
      })
      return hits[0]?.waba
    },
    async templates(wabaId) {
      const path = at('waba_accounts', wabaId, 'waba_templates')
      const key = ({ id }: { id: string }) => id
      const found = rows(http, path, { row: shapes.template, collection: 'waba_templates', key, limit: 100 })
      return count(await all(found))
    },
    async channelBalance(clientId, channelId) {
      const pace = { key: clientId, calls: 5, perMs: 30_000 }
      const ask = async () => {
        const path = at('clients', clientId, 'channels', channelId, 'info', 'balance')
        return http.get(path, { schema: shapes.channelBalance, pace })
      }
      return (await unlessAbsent(ask)) ?? undefined
    },
    partner: async () => get(at(), shapes.partner),
    sharedNumbers: (clientId) =>
      unlessAbsent(async () => get(at('clients', clientId, 'shared_client_numbers'), onlyArray(shapes.sharedNumber))),
  }
}

const hasMetaWaba = (externalId: string) => (row: HubChannel) => row.waba?.externalId === externalId

async function firstOf<T>(all: AsyncIterable<T>, wanted: (row: T) => boolean): Promise<T[]> {
  for await (const row of all) if (wanted(row)) return [row]
  return []
}

const isLive = ({ channel }: HubChannel) => channel.hubStatus === 'live' && channel.cancelledAt === undefined

function likelier(digits: string) {
  const rank = (row: HubChannel) => (row.channel.phone === digits ? 2 : 0) + (isLive(row) ? 1 : 0)
  return (a: HubChannel, b: HubChannel) =>
    rank(b) - rank(a) || (b.channel.createdAt ?? '').localeCompare(a.channel.createdAt ?? '')
}

function count(templates: { status?: string | undefined }[]): TemplateCounts {
  const byStatus: Record<string, number> = {}
  for (const { status = 'unknown' } of templates) byStatus[status] = (byStatus[status] ?? 0) + 1
  return { total: templates.length, byStatus }
}

const isProblem = (error: unknown, kind: PlatformError['problem']['kind']) =>
  error instanceof PlatformError && error.problem.kind === kind

async function unlessAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (isProblem(error, 'NotFound')) return undefined
    throw error
  }
}
