import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { DeskConfig } from '../config.ts'
import type { Roster, Rosters } from '../meta/roster.ts'
import type { Database } from '../store/db.ts'
import type { Reading } from './notice.ts'

/** Whose something is. */
export interface Owner {
  /** Our id. */
  partner: string
  /** What the partner is called, where the key is its own. */
  partnerName?: string
  clientName?: string
  /** Meta's id of the WABA that a number is in. */
  waba?: string
  /** ISO 3166. */
  country?: string
  /** Digits of the number, for a channel. */
  phone?: string
}

export interface Owners {
  /** Those that are known, by key. Never asks a platform. */
  known(keys: readonly string[]): Promise<Map<string, Owner>>
  /**
   * Reads the lists of all partners again, at most every half minute. Answers the time from which on everything that the
   * Hub knows is known, in ms; 0 while some list could not be read.
   */
  refresh(): Promise<number>
}

/** Under which names an owner may be known, the best first. */
export function ownerKeys({ subject, about, hub, params }: Reading): string[] {
  const keys = [
    `${subject.type}:${subject.id}`,
    ...(params.channel ? [`channel:${params.channel}`] : []),
    ...about.phones.map((phone) => `phone:${phone}`),
    ...(hub?.client ? [`client:${hub.client}`] : []),
    ...about.channels.map((channel) => `channel:${channel}`),
    ...about.wabas.map((waba) => `waba:${waba}`),
    // Where Meta names the partner's own portfolio.
    ...about.wabas.map((business) => `partner:${business}`),
    ...(hub?.partner ? [`partner:${hub.partner}`] : []),
  ]
  return [...new Set(keys)]
}

/**
 * 360dialog often names a channel only, and Meta its id of the number; that is then told of as a topic of the client or
 * the account: the number says more. Pure.
 */
export function ofItsNumber(reading: Reading, known: ReadonlyMap<string, Owner>): Reading {
  const { subject, topic } = reading
  const { channel } = reading.params
  const phone = channel ? known.get(`channel:${channel}`)?.phone : undefined
  if (subject.type === 'phone' || phone === undefined || !topic.endsWith(`:${channel}`)) return reading
  const bare = topic.slice(0, -`:${channel}`.length)
  const params = { ...reading.params, phone: `+${phone}`, channel: '' }
  return { ...reading, subject: { type: 'phone', id: phone }, topic: bare, params }
}

const rowSchema = z.object({
  subject: z.string(),
  partner: z.string(),
  client_name: z.string().nullable(),
  waba: z.string().nullable(),
  country: z.string().nullable(),
  phone: z.string().nullable(),
})

/** Reading every number of every partner costs many calls. */
const pauseMs = 30_000

export interface OwnersOptions {
  db: Database
  rosters: Rosters
  config: DeskConfig
  now: () => number
  log: Logger
}

/** Whose numbers, WABAs and clients are whose, kept as rows: a notice must find its room while the Hub is down, too. */
export function openOwners({ db, rosters, config, now, log }: OwnersOptions): Owners {
  let triedAt = Number.NEGATIVE_INFINITY
  let completeAt = 0
  const selves = new Map(
    config.partners.flatMap((partner) =>
      selfKeys(partner).map((key): [string, Owner] => [key, { partner: partner.id, partnerName: partner.name }]),
    ),
  )

  const keep = async (partner: string, { rows, clients }: Roster) => {
    const homes = homesOf(rows)
    const found = [
      ...rows.flatMap((row) => subjectsOfRow(row, homes.get(row.channel.clientId))),
      ...clients.map(({ id, name }) => ({ subject: `client:${id}`, name })),
    ]
    if (found.length === 0) return
    await db.run(
      `insert into owners (subject, partner, client_name, waba, country, phone, at)
       select distinct on (o.subject) o.subject, $1, o.name, o.waba, o.country, o.phone, $2
       from jsonb_to_recordset($3::jsonb) as o(subject text, name text, waba text, country text, phone text)
       order by o.subject, o.country nulls last
       on conflict (subject) do update set partner = excluded.partner, at = excluded.at, country = excluded.country,
         phone = excluded.phone,
         client_name = coalesce(excluded.client_name, owners.client_name), waba = coalesce(excluded.waba, owners.waba)`,
      [partner, new Date(now()), JSON.stringify(found)],
    )
  }

  return {
    async known(keys) {
      const rows = z
        .array(rowSchema)
        .parse(
          await db.run(
            'select subject, partner, client_name, waba, country, phone from owners where subject = any($1)',
            [keys],
          ),
        )
      const found = new Map(rows.map((row) => [row.subject, ownerOf(row)]))
      for (const key of keys) {
        const self = selves.get(key)
        if (self) found.set(key, self)
      }
      return found
    },
    async refresh() {
      const startedAt = now()
      if (startedAt - triedAt < pauseMs && startedAt >= triedAt) return completeAt
      triedAt = startedAt
      const read = await Promise.all(
        config.partners.map(async ({ id }) => {
          const roster = await rosters.of(id, { fresh: true })
          await keep(id, roster)
          return roster.complete
        }),
      )
      if (read.every(Boolean)) completeAt = startedAt
      else log.warn('the numbers of some partner could not be read: their notices wait')
      return completeAt
    },
  }
}

const selfKeys = ({ id, hub, metaBusiness }: DeskConfig['partners'][number]) => [
  `partner:${id}`,
  `partner:${hub.partner}`,
  ...(metaBusiness ? [`partner:${metaBusiness}`] : []),
]

const countryOf = ({ channel }: Roster['rows'][number]) => parsePhoneNumberFromString(`+${channel.phone}`)?.country

/** Where most numbers of a client are, by the client's id: its country, and that of its accounts. */
function homesOf(rows: Roster['rows']): Map<string, string | undefined> {
  const clients = Map.groupBy(rows, ({ channel }) => channel.clientId)
  return new Map(
    [...clients].map(([client, own]) => {
      const [most] = [...Map.groupBy(own, countryOf)].sort(([, a], [, b]) => b.length - a.length)
      return [client, most?.[0]]
    }),
  )
}

function subjectsOfRow(row: Roster['rows'][number], home: string | undefined) {
  const { channel, clientName: name, waba } = row
  const account = waba?.externalId
  const number = { name, waba: account, country: countryOf(row) }
  return [
    { subject: `phone:${channel.phone}`, ...number },
    { subject: `channel:${channel.id}`, ...number, phone: channel.phone },
    ...(channel.phoneNumberId
      ? [{ subject: `channel:${channel.phoneNumberId}`, ...number, phone: channel.phone }]
      : []),
    { subject: `client:${channel.clientId}`, name, country: home },
    ...(account ? [{ subject: `waba:${account}`, name, waba: account, country: home }] : []),
    ...(waba ? [{ subject: `waba:${waba.id}`, name, waba: account, country: home }] : []),
  ]
}

function ownerOf({ partner, client_name: clientName, waba, country, phone }: z.infer<typeof rowSchema>): Owner {
  return {
    partner,
    ...(clientName !== null && { clientName }),
    ...(waba !== null && { waba }),
    ...(country !== null && { country }),
    ...(phone !== null && { phone }),
  }
}
