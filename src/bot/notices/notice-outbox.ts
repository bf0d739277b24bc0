import { z } from 'zod'
import { carriedSchema } from '../../notify/carried.ts'
import type { Group } from '../../notify/group.ts'
import type { NoticeRow } from '../../notify/notices.ts'
import type { Telling } from '../../notify/target.ts'
import type { Database } from '../../store/db.ts'
import { leftBehind } from '../outbox.ts'
import { editEvery, type Pace } from './pace.ts'

const surface = z.enum(['slack', 'telegram'])

const candidateSchema = z.object({
  what: z.enum(['root', 'message']),
  id: z.number(),
  surface,
  room: z.string(),
  /** A new message; else the edit of one that is there. */
  posts: z.boolean(),
  severity: z.enum(['info', 'warning', 'critical']),
  due_at: z.date(),
  /** The room was not to be reached the last time. */
  suspect: z.boolean(),
})
/** Something that could be sent to a room now: the most important message, and the most important edit. */
export type Candidate = z.infer<typeof candidateSchema>

const order = `array_position(array['critical', 'warning', 'info'], severity), due_at, id`

/** In a row of times: the desk's now, since when a lease counts, since when an edit is too fresh to be edited again. */
const candidatesSql = `
with work as (
  select 'root' as what, id, surface, room, topic, severity, due_at, message_id is null as posts from notices
  where wanted > shown and delivery = 'live' and due_at <= $1 and (taken_at is null or taken_at < $2)
    and (message_id is null or shown_at is null or shown_at <= $3 or shown_at > $1)
  union all
  select 'message', d.id, d.surface, d.room, coalesce(n.topic, 0), coalesce(n.severity, 'critical'), d.due_at, true
  from deliveries d left join notices n on n.id = d.notice_id
  where d.case_id is null and d.state = 'due' and d.due_at <= $1 and (d.taken_at is null or d.taken_at < $2)
    and (n.id is null or n.message_id is not null or n.wanted <= n.shown)
    and not exists (select from deliveries e where e.notice_id = d.notice_id and e.state = 'due' and e.id < d.id)
)
select distinct on (surface, room, posts) work.what, work.id, surface, room, posts, severity, due_at, b.room is not null as suspect
from work left join broken_rooms b using (surface, room, topic)
where surface || ':' || room <> all($4::text[]) and (b.room is null or b.retry_at <= $1)
order by surface, room, posts, ${order}`

/** What could be sent now to the rooms that are not `busy`. */
export async function candidates(db: Database, now: number, cutoff: Date, busy: string[]): Promise<Candidate[]> {
  const times = [new Date(now), cutoff, new Date(now - editEvery)]
  return z.array(candidateSchema).parse(await db.run(candidatesSql, [...times, busy]))
}

const rootSchema = z.object({
  id: z.number(),
  surface,
  room: z.string(),
  topic: z.number(),
  side: z.enum(['desk', 'partner']),
  partner: z.string().nullable(),
  state: z.custom<Group>((value) => typeof value === 'object' && value !== null),
  telling: z.custom<Telling>((value) => typeof value === 'object' && value !== null),
  seq: z.number(),
  closed: z.boolean(),
  message_id: z.string().nullable(),
  attempts: z.number(),
  perhaps: z.boolean(),
})

/** A root message to post or to edit. */
export interface Root extends Address {
  what: 'root'
  row: NoticeRow
}

/** A message that is said once: below a root, or on its own. */
export interface Message extends Address {
  what: 'message'
  key: string
  body: z.infer<typeof carriedSchema>
  /** The root that it belongs to; its message is the thread. */
  row?: NoticeRow
  thread?: string
}

interface Address {
  id: number
  surface: 'slack' | 'telegram'
  room: string
  topic: number
  messageId: string | null
  attempts: number
  /** Somebody began to send it and never said how it went. */
  perhaps: boolean
}

const rootColumns = (alias: string) =>
  ['id', 'surface', 'room', 'topic', 'side', 'partner', 'state', 'telling', 'seq', 'message_id', 'attempts']
    .map((column) => `${alias}.${column}`)
    .join(', ')

function rowOf({ surface, room, topic, partner, state, message_id: _m, attempts: _a, perhaps: _p, ...row }: RawRoot) {
  const to = { surface, room, ...(topic !== 0 && { topic }) }
  return { ...row, to, group: state, ...(partner !== null && { partner }) } satisfies NoticeRow
}
type RawRoot = z.infer<typeof rootSchema>

const addressOf = ({ id, surface, room, topic, message_id, attempts, perhaps }: RawRoot): Address => ({
  id,
  surface,
  room,
  topic,
  messageId: message_id,
  attempts,
  perhaps,
})

/** Takes a root message, unless somebody else did. `cutoff`: what was taken before is free. */
export async function takeRoot(db: Database, id: number, cutoff: Date): Promise<Root | undefined> {
  const rows = await db.run(
    `with free as (
       select id, taken_at is not null as perhaps from notices
       where id = $1 and wanted > shown and delivery = 'live' and (taken_at is null or taken_at < $2)
       for update skip locked)
     update notices n set taken_at = $3 from free where n.id = free.id
     returning ${rootColumns('n')}, n.closed_at is not null as closed, free.perhaps`,
    [id, cutoff, new Date()],
  )
  const [raw] = z.array(rootSchema).parse(rows)
  return raw && { what: 'root', ...addressOf(raw), row: rowOf(raw) }
}

