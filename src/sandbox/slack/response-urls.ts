import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { content } from './content.ts'
import { SlackError } from './errors.ts'
import { messageLimits } from './limits.ts'
import type { Messages } from './messages.ts'
import { bot } from './people.ts'
import type { MessageRow, ReplyRow, Tables } from './tables.ts'

const replySchema = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
})

/** An answer to a command or a press: plain text, or a message with hints on where it goes. */
export const reply = z.preprocess((body) => (typeof body === 'string' ? { text: body } : body), replySchema)

type Reply = z.infer<typeof reply>

export interface ResponseUrls {
  /** A URL that takes 5 posts within 30 minutes. `original` is the message whose element was pressed. */
  make(at: { channel: string; user: string; original?: string }): string
  /** @throws SlackError `expired_url`, `used_url`, or what is wrong with the message. */
  post(id: string, body: Reply): void
  /** Shows the app's answer to that person (or, with `in_channel`, to everybody in the room). */
  say(at: { channel: string; user: string }, body: Reply): MessageRow
}

export function responseUrls(ground: Ground, { replies: table }: Tables, messages: Messages): ResponseUrls {
  const say: ResponseUrls['say'] = ({ channel, user }, body) =>
    messages.post({
      channel,
      user: bot.user,
      bot: true,
      ...content(body),
      ...(body.thread_ts && { thread_ts: messages.rootOf(channel, body.thread_ts) }),
      ...(body.response_type === 'ephemeral' && { ephemeral_to: user }),
    })
  const spend = (id: string) => {
    const row = table.get(id)
    if (!row || ground.clock.now() - row.made > messageLimits.repliesMs) throw new SlackError('expired_url')
    if (row.used >= messageLimits.replies) throw new SlackError('used_url')
    table.set(id, { ...row, used: row.used + 1 })
    return row
  }
  return {
    make({ channel, user, original }) {
      const id = randomBytes(12).toString('hex')
      table.set(id, { id, channel, user, made: ground.clock.now(), used: 0, ...(original && { original }) })
      return `${ground.ownUrl}/slack/response/${id}`
    },
    post(id, body) {
      const row = spend(id)
      const original = originalOf(row, messages)
      if (body.delete_original && original) return messages.remove(original)
      if (body.replace_original && original) return messages.change({ ...original, ...content(body) })
      say(row, body)
    },
    say,
  }
}

/** The pressed message, if it is still there. */
const originalOf = ({ channel, original }: ReplyRow, messages: Messages) =>
  original === undefined ? undefined : messages.find(channel, original)
