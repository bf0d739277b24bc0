import { z } from 'zod'
import type { Reply } from '../reply.ts'
import { answerInRoom, type Person } from './answer.ts'
import { oneMoment } from './commands.ts'
import { conduct } from './conduct.ts'
import type { Ack, Side } from './side.ts'
import { textsIn } from './texts-in.ts'
import { unmark } from './unmark.ts'

/** The callback id of "Explain this error" in `manifest.yml`. */
export const explainShortcut = 'explain-error'

const shortcutSchema = z.object({
  type: z.string(),
  callback_id: z.string(),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  message: z
    .object({ text: z.string().default(''), thread_ts: z.string().optional() })
    .loose()
    .optional(),
})

type Shortcut = z.infer<typeof shortcutSchema>

/** "Explain this error" in the menu of a message; the answer is for the person who asked. */
export async function onShortcut(side: Side, body: unknown, ack: Ack): Promise<void> {
  const shortcut = shortcutSchema.parse(body)
  const { callback_id, channel, message, user, response_url: url } = shortcut
  if (callback_id !== explainShortcut || !message || !channel) return ack()
  const language = side.people.slack(user.id, channel.id)?.language
  const thread = message.thread_ts
  const origin = { channel: channel.id, ...(thread && { thread }), ...(url && { url }) }
  const person: Person = { user: user.id, language, origin }
  await conduct(side, {
    work: () => explain(side, shortcut, channel.id),
    ack,
    answer: answerInRoom(side, person),
    slow: () => oneMoment(side, person, false),
    language,
  })
}

async function explain(
  { people, talk }: Side,
  { user, message, trigger_id }: Shortcut,
  channel: string,
): Promise<Reply[]> {
  const actor = people.slack(user.id, channel)
  if (!actor) return talk.stranger('slack')
  return talk.command(actor, 'explain', unmark(textsIn(message).join('\n')), { key: `slack:${trigger_id}` })
}
