import { z } from 'zod'
import { tellingSchema } from '../cases/announce.ts'
import type { Database } from '../store/db.ts'

const placeSchema = z.object({
  case_id: z.number(),
  surface: z.enum(['slack', 'telegram']),
  room: z.string(),
  kind: z.enum(['card', 'question']),
  side: z.enum(['desk', 'partner', 'destination-partner']),
  message_id: z.string().nullable(),
  showing: z.string().nullable(),
  drawn: z.string().nullable(),
  drawn_at: z.coerce.date().nullable(),
  attempts: z.number(),
  perhaps: z.boolean(),
})
export type Place = z.infer<typeof placeSchema>

const deliverySchema = z.object({
  id: z.number(),
  key: z.string(),
  case_id: z.number(),
  surface: z.enum(['slack', 'telegram']),
  room: z.string(),
  body: tellingSchema,
  attempts: z.number(),
  perhaps: z.boolean(),
})
export type Delivery = z.infer<typeof deliverySchema>

/**
 * An edit of a card that is there may be made twice, so what is written about it need not reach the disk before it is
 * acted on: the next commit that must not be lost takes it along. `sql` tells whether that is so.
 */
const commitSoon = (sql: string) =>
  `set_config('synchronous_commit', case when ${sql} then 'off' else current_setting('synchronous_commit') end, true)`

/**
 * One statement for everything, for each room but those in `held`:
 * the next message, which waits for the first card of its case to go into its thread, and what shows one case: the case
 * of that message, so that no message tells what its card does not show, else the case that waits longest.
 */
const takeSql = `
with next_message as materialized (
  select min(id) as id from deliveries
  where case_id is not null and state = 'due' and due_at <= $1 and (taken_at is null or taken_at < $2)
    and surface || ':' || room <> all($3::text[])
  group by surface, room
), free_message as (
  select id, taken_at is not null as perhaps from deliveries join next_message using (id)
  where state = 'due' and (taken_at is null or taken_at < $2) and not exists (
    select 1 from places where places.case_id = deliveries.case_id and places.surface = deliveries.surface
      and places.room = deliveries.room and wanted > shown and places.state = 'live' and places.due_at <= $1
      and places.message_id is null and places.taken_at is null)
  for update of deliveries skip locked
), message as (
  update deliveries set taken_at = $1 from free_message where deliveries.id = free_message.id
  returning deliveries.id, key, case_id, surface, room, body, attempts, perhaps
), next_case as materialized (
  select distinct on (surface, room) case_id, surface, room from places
  where wanted > shown and state = 'live' and due_at <= $1 and (taken_at is null or taken_at < $2)
    and surface || ':' || room <> all($3::text[])
  order by surface, room, case_id in (select case_id from message) desc, changed_at
), free_place as (
  select case_id, surface, room, kind, taken_at is not null as perhaps from places join next_case using (case_id, surface, room)
  where wanted > shown and state = 'live' and due_at <= $1 and (taken_at is null or taken_at < $2)
  for update of places skip locked
), place as (
  update places set taken_at = $1 from free_place as free
  where places.case_id = free.case_id and places.surface = free.surface and places.room = free.room and places.kind = free.kind
  returning places.case_id, places.surface, places.room, places.kind, side, message_id, showing, drawn, drawn_at, attempts, perhaps
)
select to_jsonb(message) as message, null as place, null as commits from message
union all select null, to_jsonb(place), ${commitSoon(`(select coalesce(bool_and(kind = 'card' and message_id is not null), false)
  and not exists (select from message) from place)`)} from place`

const takenSchema = z.array(z.object({ message: deliverySchema.nullable(), place: placeSchema.nullable() }))

export async function take(
  db: Database,
  cutoff: Date,
  held: string[],
): Promise<{ places: Place[]; deliveries: Delivery[] }> {
  const taken = takenSchema.parse(await db.run(takeSql, [new Date(), cutoff, held]))
  return {
    deliveries: taken.flatMap(({ message }) => message ?? []),
    // A question comes before the card that follows it.
    places: taken.flatMap(({ place }) => place ?? []).sort((a, b) => b.kind.localeCompare(a.kind)),
  }
}

/** Taken then by somebody who never said how it went: what nobody knows the end of is left so, too. */
export const leftBehind = new Date(0)

interface Release {
  message?: string | null
  showing?: string | null
  /** What the message looks like since when; left out when that is not known for sure. */
  drawn?: { looks: string; at: number } | undefined
  shown?: number
  attempts?: number
  after?: number
  broken?: boolean
  /** Nobody knows whether it arrived: whoever takes it next has to look. */
  unsure?: boolean
}

export async function releasePlace(db: Database, place: Place, release: Release): Promise<void> {
  const {
    message = place.message_id,
    showing = place.showing,
    drawn,
    shown,
    attempts = 0,
    after = 0,
    broken = false,
    unsure = false,
  } = release
  await db.run(
    `update places set taken_at = $14, message_id = $5, showing = $6, shown = greatest(shown, $7), attempts = $8, due_at = $9, state = $10,
       drawn = $12, drawn_at = $13
     where case_id = $1 and surface = $2 and room = $3 and kind = $4
     returning ${commitSoon('$11::boolean')}`,
    [
      place.case_id,
      place.surface,
      place.room,
      place.kind,
      message,
      showing,
      shown ?? 0,
      attempts,
      new Date(Date.now() + after),
      broken ? 'broken' : 'live',
      place.kind === 'card' && message !== null && message === place.message_id,
      drawn?.looks ?? null,
      drawn ? new Date(drawn.at) : null,
      unsure ? leftBehind : null,
    ],
  )
}

/** The newest message of the bot in a room, for surfaces that number their messages. */
export async function newestMessage(db: Database, surface: string, room: string): Promise<string | undefined> {
  if (surface !== 'telegram') return undefined
  const [row] = await db.run(
    `select max(id)::text as id from (
       select message_id::bigint as id from places where surface = $1 and room = $2
       union all select message_id::bigint from deliveries where surface = $1 and room = $2
       union all select message_id::bigint from notices where surface = $1 and room = $2
       union all select message_id::bigint from held_back where surface = $1 and room = $2
       union all select message_id from last_messages where surface = $1 and room = $2) as known`,
    [surface, room],
  )
  return typeof row?.id === 'string' ? row.id : undefined
}

/** The card of the case in that room, under which its messages go. */
export async function rootOf(db: Database, { case_id, surface, room }: Delivery): Promise<string | undefined> {
  const rows = await db.run(
    `select message_id from places where case_id = $1 and surface = $2 and room = $3 order by kind limit 1`,
    [case_id, surface, room],
  )
  const id = rows[0]?.message_id
  return typeof id === 'string' ? id : undefined
}
