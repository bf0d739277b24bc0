import { z } from 'zod'
import type { Database, Orm } from '../store/db.ts'
import type { FollowUp, Group } from './group.ts'
import { severityOf } from './group-state.ts'
import { type Standing, standingPlaces, subjectKey } from './inhibit.ts'
import type { Notice } from './notice.ts'
import type { NoticeRow } from './notices.ts'
import type { NoticeRoom, Target, Telling } from './target.ts'

/** A row of notices with what the clerk needs to go on with it. */
export interface OpenNotice extends NoticeRow {
  groupKey: string
  /** Its root message was asked for. */
  opened: boolean
}

/** An open group, or one that begins now. */
export interface Draft extends Omit<OpenNotice, 'id'> {
  id?: number
  lookAt?: number
  /** Redraw the root. */
  redraw: boolean
  say?: FollowUp
}

export const rowSchema = z
  .object({
    id: z.number(),
    surface: z.enum(['slack', 'telegram']),
    room: z.string(),
    topic: z.number(),
    side: z.enum(['desk', 'partner']),
    partner: z.string().nullable(),
    group_key: z.string(),
    state: z.custom<Group>((value) => typeof value === 'object' && value !== null),
    telling: z.custom<Telling>((value) => typeof value === 'object' && value !== null),
    seq: z.number(),
    wanted: z.number(),
    closed_at: z.date().nullable(),
  })
  .transform(
    ({ surface, room, topic, partner, group_key: groupKey, state, wanted, closed_at, ...row }): OpenNotice => ({
      ...row,
      to: { surface, room, ...(topic !== 0 && { topic }) },
      ...(partner !== null && { partner }),
      groupKey,
      group: state,
      opened: wanted > 0,
      closed: closed_at !== null,
    }),
  )

export const rowColumns = 'id, surface, room, topic, side, partner, group_key, state, telling, seq, wanted, closed_at'

const places = (targets: readonly Pick<Target, 'to' | 'group'>[]) =>
  JSON.stringify(targets.map(({ to, group }) => ({ ...place(to), group_key: group })))

const place = ({ surface, room, topic = 0 }: NoticeRoom) => ({ surface, room, topic })

/** The open groups of these rooms, for this transaction alone. */
export async function lockOpen(db: Database, tx: Orm, targets: readonly Pick<Target, 'to' | 'group'>[]) {
  const rows = await db.run(
    `select ${rowColumns.replaceAll(/\w+/g, 'n.$&')} from notices n
     join (select distinct * from jsonb_to_recordset($1::jsonb) as p(surface text, room text, topic int, group_key text)) p
       on n.surface = p.surface and n.room = p.room and n.topic = p.topic and n.group_key = p.group_key
     where n.closed_at is null order by n.id for update of n`,
    [places(targets)],
    tx,
  )
  return z.array(rowSchema).parse(rows)
}

/** The groups whose time has come, for this transaction alone; those that somebody else looks at are left out. */
export async function lockDue(db: Database, tx: Orm, now: number, limit: number): Promise<OpenNotice[]> {
  const rows = await db.run(
    `select ${rowColumns} from notices where look_at <= $1 and closed_at is null order by look_at limit $2 for update skip locked`,
    [new Date(now), limit],
    tx,
  )
  return z.array(rowSchema).parse(rows)
}

/** Writes groups and what is to be said below them. */
export async function save(db: Database, tx: Orm, drafts: readonly Draft[], now: number): Promise<void> {
  const old = drafts.filter(({ id }) => id !== undefined)
  const fresh = drafts.filter(({ id }) => id === undefined)
  if (old.length) {
    await db.run(
      `update notices set state = d.state, telling = d.telling, severity = d.severity, seq = d.seq,
         wanted = case when d.shows then d.seq else wanted end, due_at = case when wanted <= shown then $2 else due_at end,
         look_at = to_timestamp(d.look_at / 1000.0), closed_at = case when d.closed then $2::timestamptz end
       from (${draftsSql}) d where notices.id = d.id`,
      [recordset(old), new Date(now)],
      tx,
    )
  }
  if (fresh.length) {
    await db.run(
      `insert into notices (surface, room, topic, side, partner, group_key, state, telling, severity, seq, wanted, look_at,
         closed_at, opened_at, due_at)
       select d.surface, d.room, d.topic, d.side, d.partner, d.group_key, d.state, d.telling, d.severity, d.seq,
         case when d.shows then d.seq else 0 end, to_timestamp(d.look_at / 1000.0),
         case when d.closed then $2::timestamptz end, $2, $2 from (${draftsSql}) d`,
      [recordset(fresh), new Date(now)],
      tx,
    )
  }
  const said = old.flatMap(({ id, seq, say, to }) =>
    say
      ? [{ key: `notice:${id}:${seq}`, notice_id: id, ...place(to), body: { type: 'follow-up', what: say, seq } }]
      : [],
  )
  if (said.length === 0) return
  await db.run(
    `insert into deliveries (key, notice_id, surface, room, body, created_at, due_at)
     select s.key, s.notice_id, s.surface, s.room, s.body, $2, $2
     from jsonb_to_recordset($1::jsonb) as s(key text, notice_id bigint, surface text, room text, body jsonb)
     on conflict (key) do nothing`,
    [JSON.stringify(said), new Date(now)],
    tx,
  )
}

