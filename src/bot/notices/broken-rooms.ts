import type { Carried } from '../../notify/carried.ts'
import type { Database } from '../../store/db.ts'
import type { Card } from '../card.ts'
import type { Texts } from '../texts.ts'

/** A room that was not to be reached is tried again after this, ms. */
const retryAfter = 15 * 60_000

export interface RoomTopic {
  surface: 'slack' | 'telegram'
  room: string
  topic: number
}

/**
 * Nothing goes to this room for a while; what is owed to it waits. The first time, the desk is told in `tellIn`, a
 * channel of Slack.
 */
export async function roomBroke(db: Database, broken: RoomTopic, words: string, now: number, tellIn: string) {
  const { surface, room, topic } = broken
  const at = new Date(now)
  await db.transaction(async (tx) => {
    const said = words.slice(0, 500)
    const rows = await db.run(
      `insert into broken_rooms (surface, room, topic, words, since, retry_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (surface, room, topic) do update set words = excluded.words, retry_at = excluded.retry_at
       returning since = $5 as fresh`,
      [surface, room, topic, said, at, new Date(now + retryAfter)],
      tx,
    )
    if (rows[0]?.fresh !== true) return
    const body: Carried = { type: 'room-broken', surface, room, words: said }
    await db.run(
      `insert into deliveries (key, surface, room, body, created_at, due_at) values ($1, 'slack', $2, $3, $4, $4)
       on conflict (key) do nothing`,
      [`room-broken:${surface}:${room}:${topic}:${now}`, tellIn, JSON.stringify(body), at],
      tx,
    )
  })
}

/** A message got through again. */
export async function roomMended(db: Database, { surface, room, topic }: RoomTopic): Promise<void> {
  await db.run('delete from broken_rooms where surface = $1 and room = $2 and topic = $3', [surface, room, topic])
}

/** What the desk is told about a room that cannot be reached. Pure. */
export function roomBrokenCard(body: Extract<Carried, { type: 'room-broken' }>, texts: Texts): Card {
  return {
    title: texts.t(`notice-rooms.broken.${body.surface}`, { room: body.room }),
    state: { text: texts.t('notice-rooms.broken.state'), tone: 'attention' },
    text: [body.words, texts.t('notice-rooms.broken.text')],
  }
}
