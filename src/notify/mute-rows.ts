import { z } from 'zod'
import type { Database, Orm } from '../store/db.ts'
import type { Person } from './group.ts'
import type { Mute, MuteScope } from './notices.ts'

const person = z.object({ id: z.string(), name: z.string() })
const scopeSchema = z.object({
  subject: z.string().optional(),
  kind: z.string().optional(),
  source: z.enum(['meta', 'hub']).optional(),
  partner: z.string().optional(),
})

const rows = z.array(
  z.object({
    id: z.number(),
    scope: scopeSchema.transform((scope): MuteScope => JSON.parse(JSON.stringify(scope))),
    reason: z.string(),
    by: person,
    until: z.date().transform((until) => until.getTime()),
  }),
)

const columns = 'id, scope, reason, by, until'

/** The mutes that hold now, the oldest first. */
export async function loadMutes(db: Database, now: number, on?: Orm): Promise<Mute[]> {
  const sql = `select ${columns} from mutes where until > $1 and ended_by is null order by id`
  return rows.parse(await db.run(sql, [new Date(now)], on))
}

/** Writes a mute in the place of one of the same scope. */
export async function addMute(db: Database, mute: Omit<Mute, 'id'>, now: number): Promise<Mute> {
  const scope = JSON.stringify(mute.scope)
  const by = JSON.stringify(mute.by)
  return db.transaction(async (tx) => {
    // The same form sent twice at once must not become two mutes.
    await db.run('select pg_advisory_xact_lock(hashtext($1))', [`mute:${scope}`], tx)
    const replace = 'update mutes set ended_by = $2::jsonb where scope = $1::jsonb and until > $3 and ended_by is null'
    await db.run(replace, [scope, by, new Date(now)], tx)
    const insert = `insert into mutes (scope, reason, by, made_at, until)
      values ($1::jsonb, $2, $3::jsonb, $4, $5) returning ${columns}`
    const values = [scope, mute.reason, by, new Date(now), new Date(mute.until)]
    const [row] = rows.parse(await db.run(insert, values, tx))
    if (!row) throw new Error('A mute was not written')
    return row
  })
}

/** Ends a mute, and the snooze of the message that it was made from. False when it had ended already. */
export async function endMute(db: Database, mute: Mute, by: Person, now: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const sql = 'update mutes set ended_by = $2::jsonb where id = $1 and ended_by is null returning id'
    const ended = await db.run(sql, [mute.id, JSON.stringify(by)], tx)
    if (ended.length === 0) return false
    await db.run(
      `update notices set state = state - 'snoozed', seq = seq + 1, look_at = $3,
         wanted = case when wanted > 0 then seq + 1 else 0 end
       where closed_at is null and state -> 'snoozed' @> $1::jsonb and side = $2`,
      [
        JSON.stringify({ until: mute.until, by: { id: mute.by.id } }),
        mute.scope.partner === undefined ? 'desk' : 'partner',
        new Date(now),
      ],
      tx,
    )
    return true
  })
}