const draftsSql = `select * from jsonb_to_recordset($1::jsonb) as r(id bigint, surface text, room text, topic int, side text,
  partner text, group_key text, state jsonb, telling jsonb, severity text, seq int, shows boolean, look_at float8, closed boolean)`

function recordset(drafts: readonly Draft[]): string {
  return JSON.stringify(
    drafts.map(({ id, to, side, partner, groupKey, group, telling, seq, redraw, opened, lookAt, closed }) => ({
      id,
      ...place(to),
      side,
      partner,
      group_key: groupKey,
      state: group,
      telling,
      severity: severityOf(group),
      seq,
      shows: opened && redraw,
      look_at: lookAt,
      closed,
    })),
  )
}

const standingSchema = z.object({
  subject: z.string(),
  topic: z.string(),
  kind: z.string(),
  inhibits: z.array(z.string()),
  at: z.date().transform((at) => at.getTime()),
})

/** What was said so long ago silences nothing, and nothing older is waited for, ms. */
const lapsesAfter = 14 * 24 * 3_600_000

/** The newest words on the topics of these notices, and what may silence them. */
export async function loadStanding(
  db: Database,
  tx: Orm,
  notices: readonly Notice[],
  now: number,
): Promise<Standing[]> {
  const topics = notices.map(({ subject, topic }) => ({ subject: subjectKey(subject), topic }))
  const sql = `select subject, topic, kind, inhibits, at from standing
    where at > $3 and ((subject = any($1) and inhibits <> '[]')
      or (subject, topic) in (select t.subject, t.topic from jsonb_to_recordset($2::jsonb) as t(subject text, topic text)))
    order by subject, topic`
  const places = [...new Set(notices.flatMap(standingPlaces))]
  const found = await db.run(sql, [places, JSON.stringify(topics), new Date(now - lapsesAfter)], tx)
  return z.array(standingSchema).parse(found)
}

export async function saveStanding(db: Database, tx: Orm, standing: readonly Standing[]): Promise<void> {
  if (standing.length === 0) return
  await db.run(
    `insert into standing (subject, topic, kind, inhibits, at)
     select s.subject, s.topic, s.kind, s.inhibits, to_timestamp(s.at / 1000.0)
     from jsonb_to_recordset($1::jsonb) as s(subject text, topic text, kind text, inhibits jsonb, at float8)
     on conflict (subject, topic) do update set kind = excluded.kind, inhibits = excluded.inhibits, at = excluded.at
     where standing.at <= excluded.at`,
    [JSON.stringify(standing)],
    tx,
  )
}

/** How long a closed message, or one that was said on its own, can still be looked at, ms. */
const keptFor = 90 * 24 * 3_600_000

/** Forgets what nobody can ask for any more: messages closed long ago, and words that count no more. */
export async function forgetOld(db: Database, now: number): Promise<void> {
  await db.transaction(async (tx) => {
    const before = [new Date(now - keptFor)]
    await db.run('delete from deliveries where notice_id in (select id from notices where closed_at < $1)', before, tx)
    await db.run('delete from notices where closed_at < $1', before, tx)
    await db.run(
      `delete from deliveries where case_id is null and notice_id is null and state in ('sent', 'dropped') and created_at < $1`,
      before,
      tx,
    )
    await db.run('delete from standing where at < $1', [new Date(now - lapsesAfter)], tx)
  })
}
