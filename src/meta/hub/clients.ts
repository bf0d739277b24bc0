import { z } from 'zod'
import { unlessAbsent } from '../absent.ts'
import type { Client } from '../facts.ts'
import { fold } from '../fold.ts'
import { given, id, maybeNumber, maybeText } from '../loose.ts'
import { digitsOf } from '../phone.ts'
import type { HubLine } from './line.ts'
import { all, type ListQuery, onlyArray, rows } from './lists.ts'
import { type ClientBalance, clientBalance, type Period, periodParams } from './money.ts'

/** The partner's clients. */
export interface HubClients {
  /** Every client that fits, page by page. */
  list(query?: ListQuery): AsyncIterable<Client>
  /** LK-CL. */
  byId(id: string): Promise<Client | undefined>
  /** Every client; kept for a minute when there is a cache. */
  all(): Promise<Client[]>
  /** Name or organisation contains the text; case and accents do not count. */
  byName(text: string): Promise<Client[]>
  byEmail(email: string): Promise<Client[]>
  /** Changes what the partner may change. */
  update(id: string, change: { partnerPayload?: string; maxChannels?: number }): Promise<Client>
  /** LK-BAL; at most 5 calls in 30 s for one client. */
  balance(id: string, period?: Period): Promise<ClientBalance>
  /** LK-PERM; undefined when the Hub knows no such list. */
  sharedNumbers(id: string): Promise<SharedNumber[] | undefined>
}

const clientsTtlMs = 60_000

export function hubClients({ http, at, partner, cache }: HubLine): HubClients {
  const list = (query: ListQuery = {}) =>
    rows(http, at('clients'), { ...query, row: client, collection: 'clients', key: ({ id }) => id })

  async function everyone(): Promise<Client[]> {
    const key = `hub:${partner}:clients`
    const kept = await cache?.get(key).catch(() => undefined)
    if (Array.isArray(kept)) return kept as Client[]
    const found = await all(list())
    await cache?.set(key, found, clientsTtlMs).catch(() => undefined)
    return found
  }

  return {
    list,
    byId: async (id) => (await all(list({ filters: { id } }))).find((row) => row.id === id),
    all: everyone,
    async byName(text) {
      const wanted = fold(text)
      return (await everyone()).filter(({ name = '', organisation = '' }) =>
        [name, organisation].some((word) => fold(word).includes(wanted)),
      )
    },
    byEmail: async (email) =>
      (await everyone()).filter((client) => client.email?.toLowerCase() === email.trim().toLowerCase()),
    update: async (id, { partnerPayload, maxChannels }) =>
      http.patch(at('clients', id), {
        schema: client,
        body: given({ partner_payload: partnerPayload, max_channels: maxChannels }),
        safe: true,
      }),
    balance: async (id, period) =>
      http.get(at('clients', id, 'info', 'balance'), {
        schema: clientBalance,
        ...(period && { params: periodParams(period) }),
        account: `client:${id}`,
        pace: { key: id, calls: 5, perMs: 30_000 },
      }),
    sharedNumbers: (id) =>
      unlessAbsent(async () =>
        http.get(at('clients', id, 'shared_client_numbers'), { schema: onlyArray(sharedNumber) }),
      ),
  }
}

/** A client account (platform/360dialog.md 3.2). */
export const client = z
  .looseObject({
    id,
    name: maybeText,
    organisation: maybeText,
    status: maybeText,
    max_channels: maybeNumber,
    partner_payload: maybeText,
    contact_info: z.looseObject({ email: maybeText, country: maybeText }).nullish(),
    contact_user: z.looseObject({ email: maybeText }).nullish(),
  })
  .transform(
    (row): Client =>
      given({
        id: row.id,
        name: row.name,
        organisation: row.organisation,
        status: row.status,
        email: row.contact_info?.email ?? row.contact_user?.email,
        country: row.contact_info?.country,
        maxChannels: row.max_channels,
        partnerPayload: row.partner_payload,
      }),
  )

/** One number whose API-key permission was shared, by whatever the Hub names it with. */
export interface SharedNumber {
  phone?: string
  channelId?: string
}

/** Nobody has seen this row's shape (procedures.md 0.5 LK-PERM): a bare number or id, or an object with either. */
export const sharedNumber = z.union([
  z.union([z.string(), z.number()]).transform((value): SharedNumber => byShape(String(value))),
  z
    .looseObject({
      id: maybeText,
      channel_id: maybeText,
      phone_number: maybeText,
      number: maybeText,
      setup_info: z.looseObject({ phone_number: maybeText }).nullish(),
    })
    .transform((row): SharedNumber => {
      const phone = row.phone_number ?? row.number ?? row.setup_info?.phone_number
      return given({ phone: phone === undefined ? undefined : digitsOf(phone), channelId: row.channel_id ?? row.id })
    }),
])

function byShape(value: string): SharedNumber {
  return /[a-z]/i.test(value) ? { channelId: value } : { phone: digitsOf(value) }
}
