import { z } from 'zod'
import type { CaseEvent } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { About } from '../meta/webhooks.ts'
import type { Database, Orm } from '../store/db.ts'
import { conflictOf } from '../store/problem.ts'
import type { Announcement } from './announce.ts'
import type { Seat } from './seats.ts'

/** A case as it is stored. */
export interface CaseRow {
  id: number
  state: CaseState
}

/** Everything that one change of a case writes, at once or not at all. */
export interface Change {
  state: CaseState
  events: readonly CaseEvent[]
  /** Idempotency key of the act. */
  key?: string | undefined
  wakeAt?: number | undefined
  seats: readonly Seat[]
  /** Rooms whose card, if they have one, is kept up to date. */
  kept: readonly Seat[]
  announcements: readonly Announcement[]
}

/** The same act was written before. */
export class AlreadyActed extends Error {}
/** Another open case is about the same number. */
export class NumberBusy extends Error {}

/** The table of cases and their events: the only code that writes them. */
export interface Ledger {
  load(id: number): Promise<CaseRow | undefined>
  events(id: number): Promise<CaseEvent[]>
  /** Writes a new case and answers its id. @throws AlreadyActed */
  create(change: Change): Promise<number>
  /** Writes on top of event `seq`; false when somebody else wrote first. @throws AlreadyActed, NumberBusy */
  append(id: number, seq: number, change: Change, on?: Orm): Promise<boolean>
  /** Moves the time at which an unchanged case is looked at again. */
  postpone(id: number, seq: number, wakeAt: number | undefined, on?: Orm): Promise<void>
  /** The next change of the case edits its cards, even to what they show already: somebody waits to see what came of it. */
  redraw(id: number, on?: Orm): Promise<void>
  /** Moves that time when it has come; false when another process was faster. */
  claim(id: number, now: number, wakeAt: number, on: Orm): Promise<boolean>
  /** Open cases whose time has come. */
  due(now: number, limit: number): Promise<number[]>
  /** Has the open cases looked at that were opened with another version of their flow. */
  wakeOthers(flow: string, version: number, now: number): Promise<void>
  /** Another open case of a partner about a number; those of other partners do not count, and are not told. */
  openCaseAbout(phone: string, partner: string | undefined, except: number): Promise<number | undefined>
  /**
   * Open cases about any of these numbers, channels, WABAs or businesses that own them; with `closedSince` (ms since the
   * epoch) also those that were closed since.
   */
  casesAbout(about: About, closedSince?: number): Promise<number[]>
  /** The case whose card, question or message this is. */
  caseOfMessage(surface: Seat['surface'], room: string, message: string): Promise<number | undefined>
  /** Cases of one partner, or of all, perhaps only those that one person opened; newest first. */
  list(filter: {
    partner?: string | undefined
    openedBy?: string | undefined
    open: boolean
    limit: number
  }): Promise<CaseRow[]>
}

const rowSchema = z.object({ id: z.number(), state: z.custom<CaseState>((value) => typeof value === 'object') })

export function openLedger(db: Database): Ledger {
  const rows = async (sql: string, params: unknown[]) => z.array(rowSchema).parse(await db.run(sql, params))
  const ids = async (sql: string, params: unknown[]) => {
    const found = z.array(z.object({ id: z.number() })).parse(await db.run(sql, params))
    return found.map(({ id }) => id)
  }
  return {
    load: async (id) => (await rows('select id, state from cases where id = $1', [id]))[0],
    async events(id) {
      const found = await db.run('select seq, type, by, at, data from case_events where case_id = $1 order by seq', [
        id,
      ])
      return found.map((row) => ({ ...row, at: (row.at as Date).getTime() }) as unknown as CaseEvent)
    },
    create: (change) =>
      db.transaction(async (tx) => {
        const now = new Date(change.state.openedAt)
        const [created] = await db.run(
          `insert into cases (flow, flow_version, seq, state, opened_at, changed_at) values ($1, $2, 0, $3::jsonb, $4, $4) returning id`,
          [change.state.flow, change.state.version, '{}', now],
          tx,
        )
        const id = z.number().parse(created?.id)
        await append(db, id, 0, change, tx)
        return id
      }),
    append: (id, seq, change, on) => append(db, id, seq, change, on),
    async postpone(id, seq, wakeAt, on) {
      await db.run('update cases set wake_at = $3 where id = $1 and seq = $2', [id, seq, dateOf(wakeAt)], on)
    },
    async redraw(id, on) {
      await db.run('update places set drawn = null where case_id = $1', [id], on)
    },
    async claim(id, now, wakeAt, on) {
      const sql = 'update cases set wake_at = $3 where id = $1 and wake_at <= $2 returning id'
      return (await db.run(sql, [id, new Date(now), new Date(wakeAt)], on)).length === 1
    },
    due: (now, limit) =>
      ids(`select id from cases where status = 'open' and wake_at <= $1 order by wake_at limit $2`, [
        new Date(now),
        limit,
      ]),
    async wakeOthers(flow, version, now) {
      await db.run(
        `update cases set wake_at = least(wake_at, $3) where flow = $1 and flow_version <> $2 and status = 'open'`,
        [flow, version, new Date(now)],
      )
    },
    async openCaseAbout(phone, partner, except) {
      const sql = `select id from cases where phone = $1 and partner is not distinct from $2 and status = 'open' and id <> $3`
      return (await ids(sql, [phone, partner ?? null, except]))[0]
    },
    casesAbout: ({ phones, channels, wabas }, closedSince) =>
      ids(casesAboutSql, [phones, channels, wabas, closedSince === undefined ? null : new Date(closedSince)]),
    async caseOfMessage(surface, room, message) {
      const sql = `select case_id as id from places where surface = $1 and room = $2 and message_id = $3
        union all select case_id from deliveries where surface = $1 and room = $2 and message_id = $3 and case_id is not null limit 1`
      return (await ids(sql, [surface, room, message]))[0]
    },
    list: ({ partner, openedBy, open, limit }) =>
      rows(
        `select id, state from cases where ($1::text is null or partner = $1 or state->>'destination' = $1)
          and ($4::text is null or state #>> '{openedBy,id}' = $4) and (status = 'open') = $2 order by id desc limit $3`,
        [partner ?? null, open, limit, openedBy ?? null],
      ),
  }
}