const messageSchema = z.object({
  id: z.number(),
  key: z.string(),
  notice_id: z.number().nullable(),
  surface,
  room: z.string(),
  body: carriedSchema,
  attempts: z.number(),
  perhaps: z.boolean(),
})

/** Takes a message that is said once, unless somebody else did. */
export async function takeMessage(db: Database, id: number, cutoff: Date): Promise<Message | undefined> {
  const rows = await db.run(
    `with free as (
       select id, taken_at is not null as perhaps from deliveries
       where id = $1 and state = 'due' and (taken_at is null or taken_at < $2) for update skip locked)
     update deliveries d set taken_at = $3 from free where d.id = free.id
     returning d.id, d.key, d.notice_id, d.surface, d.room, d.body, d.attempts, free.perhaps`,
    [id, cutoff, new Date()],
  )
  const [raw] = z.array(messageSchema).parse(rows)
  if (!raw) return undefined
  const { notice_id, ...message } = raw
  const root = notice_id === null ? undefined : await rootOf(db, notice_id)
  return {
    what: 'message',
    ...message,
    topic: root?.topic ?? 0,
    messageId: null,
    ...(root && { row: rowOf(root) }),
    ...(root?.message_id && { thread: root.message_id }),
  }
}

async function rootOf(db: Database, id: number): Promise<RawRoot | undefined> {
  const rows = await db.run(
    `select ${rootColumns('n')}, closed_at is not null as closed, false as perhaps from notices n where id = $1`,
    [id],
  )
  return z.array(rootSchema).parse(rows)[0]
}

/** The root is in its room now. */
export async function releaseRoot(db: Database, { row, id, room, messageId }: Root, message: string, now: number) {
  await db.run(
    `update notices set taken_at = null, message_id = $2, shown = greatest(shown, $3), shown_at = $4, attempts = 0, error = null
     where id = $1 and room = $5`,
    [id, message, row.seq, new Date(now), room],
  )
  if (messageId !== null) return
  await db.run('update held_back set told = told + 1 where surface = $1 and room = $2', [row.to.surface, room])
}

/** The message of a root is gone: it is posted anew, when it is its turn. */
export async function forgetMessage(db: Database, { id }: Root): Promise<void> {
  await db.run('update notices set taken_at = null, message_id = null where id = $1', [id])
}

export async function releaseMessage(db: Database, { id }: Message, message: string, now: number): Promise<void> {
  await db.run(
    `update deliveries set state = 'sent', message_id = $2, sent_at = $3, taken_at = null, error = null where id = $1`,
    [id, message, new Date(now)],
  )
}

/** Neither said nor given up: when it is tried again. */
export interface Setback {
  /** Ms since the epoch, by the clock that whoever takes it goes by. */
  at: number
  words: string
  /** It may have reached the room nevertheless. */
  unsure?: boolean
  /** A person has to look at it. */
  lost?: boolean
}

/** Messages of cases, too. */
export async function setBack(
  db: Database,
  work: Pick<Root | Message, 'what' | 'id'>,
  { at, words, unsure, lost }: Setback,
): Promise<void> {
  const [table, state] = work.what === 'root' ? ['notices', 'delivery'] : ['deliveries', 'state']
  // Whoever takes it next has to look whether it is there: it counts as left behind.
  const left = unsure ? leftBehind : null
  await db.run(
    `update ${table} set taken_at = $2, attempts = attempts + 1, due_at = $3, error = $4,
       ${state} = case when $5 then 'failed' else ${state} end where id = $1`,
    [work.id, left, new Date(at), words.slice(0, 500), lost ?? false],
  )
}

/** Gives it back untouched: it waits until its room can be reached. `unsure`: it may have reached it before. */
export async function handBack(db: Database, { what, id }: Root | Message, unsure: boolean): Promise<void> {
  const left = unsure ? leftBehind : null
  await db.run(`update ${what === 'root' ? 'notices' : 'deliveries'} set taken_at = $2 where id = $1`, [id, left])
}

/** Tells the pace what went out in the last minute, so that a restart is no burst. */
export async function recallPace(db: Database, pace: Pace, now: number): Promise<void> {
  const rows = await db.run(
    `select surface, room, true as edit, shown_at as at from notices where shown_at > $1 and shown_at <= $2
     union all select surface, room, true, shown_at from held_back where shown_at > $1 and shown_at <= $2
     union all select surface, room, false, sent_at from deliveries where sent_at > $1 and sent_at <= $2`,
    [new Date(now - 60_000), new Date(now)],
  )
  const sent = z.array(z.object({ surface, room: z.string(), edit: z.boolean(), at: z.date() })).parse(rows)
  for (const { at, ...send } of sent) {
    pace.sent(send, at.getTime())
    // Whether it was posted or edited is not known. Slack counts the two apart, so it is taken for both.
    if (send.edit && send.surface === 'slack') pace.sent({ ...send, edit: false }, at.getTime())
  }
}
