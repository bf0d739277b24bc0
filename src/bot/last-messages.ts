import type { Database } from '../store/db.ts'

/** Remembers the newest message that was sent to a chat as an answer, so that a restart can tell its own messages apart. */
export function rememberLast(db: Database, surface: 'telegram'): (room: string, id: number) => Promise<void> {
  return async (room, id) => {
    await db.run(
      `insert into last_messages (surface, room, message_id) values ($1, $2, $3)
       on conflict (surface, room) do update set message_id = greatest(last_messages.message_id, excluded.message_id)`,
      [surface, room, id],
    )
  }
}