const casesAboutSql = `
  with near as (
    select id, phone, state from cases where status = 'open'
    union all select id, phone, state from cases where status = 'closed' and changed_at >= $4::timestamptz
  )
  select id from near where phone = any($1::text[])
    or state #>> '{readings,channel,value,id}' = any($2::text[])
    or state #>> '{readings,waba,value,externalId}' = any($3::text[])
    or state #>> '{readings,account,value,id}' = any($3::text[])
    or state #>> '{readings,account,value,ownerBusinessId}' = any($3::text[])`

/** Rows of rooms, in their order, with the id that each room has now as `here`. */
const located = (n: number, columns: string) => `(
  select r.*, coalesce((select now from moved_rooms m where m.surface = r.surface and m.room = r.room), r.room) as here
  from jsonb_to_recordset($${n}::jsonb) as r(surface text, room text, ${columns}))`

/** Where two rooms of the set-up became one, the one that is called so counts. */
const changedSql = `
with changed as (
  update cases set seq = $3, state = $4::jsonb, status = $5, partner = $6, phone = $7, wake_at = $8, changed_at = $9
  where id = $1 and seq = $2 returning id
), history as (
  insert into case_events (case_id, seq, type, by, at, data, act_key)
  select changed.id, e.seq, e.type, e.by, to_timestamp(e.at / 1000.0), e.data, e.act_key
  from changed, jsonb_to_recordset($10::jsonb) as e(seq int, type text, by jsonb, at float8, data jsonb, act_key text)
), stale as (
  insert into places (case_id, surface, room, kind, side, wanted, changed_at)
  select distinct on (p.surface, p.here, p.kind) changed.id, p.surface, p.here, p.kind, p.side, $3, $9
  from changed, ${located(11, 'kind text, side text')} as p
  order by p.surface, p.here, p.kind, p.here <> p.room
  on conflict (case_id, surface, room, kind) do update set wanted = excluded.wanted, changed_at = excluded.changed_at, state = 'live'
)`

const toldSql = (n: number) => `, told as (
  insert into deliveries (key, case_id, surface, room, body, created_at)
  select d.key, changed.id, d.surface, d.here, d.body, $9
  from changed, ${located(n, 'key text, body jsonb')} as d
  on conflict (key) do nothing
)`

const keptSql = (n: number) => `, kept as (
  update places set wanted = $3, changed_at = $9
  from changed, ${located(n, 'kind text')} as k
  where places.case_id = changed.id and places.surface = k.surface and places.room = k.here and places.kind = k.kind
)`

/**
 * One statement for the whole change: as fast as one row, and never half written. What there is nothing of is left out:
 * on the embedded database most of the time goes into planning.
 */
async function append(db: Database, id: number, seq: number, change: Change, on?: Orm): Promise<boolean> {
  const { state, events, key, seats, kept, announcements } = change
  const at = new Date(events.at(-1)?.at ?? state.openedAt)
  const history = events.map((event, index) => ({ ...event, act_key: index === 0 ? key : undefined }))
  const told = announcements.map(({ seat, seq, telling }) => ({
    key: `${id}:${seq}:${seat.surface}:${seat.room}:${telling.type}`,
    surface: seat.surface,
    room: seat.room,
    body: telling,
  }))
  const params: unknown[] = [
    id,
    seq,
    state.seq,
    JSON.stringify(state),
    state.closed ? 'closed' : 'open',
    state.partner ?? null,
    state.phone ?? null,
    state.closed ? null : dateOf(change.wakeAt),
    at,
    JSON.stringify(history),
    JSON.stringify(seats),
  ]
  let sql = changedSql
  if (told.length) sql += toldSql(params.push(JSON.stringify(told)))
  if (kept.length) sql += keptSql(params.push(JSON.stringify(kept)))
  try {
    return (await db.run(`${sql}\nselect id from changed`, params, on)).length === 1
  } catch (error) {
    throw explained(error)
  }
}

const dateOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))

function explained(error: unknown): unknown {
  const conflict = conflictOf(error)
  if (conflict === 'case_events_act_key') return new AlreadyActed(undefined, { cause: error })
  return conflict === 'cases_phone_open' ? new NumberBusy(undefined, { cause: error }) : error
}
