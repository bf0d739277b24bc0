import axios from 'axios'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Database } from '../store/db.ts'
import type { Clock } from '../time.ts'
import type { Finding } from './carried.ts'

/** Work that is due and not done yet. Times in ms since the epoch, the desk's clock. */
export interface Backlog {
  what: Finding['what']
  count: number
  /** When the oldest of it was due. */
  due: number
  /** The room that it is for, or the case it is about. */
  where?: string
  /** Why it may wait: the room is broken or something of it refused, and is tried again; or it was written to at this time. */
  room?: { broken: boolean; retrying: boolean; lastSent?: number }
}

const minute = 60_000
/** How late something may be, in ms. */
const patience: Record<Finding['what'], number> = {
  inbox: 2 * minute,
  notice: 2 * minute,
  message: 2 * minute,
  group: 5 * minute,
  card: 5 * minute,
  case: 5 * minute,
}
/** A room that was written to so recently is being told one by one, as fast as its platform allows. */
const paced = 90_000

/** What is late although nothing that is known keeps it. Pure. */
export function audit(backlogs: readonly Backlog[], now: number): Finding[] {
  const late = backlogs.filter((backlog) => now - backlog.due > patience[backlog.what] && !excused(backlog, now))
  return [...Map.groupBy(late, ({ what }) => what)].map(([what, all]) => {
    const oldest = all.reduce((a, b) => (b.due < a.due ? b : a))
    return {
      what,
      count: all.reduce((sum, { count }) => sum + count, 0),
      late: now - oldest.due,
      ...(oldest.where !== undefined && { where: oldest.where }),
    }
  })
}

function excused({ room }: Backlog, now: number): boolean {
  if (!room) return false
  return room.broken || room.retrying || (room.lastSent !== undefined && now - room.lastSent < paced)
}

const backlogSchema = z.object({
  what: z.enum(['inbox', 'notice', 'group', 'message', 'card', 'case']),
  count: z.number(),
  due: z.date(),
  where: z.string().nullable(),
  is_room: z.boolean(),
  retrying: z.boolean(),
  broken: z.boolean(),
  last_sent: z.date().nullable(),
  real: z.boolean(),
})

/** Another try that did not come so long after its time, in ms, is no reason to wait any more. */
const overdue = 2 * minute

/** In a row of times: the desk's now; real now, which what tells of cases is due by; both before another try is overdue. */
const backlogsSql = `
with owed as (
  select 'notice' as what, surface, room, topic, due_at, attempts, false as real from notices
  where wanted > shown and delivery = 'live'
  union all
  select 'message', d.surface, d.room, coalesce(n.topic, 0), d.due_at, d.attempts, d.case_id is not null
  from deliveries d left join notices n on n.id = d.notice_id
  where d.state = 'due' and (n.id is null or n.message_id is not null or n.wanted <= n.shown)
  union all
  select 'card', surface, room, 0, due_at, attempts, true from places where wanted > shown and state = 'live'
), sent as (
  select surface, room, max(at) as last from (
    select surface, room, shown_at as at from notices where shown_at between $1::timestamptz - interval '2 minutes' and $1
    union all select surface, room, sent_at from deliveries where sent_at between $1::timestamptz - interval '2 minutes' and $1) as sent
  group by surface, room
), rooms as (
  select what, surface, room, topic, real, count(*) filter (where due_at <= case when real then $2 else $1 end) as count,
    min(due_at) as due,
    bool_or(attempts > 0 and due_at > case when real then $4::timestamptz else $3 end) as retrying
  from owed group by what, surface, room, topic, real
)
select what, count, due, surface || ':' || room as where, true as is_room,
  bool_or(retrying) over (partition by surface, room) as retrying, coalesce(b.retry_at > $3::timestamptz, false) as broken, last as last_sent, real
from rooms left join sent using (surface, room) left join broken_rooms b using (surface, room, topic) where count > 0
union all
select 'inbox', count(*), min(received_at), null, false, false, false, null, false from (
  select received_at from inbox where handled_at is null union all select received_at from arrivals) as unhandled having count(*) > 0
union all
select 'group', count(*), min(look_at), null, false, false, false, null, false from notices
where closed_at is null and look_at <= $1 having count(*) > 0
union all
select 'case', count(*), min(wake_at), 'PD-' || (array_agg(id order by wake_at))[1], false, false, false, null, false from cases
where status = 'open' and wake_at <= $1 having count(*) > 0`

/** What is due by now and not done. `since`: nothing counts as due before it. */
export async function backlogs(db: Database, now: number, since: number): Promise<Backlog[]> {
  const real = Date.now()
  const times = [now, real, now - overdue, real - overdue].map((at) => new Date(at))
  const rows = z.array(backlogSchema).parse(await db.run(backlogsSql, times))
  return rows.map(({ what, count, due, where, is_room, retrying, broken, last_sent, ...row }) => ({
    what,
    count,
    due: Math.max(due.getTime() + (row.real ? now - real : 0), since),
    ...(where !== null && { where }),
    ...(is_room && { room: { broken, retrying, ...(last_sent && { lastSent: last_sent.getTime() }) } }),
  }))
}

export interface AuditorOptions {
  db: Database
  clock: Clock
  log: Logger
  /** Asked for by GET after every audit that found nothing: whoever watches it speaks up when that stops. */
  heartbeat?: string | undefined
}

/** Looks each minute whether everything that was due was done, or waits for a known reason. */
export interface Auditor {
  /** What is late right now. */
  late(): Promise<Finding[]>
  /** Looks once: warns, or lets the heart beat. @throws when the database or the heartbeat does not answer */
  look(): Promise<void>
  start(): void
  stop(): Promise<void>
}

export function openAuditor({ db, clock, log, heartbeat }: AuditorOptions): Auditor {
  /** Nobody could do before what a clock that jumped, or a start, made due all at once. */
  let watchedSince = clock.now()
  let audited = watchedSince
  let timer: NodeJS.Timeout | undefined
  let unlisten = () => {}
  let running: Promise<void> | undefined

  const late = async () => {
    const now = clock.now()
    return audit(await backlogs(db, now, watchedSince), now)
  }

  const look = async () => {
    const findings = await late()
    if (findings.length) return log.warn({ findings }, 'something is late, and nobody knows why')
    if (heartbeat) await axios.get(heartbeat, { timeout: 10_000, maxRedirects: 3 })
  }

  const tick = () => {
    if (running || clock.now() - audited < minute) return
    audited = clock.now()
    running = look()
      .catch((error: unknown) => log.warn({ why: String(error) }, 'the audit or its heartbeat failed'))
      .finally(() => {
        running = undefined
      })
  }

  return {
    late,
    look,
    start() {
      unlisten = clock.onJump(() => {
        watchedSince = clock.now()
        audited = Math.min(audited, watchedSince)
        tick()
      })
      timer = setInterval(tick, 1000)
    },
    async stop() {
      clearInterval(timer)
      unlisten()
      await running
    },
  }
}
