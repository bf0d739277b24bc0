import { z } from 'zod'
import type { Reply } from '../reply.ts'
import { answerInRoom } from './answer.ts'
import { command } from './commands.ts'
import { conduct } from './conduct.ts'
import type { Side } from './side.ts'
import { spoken } from './spoken.ts'
import { unmark } from './unmark.ts'

const messageEvent = z.object({
  event_id: z.string(),
  event: z.object({
    type: z.enum(['message', 'app_mention']),
    subtype: z.string().optional(),
    channel: z.string(),
    channel_type: z.string().optional(),
    user: z.string().optional(),
    bot_id: z.string().optional(),
    text: z.string().default(''),
    ts: z.string(),
    thread_ts: z.string().optional(),
    parent_user_id: z.string().optional(),
  }),
})

type Message = z.infer<typeof messageEvent>['event']

/** `thread`: a word in the thread of a case. `talk`: said to the bot itself. */
type Kind = 'thread' | 'talk'

/** What people type: in the threads of cases, in direct messages, and wherever they mention the bot. */
export function messageListener(side: Side): (body: unknown) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  return async (body) => {
    const { data } = messageEvent.safeParse(body)
    const kind = data && kindOf(side, data.event)
    if (!kind) return
    // A redelivery that arrives while the first is still being worked on waits for it.
    const work = running.get(data.event_id) ?? hear(side, data.event_id, data.event, kind)
    running.set(data.event_id, work)
    await work.finally(() => running.delete(data.event_id))
  }
}

const spokenSubtypes = new Set([undefined, 'thread_broadcast', 'file_share'])

function kindOf({ casesChannel, botUser }: Side, message: Message): Kind | undefined {
  const { type, subtype, channel, channel_type, user, bot_id, ts, thread_ts, parent_user_id, text } = message
  if (!user || bot_id || user === botUser() || !spokenSubtypes.has(subtype) || !text.trim()) return undefined
  const underBot = parent_user_id === undefined || parent_user_id === botUser()
  const inThread = channel === casesChannel && thread_ts !== undefined && thread_ts !== ts && underBot
  // A mention arrives as a message, too; in a case's thread that one counts.
  if (inThread) return type === 'message' ? 'thread' : undefined
  return type === 'app_mention' || channel_type === 'im' ? 'talk' : undefined
}

async function hear(side: Side, eventId: string, message: Message, kind: Kind): Promise<void> {
  const { channel, thread_ts: thread, user = '' } = message
  const language = side.people.slack(user, channel)?.language
  await conduct(side, {
    async work() {
      const replies = await said(side, message, kind)
      // The act itself counts once by its key; this keeps a redelivery from being answered again. It comes after the
      // act, so that a crash in between cannot swallow it.
      return (await side.seen(`slack:${eventId}`)) ? [] : replies
    },
    answer: answerInRoom(side, { user, language, origin: { channel, ...(thread && { thread }) } }),
    language,
  })
}

async function said(side: Side, { channel, ts, thread_ts, user = '', text }: Message, kind: Kind): Promise<Reply[]> {
  const { people, talk, botUser } = side
  const actor = people.slack(user, channel)
  if (!actor) return talk.stranger('slack')
  const mention = `<@${botUser()}>`
  const mentioned = text.trim().startsWith(mention)
  const nameOf = (id: string) => (id === botUser() ? 'portdesk' : people.slack(id, channel)?.name)
  const words = unmark(mentioned ? text.trim().slice(mention.length) : text, nameOf)
  const key = { key: `slack:${channel}:${ts}` }
  const isCommand = (kind === 'talk' || mentioned) && 'command' in spoken(words)
  if (isCommand) return command(side, { user, channel, words }, key)
  return talk.text(actor, words, { ...key, ...(thread_ts && { about: thread_ts }) })
}
