import { z } from 'zod'
import type { Database } from '../../store/db.ts'
import type { Card } from '../card.ts'
import { rememberLast } from '../last-messages.ts'
import { leftBehind } from '../outbox.ts'
import type { Texts } from '../texts.ts'

/** So many first messages may wait for a room without a word about it. */
export const calm = 10

const waitingSchema = z.object({ critical: z.number(), warning: z.number(), info: z.number() })
/** First messages that wait for a room, by severity. */
export type Waiting = z.infer<typeof waitingSchema>

const guardSchema = z.object({
  surface: z.enum(['slack', 'telegram']),
  room: z.string(),
  topic: z.number(),
  critical: z.number(),
  warning: z.number(),
  info: z.number(),
  /** The summary: undefined when there is none. */
  told: z.number().nullable(),
  said: waitingSchema.nullable(),
  message_id: z.string().nullable(),
  shown_at: z.date().nullable(),
})

/** What waits for one room, and what its summary says about it. */
export interface Guard {
  surface: 'slack' | 'telegram'
  room: string
  /** Where the summary is, or where most of it waits. */
  topic: number
  waiting: Waiting
  summary?: { told: number; said?: Waiting; messageId?: string; shownAt?: number }
}

/** The rooms for which too much waits, or did until now. */
export async function guards(db: Database, now: number, busy: string[]): Promise<Guard[]> {
  const rows = await db.run(
    `with waiting as (
       select surface, room, mode() within group (order by topic) as topic,
         count(*) filter (where severity = 'critical') as critical,
         count(*) filter (where severity = 'warning') as warning,
         count(*) filter (where severity = 'info') as info, count(*) as total
       from notices n where wanted > shown and message_id is null and delivery = 'live' and due_at <= $1
         and not exists (select from broken_rooms b where b.surface = n.surface and b.room = n.room and b.topic = n.topic)
       group by surface, room
     )
     select surface, room, coalesce(h.topic, w.topic) as topic, coalesce(critical, 0) as critical,
       coalesce(warning, 0) as warning, coalesce(info, 0) as info, h.told, h.waiting as said, h.message_id, h.shown_at
     from waiting w full join held_back h using (surface, room)
     where (h.room is not null or w.total > $2) and surface || ':' || room <> all($3::text[])
       and not exists (select from broken_rooms b where b.surface = h.surface and b.room = h.room and b.topic = h.topic)`,
    [new Date(now), calm, busy],
  )
  return z
    .array(guardSchema)
    .parse(rows)
    .map(({ surface, room, topic, critical, warning, info, told, said, message_id, shown_at }) => ({
      surface,
      room,
      topic,
      waiting: { critical, warning, info },
      ...(told !== null && {
        summary: {
          told,
          ...(said && { said }),
          ...(message_id !== null && { messageId: message_id }),
          ...(shown_at && { shownAt: shown_at.getTime() }),
        },
      }),
    }))
}

/** How often a summary is edited at most, in ms. A Telegram group takes twenty messages a minute, edits among them. */
const editEvery = ({ surface, room }: Guard) => (surface === 'telegram' && room.startsWith('-') ? 30_000 : 10_000)

export const sum = ({ critical, warning, info }: Waiting): number => critical + warning + info

/** What to do about the summary now: say it, change it, say that all is told. Pure. */
export function guardStep(guard: Guard, now: number): 'announce' | 'edit' | 'end' | undefined {
  const { waiting, summary } = guard
  const total = sum(waiting)
  if (!summary) return total > calm ? 'announce' : undefined
  const { shownAt, said, messageId } = summary
  const rested = shownAt === undefined || now - shownAt >= editEvery(guard) || shownAt > now
  if (!rested) return undefined
  if (total === 0) return 'end'
  if (!messageId) return 'announce'
  return same(waiting, said) ? undefined : 'edit'
}

const same = (a: Waiting, b: Waiting | undefined) =>
  b !== undefined && a.critical === b.critical && a.warning === b.warning && a.info === b.info

/** The summary of what is held back. Pure. */
export function heldBackCard({ waiting, summary }: Guard, texts: Texts): Card {
  const told = summary?.told ?? 0
  const total = sum(waiting)
  if (total === 0) {
    return {
      title: texts.t('notice-rooms.held.over', { count: told }),
      state: { text: texts.t('notice-rooms.held.done'), tone: 'done' },
    }
  }
  return {
    title: texts.t('notice-rooms.held.title', { count: total }),
    state: {
      text: texts.t('notice-rooms.held.state'),
      tone: waiting.critical > 0 ? 'attention' : 'waiting',
    },
    text: [texts.t('notice-rooms.held.text')],
    fields: (['critical', 'warning', 'info'] as const)
      .filter((severity) => waiting[severity] > 0)
      .map((severity) => ({
        label: texts.t(`notice-rooms.held.severities.${severity}`),
        value: String(waiting[severity]),
      })),
    ...(told > 0 && { progress: { done: told, total: told + total } }),
  }
}

const takenSchema = z.object({ perhaps: z.boolean().nullable(), since: z.date(), message_id: z.string().nullable() })

/** The summary of a room, as it is when it is taken. */
interface TakenGuard {
  /** It may be in the room although nobody wrote so down. */
  perhaps: boolean
  /** When it began, ms since the epoch. */
  since: number
  messageId?: string
}

/** Takes the summary of a room, unless somebody else did. */
export async function takeGuard(
  db: Database,
  guard: Guard,
  cutoff: Date,
  now: number,
): Promise<TakenGuard | undefined> {
  const { surface, room, topic } = guard
  // What was before has to be read first: after the insert it would be as the insert left it.
  const rows = await db.run(
    `with before as (select taken_at from held_back where surface = $1 and room = $2 for update)
     insert into held_back (surface, room, topic, taken_at, since)
       select $1, $2, $3::int, $4::timestamptz, $6::timestamptz from (select) as this left join before on true
     on conflict (surface, room) do update set taken_at = excluded.taken_at
       where held_back.taken_at is null or held_back.taken_at < $5
     returning (select taken_at is not null from before) as perhaps, since, message_id`,
    [surface, room, topic, new Date(), cutoff, new Date(now)],
  )
  const [row] = z.array(takenSchema).parse(rows)
  if (!row) return undefined
  const { perhaps, since, message_id } = row
  return { perhaps: perhaps === true, since: since.getTime(), ...(message_id !== null && { messageId: message_id }) }
}

export async function releaseGuard(db: Database, { surface, room, waiting }: Guard, message: string, now: number) {
  await db.run(
    `update held_back set taken_at = null, message_id = $3, waiting = $4, shown_at = $5 where surface = $1 and room = $2`,
    [surface, room, message, JSON.stringify(waiting), new Date(now)],
  )
}

/** The summary could not be said; `unsure`: or perhaps it was. */
export async function giveGuardBack(db: Database, { surface, room }: Guard, now: number, unsure: boolean) {
  await db.run('update held_back set taken_at = $3, shown_at = $4 where surface = $1 and room = $2', [
    surface,
    room,
    unsure ? leftBehind : null,
    new Date(now),
  ])
}

/** All is told, or the message is gone: the next storm gets a new one. */
export async function endGuard(db: Database, { surface, room, summary }: Guard): Promise<void> {
  if (surface === 'telegram' && summary?.messageId) {
    await rememberLast(db, surface)(room, Number(summary.messageId))
  }
  await db.run('delete from held_back where surface = $1 and room = $2', [surface, room])
}
