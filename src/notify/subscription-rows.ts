import { z } from 'zod'
import type { Database, Orm } from '../store/db.ts'
import type { Person } from './group.ts'
import type { Subscription } from './notices.ts'

const words = z.array(z.string()).optional()
const matchSchema = z
  .object({ kinds: words, severities: words, countries: words, text: z.string().optional() })
  .transform((match): Subscription['match'] => JSON.parse(JSON.stringify(match)))

const rows = z.array(
  z
    .object({
      id: z.number(),
      surface: z.enum(['slack', 'telegram']),
      room: z.string(),
      topic: z.number(),
      partner: z.string().nullable(),
      match: matchSchema,
      by: z.object({ id: z.string(), name: z.string() }),
    })
    .transform(
      ({ id, surface, room, topic, partner, match, by }): Subscription => ({
        id,
        to: { surface, room, ...(topic !== 0 && { topic }) },
        ...(partner !== null && { partner }),
        match,
        by,
      }),
    ),
)

const columns = 'id, surface, room, topic, partner, match, by'

/** What rooms asked to hear, the oldest first. */
export async function subscriptionsOf(db: Database, on?: Orm): Promise<Subscription[]> {
  return rows.parse(await db.run(`select ${columns} from subscriptions where ended_at is null order by id`, [], on))
}

/** Writes a subscription; a room that asked for just that before keeps the one it has. */
export async function addSubscription(
  db: Database,
  { to, partner, match, by }: Omit<Subscription, 'id'>,
  now: number,
): Promise<Subscription> {
  const place = [to.surface, to.room, to.topic ?? 0, JSON.stringify(match)]
  return db.transaction(async (tx) => {
    // Two presses at once must not become two subscriptions.
    await db.run('select pg_advisory_xact_lock(hashtext($1))', [`subscribe:${place.join(' ')}`], tx)
    const same = `select ${columns} from subscriptions
      where surface = $1 and room = $2 and topic = $3 and match = $4::jsonb and ended_at is null`
    const [known] = rows.parse(await db.run(same, place, tx))
    if (known) return known
    const insert = `insert into subscriptions (surface, room, topic, match, partner, by, made_at)
      values ($1, $2, $3, $4::jsonb, $5, $6::jsonb, $7) returning ${columns}`
    const values = [...place, partner ?? null, JSON.stringify(by), new Date(now)]
    const [row] = rows.parse(await db.run(insert, values, tx))
    if (!row) throw new Error('A subscription was not written')
    return row
  })
}

/** Ends a subscription. False when it had ended already. */
export async function endSubscription(db: Database, id: number, by: Person, now: number): Promise<boolean> {
  const sql =
    'update subscriptions set ended_at = $2, ended_by = $3::jsonb where id = $1 and ended_at is null returning id'
  return (await db.run(sql, [id, new Date(now), JSON.stringify(by)])).length > 0
}
