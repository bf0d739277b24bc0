import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from './errors.ts'
import type { Json } from './json.ts'
import type { Parts } from './parts.ts'
import { bot, type Room, team } from './people.ts'
import { messageBy, personBy, roomBy } from './person-acts.ts'
import type { MessageRow } from './tables.ts'
import { typedText } from './typed-text.ts'

export const typedSchema = z.object({
  user: z.string(),
  channel: z.string(),
  text: z.string().min(1),
  thread_ts: z.string().optional(),
})

/** A person writes a message. The app hears of it where it is a member. */
export function typeMessage(
  parts: Parts,
  given: z.infer<typeof typedSchema>,
): { ok: true; channel: string; ts: string } {
  const person = personBy(given.user)
  const room = roomBy(given.channel, person)
  const above = given.thread_ts ? messageBy(parts, room, given.thread_ts, person) : undefined
  if (above?.ephemeral_to) throw new Refusal(409, 'Nobody can answer to a message that only one person sees.')
  const root = above?.thread_ts ?? above?.ts
  const message = parts.messages.post({
    channel: room.id,
    user: person.id,
    bot: false,
    text: typedText(given.text),
    blocks: [],
    ...(root && { thread_ts: root }),
  })
  if (room.bot) tell(parts, room, message, root)
  return { ok: true, channel: room.id, ts: message.ts }
}

function tell({ events, messages }: Parts, room: Room, message: MessageRow, root: string | undefined): void {
  const common: Json = {
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: team.id,
    channel: room.id,
    event_ts: message.ts,
    client_msg_id: randomUUID(),
    ...(root && { thread_ts: root, parent_user_id: messages.find(room.id, root)?.user }),
  }
  events.add({ ...common, type: 'message', channel_type: room.dm ? 'im' : 'channel' })
  const mentioned = message.text.includes(`<@${bot.user}>`)
  if (mentioned && !room.dm) events.add({ ...common, type: 'app_mention' })
}
