import { z } from 'zod'
import type { Actor } from '../cases/actor.ts'
import { allows } from '../flows/engine/rights.ts'
import type { Database, Orm } from '../store/db.ts'
import type { Queue } from '../store/queue.ts'
import type { Clock } from '../time.ts'
import type { DeadLetters, Finding, Undelivered, UndeliveredReport } from './carried.ts'

export interface DeadLettersOptions {
  db: Database
  queue: Pick<Queue, 'dead' | 'revive' | 'drop'>
  clock: Pick<Clock, 'now'>
  /** What is late for no known reason. */
  late: () => Promise<Finding[]>
}

/** So many are listed. */
const most = 50

/** What a job that is about a case carries. */
const ofCase = z.object({ case: z.number() })

/**
 * What did not get through: rooms that cannot be reached, what was refused too often, webhooks that could not be handled,
 * jobs that failed for good.
 */
export function openDeadLetters({ db, queue, clock, late }: DeadLettersOptions): DeadLetters {
  const mayAct = (actor: Actor) => allows(['lead'], actor.role)

  const report = async (): Promise<UndeliveredReport> => {
    const jobs: Undelivered[] = (await queue.dead()).map(({ id, name, data, error, at }) => ({
      id: `j:${id}`,
      what: 'job',
      where: name,
      ...ofCase.safeParse(data).data,
      error,
      since: at.getTime(),
    }))
    const rows = z.array(rowSchema).parse(await db.run(listSql))
    const all = [...rows, ...jobs].sort((a, b) => b.since - a.since)
    return {
      entries: all.slice(0, most),
      total: all.length,
      waiting: await waitingSince(db, clock.now()),
      late: await late(),
    }
  }

  /** Does the same to one entry, or to every one of a kind. */
  const change = async (id: string | undefined, how: Record<Kind, Change>, job: (id: string) => Promise<boolean>) => {
    const [kind, ...rest] = id?.split(':') ?? []
    const now = clock.now()
    if (kind === 'j') return (await job(rest.join(':'))) ? 1 : 0
    const chosen = kinds.filter((each) => kind === undefined || each === kind)
    const counts = await db.transaction(async (tx) => {
      const changed: number[] = []
      for (const each of chosen) {
        const rows = await db.run(keysSql[each], [id ?? null], tx)
        for (const row of rows) await how[each](tx, row, now)
        changed.push(rows.length)
      }
      return changed
    })
    return counts.reduce((sum, count) => sum + count, 0)
  }

  const run = (tx: Orm, sql: string, params: unknown[]) => db.run(sql, params, tx).then(() => undefined)

  const retries: Record<Kind, Change> = {
    r: (tx, { surface, room, topic }, now) =>
      run(tx, 'update broken_rooms set retry_at = $4 where surface = $1 and room = $2 and topic = $3', [
        ...[surface, room, topic],
        new Date(now),
      ]),
    n: (tx, { id }, now) =>
      run(tx, `update notices set delivery = 'live', attempts = 0, due_at = $2 where id = $1`, [id, new Date(now)]),
    d: (tx, { id, of_case }, now) =>
      run(tx, `update deliveries set state = 'due', attempts = 0, due_at = $2 where id = $1`, [
        id,
        of_case ? new Date() : new Date(now),
      ]),
    p: (tx, { case_id, surface, room, kind }) =>
      run(
        tx,
        `update places set state = 'live', attempts = 0, due_at = $5
         where case_id = $1 and surface = $2 and room = $3 and kind = $4`,
        [case_id, surface, room, kind, new Date()],
      ),
    i: (tx, { id }) => run(tx, 'update inbox set handled_at = null, outcome = null where id = $1', [id]),
  }

  const drops: Record<Kind, Change> = {
    async r(tx, { surface, room, topic }) {
      const where = [surface, room, topic]
      await run(
        tx,
        `update deliveries d set state = 'dropped' where d.state = 'due' and d.case_id is null and d.surface = $1 and d.room = $2
           and coalesce((select n.topic from notices n where n.id = d.notice_id), 0) = $3`,
        where,
      )
      await run(tx, 'update notices set shown = wanted where surface = $1 and room = $2 and topic = $3', where)
      await run(tx, 'delete from broken_rooms where surface = $1 and room = $2 and topic = $3', where)
    },
    // Nothing is owed any more; when something new happens, it is tried again.
    async n(tx, { id }) {
      await run(tx, `update notices set delivery = 'live', shown = wanted, attempts = 0, error = null where id = $1`, [
        id,
      ])
      await run(tx, `update deliveries set state = 'dropped' where notice_id = $1 and state in ('due', 'failed')`, [id])
    },
    d: (tx, { id }) => run(tx, `update deliveries set state = 'dropped' where id = $1`, [id]),
    p: (tx, { case_id, surface, room, kind }) =>
      run(
        tx,
        `update places set state = 'live', shown = wanted, attempts = 0
         where case_id = $1 and surface = $2 and room = $3 and kind = $4`,
        [case_id, surface, room, kind],
      ),
    i: (tx, { id }) => run(tx, `update inbox set outcome = 'dropped' where id = $1`, [id]),
  }

  const reviveAll = async () => {
    const revived = await Promise.all((await queue.dead()).map(({ id }) => queue.revive(id)))
    return revived.filter(Boolean).length
  }

  return {
    report: async (actor) => (mayAct(actor) ? report() : undefined),
    async retry(actor, id) {
      if (!mayAct(actor)) return undefined
      return (await change(id, retries, queue.revive)) + (id === undefined ? await reviveAll() : 0)
    },
    drop: async (actor, id) => (mayAct(actor) ? change(id, drops, queue.drop) : undefined),
  }
}

