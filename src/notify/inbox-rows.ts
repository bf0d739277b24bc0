import { z } from 'zod'
import type { Database, Orm } from '../store/db.ts'

const incomingSchema = z.object({
  id: z.number(),
  source: z.enum(['meta', 'hub', 'poll']),
  body: z.string(),
  received_at: z.date(),
})
/** A change that lies in the inbox. */
export type Incoming = z.infer<typeof incomingSchema>

/** The oldest that nobody has handled, without those that are set aside. */
export async function waitingRows(db: Database, aside: readonly number[], limit: number): Promise<Incoming[]> {
  const sql = `
    select id, source, body, received_at from inbox where handled_at is null and id <> all ($1) order by id limit $2`
  return z.array(incomingSchema).parse(await db.run(sql, [aside, limit]))
}

/** Locks those of them that still wait and that nobody else is at. Answers which. */
export async function lockWaiting(db: Database, tx: Orm, ids: readonly number[]): Promise<number[]> {
  const sql = 'select id from inbox where id = any($1) and handled_at is null order by id for update skip locked'
  return z
    .array(z.object({ id: z.number() }))
    .parse(await db.run(sql, [ids], tx))
    .map(({ id }) => id)
}

/** Writes down what became of them. */
export async function markHandled(
  db: Database,
  tx: Orm,
  outcomes: readonly { id: number; outcome: string }[],
  now: number,
): Promise<void> {
  await db.run(
    `update inbox set handled_at = $2, outcome = o.outcome
     from jsonb_to_recordset($1::jsonb) as o(id bigint, outcome text) where inbox.id = o.id`,
    [JSON.stringify(outcomes), new Date(now)],
    tx,
  )
}
