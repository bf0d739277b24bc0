import type { Json } from './json.ts'
import { bot, team } from './people.ts'
import type { FileRow, MessageRow } from './tables.ts'

/** A message as history, answers and payloads carry it. `replies` are those of its thread, oldest first. */
export function messagePayload(row: MessageRow, { replies = [], withMetadata = true }: Options = {}): Json {
  return {
    type: 'message',
    user: row.user,
    ts: row.ts,
    text: row.text,
    team: team.id,
    ...(row.bot ? { bot_id: bot.id, app_id: bot.app, blocks: row.blocks } : {}),
    ...(row.thread_ts && { thread_ts: row.thread_ts }),
    ...(row.broadcast && { subtype: 'thread_broadcast' }),
    ...(row.edited && { edited: { user: row.user, ts: row.edited } }),
    ...(withMetadata && row.metadata && { metadata: row.metadata }),
    ...(row.files && { files: row.files.map(({ name }) => ({ name, title: name, mode: 'hosted' })) }),
    ...(row.reactions && { reactions: row.reactions.map((one) => ({ ...one, count: one.users.length })) }),
    ...threadSummary(row, replies),
  }
}

interface Options {
  replies?: MessageRow[]
  withMetadata?: boolean
}

function threadSummary({ ts }: MessageRow, replies: MessageRow[]): Json {
  const latest = replies.at(-1)
  if (!latest) return {}
  const users = [...new Set(replies.map(({ user }) => user))]
  return {
    thread_ts: ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: latest.ts,
    reply_users: users,
    subscribed: false,
  }
}

/** A file as the Web API answers it. */
export const filePayload = ({ id, name, content = '' }: FileRow, title = name): Json => ({
  id,
  name,
  title,
  size: Buffer.byteLength(content),
  user: bot.user,
  mode: 'hosted',
})
