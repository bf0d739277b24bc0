import type { Database, Orm } from './db.ts'

interface Move {
  surface: string
  from: string
  to: string
}

/**
 * The rooms that have another id than the set-up says, old to new: Telegram groups that became supergroups. `on`: the
 * transaction to read in.
 */
export async function movedRooms(db: Database, on?: Orm): Promise<ReadonlyMap<string, string>> {
  const rows = await db.run(`select room, now from moved_rooms where surface = 'telegram'`, [], on)
  return new Map(rows.map(({ room, now }) => [String(room), String(now)]))
}

/** The ids that a room had before, the newest first. */
export async function formerRooms(db: Database, room: string): Promise<string[]> {
  const sql = `select room from moved_rooms where surface = 'telegram' and now = $1 order by at desc`
  return (await db.run(sql, [room])).map((row) => String(row.room))
}

/**
 * A room has a new id: what is owed to the old one goes to the new one, as new messages, for those of before cannot be
 * edited there. From now on `movedRooms` knows it.
 */
export async function moveRoom(db: Database, { surface, from, to }: Move, now: number): Promise<void> {
  if (from === to) return
  const ids = [surface, from, to]
  const at = new Date(now)
  const steps: [string, unknown[]][] = [
    ['delete from moved_rooms where surface = $1 and room = $2', [surface, to]],
    [`update moved_rooms set now = $3 where surface = $1 and now = $2`, ids],
    [
      `insert into moved_rooms (surface, room, now, at) values ($1, $2, $3, $4)
       on conflict (surface, room) do update set now = excluded.now, at = excluded.at`,
      [...ids, at],
    ],
    // A case has one card in a room. One that is in the new room already stays, and is drawn again.
    [
      `update places kept set wanted = greatest(kept.wanted, old.wanted) from places old
       where kept.surface = $1 and kept.room = $3 and old.surface = $1 and old.room = $2
         and kept.case_id = old.case_id and kept.kind = old.kind`,
      ids,
    ],
    [
      `delete from places old using places kept
       where kept.surface = $1 and kept.room = $3 and old.surface = $1 and old.room = $2
         and kept.case_id = old.case_id and kept.kind = old.kind`,
      ids,
    ],
    // Nobody can press a button that stayed behind, so what is open is shown anew.
    [
      `update places set room = $3, message_id = null, showing = null, taken_at = null, drawn = null, drawn_at = null,
         shown = case when cases.status = 'open' then least(shown, wanted - 1) else shown end
       from cases where cases.id = case_id and surface = $1 and room = $2`,
      ids,
    ],
    [
      `update deliveries set room = $3, taken_at = null where surface = $1 and room = $2 and state in ('due', 'failed')`,
      ids,
    ],
    // What the new room hears of already goes on there; the message from before is told once more, if it still is owed.
    [
      `update notices old set closed_at = coalesce(old.closed_at, $4), look_at = null from notices kept
       where kept.surface = $1 and kept.room = $3 and kept.closed_at is null and old.surface = $1 and old.room = $2
         and kept.topic = old.topic and kept.group_key = old.group_key and old.closed_at is null`,
      [...ids, at],
    ],
    [`update notices set room = $3, message_id = null, taken_at = null where surface = $1 and room = $2`, ids],
    [`update subscriptions set room = $3 where surface = $1 and room = $2`, ids],
    // These go by the numbers of the old room's messages, or by how it was to be reached.
    ...['last_messages', 'held_back', 'broken_rooms'].map((table): [string, unknown[]] => [
      `delete from ${table} where surface = $1 and room = $2`,
      [surface, from],
    ]),
  ]
  await db.transaction(async (tx) => {
    for (const [sql, params] of steps) await db.run(sql, params, tx)
  })
}