const kinds = ['r', 'n', 'd', 'p', 'i'] as const
/** Broken room, notice, delivery, place of a card, row of the inbox. */
type Kind = (typeof kinds)[number]
type Change = (tx: Orm, row: Record<string, unknown>, now: number) => Promise<void>

const names: Record<Kind, string> = {
  r: `'r:' || surface || ':' || room || ':' || topic`,
  n: `'n:' || id`,
  d: `'d:' || id`,
  p: `'p:' || case_id || ':' || surface || ':' || room || ':' || kind`,
  i: `'i:' || id`,
}

/** The rows of one entry, or of every one of its kind; locked, so that two people do not deal with the same. */
const keysSql: Record<Kind, string> = {
  r: `select surface, room, topic from broken_rooms where $1::text is null or $1 = ${names.r} for update`,
  n: `select id from notices where delivery = 'failed' and ($1::text is null or $1 = ${names.n}) for update`,
  d: `select id, case_id is not null as of_case from deliveries
      where state = 'failed' and ($1::text is null or $1 = ${names.d}) for update`,
  p: `select case_id, surface, room, kind from places
      where state = 'broken' and ($1::text is null or $1 = ${names.p}) for update`,
  i: `select id from inbox where outcome = any('{failed,unreadable}') and ($1::text is null or $1 = ${names.i}) for update`,
}

const listSql = `
select ${names.r} as id, 'room' as what, surface || ':' || room as where, null::bigint as case_id, words as error, since,
  (select count(*) from notices n where n.surface = b.surface and n.room = b.room and n.topic = b.topic and wanted > shown)
  + (select count(*) from deliveries d left join notices n on n.id = d.notice_id where d.surface = b.surface and d.room = b.room
     and d.state = 'due' and d.case_id is null and coalesce(n.topic, 0) = b.topic) as waiting
from broken_rooms b
union all
select ${names.n}, 'notice', surface || ':' || room, null, error, opened_at, null from notices where delivery = 'failed'
union all
select ${names.d}, case when case_id is null then 'follow-up' else 'message' end, surface || ':' || room, case_id, error,
  created_at, null from deliveries where state = 'failed'
union all
select ${names.p}, 'card', surface || ':' || room, case_id, null, changed_at, null from places where state = 'broken'
union all
select ${names.i}, 'webhook', source || ' ' || id, null, null, received_at, null from inbox
where outcome = any('{failed,unreadable}')`

const rowSchema = z
  .object({
    id: z.string(),
    what: z.enum(['card', 'message', 'notice', 'follow-up', 'room', 'webhook']),
    where: z.string(),
    case_id: z.number().nullable(),
    error: z.string().nullable(),
    since: z.date(),
    waiting: z.number().nullable(),
  })
  .transform(
    ({ case_id, error, since, waiting, ...row }): Undelivered => ({
      ...row,
      error: error ?? '',
      since: since.getTime(),
      ...(case_id !== null && { case: case_id }),
      ...(waiting !== null && { waiting }),
    }),
  )

async function waitingSince(db: Database, now: number): Promise<UndeliveredReport['waiting']> {
  const [row] = await db.run(
    `select least(
         (select received_at from inbox where handled_at is null order by id limit 1),
         (select received_at from arrivals order by id limit 1)) as inbox,
       least(
         (select min(created_at) from deliveries where state = 'due'),
         (select min(due_at) from notices where wanted > shown and delivery = 'live' and due_at <= $1)) as messages`,
    [new Date(now)],
  )
  const at = (value: unknown) => (value instanceof Date ? value.getTime() : undefined)
  const [inbox, messages] = [at(row?.inbox), at(row?.messages)]
  return { ...(inbox !== undefined && { inbox }), ...(messages !== undefined && { messages }) }
}
