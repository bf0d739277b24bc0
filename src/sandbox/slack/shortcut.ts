import { z } from 'zod'
import { Refusal } from './errors.ts'
import { messagePayload } from './message-payload.ts'
import { type Outcome, outcome } from './outcome.ts'
import type { Parts } from './parts.ts'
import { interactionBase, messageBy, personBy, roomBy, slackbotSays } from './person-acts.ts'

export const shortcutSchema = z.object({
  user: z.string(),
  channel: z.string(),
  ts: z.string(),
  callback_id: z.string().min(1),
})

/** A person chooses a shortcut of the app from the menu of a message. */
export async function runShortcut(parts: Parts, given: z.infer<typeof shortcutSchema>): Promise<Outcome> {
  const person = personBy(given.user)
  const room = roomBy(given.channel, person)
  const message = messageBy(parts, room, given.ts, person)
  if (message.ephemeral_to) throw new Refusal(409, 'A message that only one person sees has no shortcuts.')
  const taken = await parts.deliver.interaction({
    type: 'message_action',
    ...interactionBase(person),
    callback_id: given.callback_id,
    action_ts: parts.messages.stamp(),
    trigger_id: parts.triggers.make(person.id),
    response_url: parts.replies.make({ channel: room.id, user: person.id }),
    channel: { id: room.id, name: room.dm ? 'directmessage' : room.name },
    message_ts: message.ts,
    message: messagePayload(message),
  })
  if (!taken.ok) slackbotSays(parts, person, room, `That did not work: ${taken.error}.`, message.thread_ts)
  return outcome(taken)
}
