import { z } from 'zod'
import { flag, type Method, method, needed, optional, page, pageSize } from './arguments.ts'
import { knownRoom } from './chat-methods.ts'
import { SlackError } from './errors.ts'
import type { Json } from './json.ts'
import { messagePayload } from './message-payload.ts'
import { type Messages, micros } from './messages.ts'
import { directMessageOf, people, type Room, rooms, team } from './people.ts'
import type { MessageRow } from './tables.ts'

const timestamp = z
  .string()
  .regex(/^(\d+(\.\d{1,6})?)?$/)
  .optional()
  .transform((ts) => ts || undefined)
const window = {
  oldest: timestamp,
  latest: timestamp,
  inclusive: flag,
  limit: pageSize(100),
  cursor: optional,
  include_all_metadata: flag,
}

type Window = { oldest?: string | undefined; latest?: string | undefined; inclusive: boolean }

export function conversationMethods(messages: Messages): Record<string, Method> {
  const room = (channel: string) => {
    const found = knownRoom(channel)
    if (!found.bot) throw new SlackError('not_in_channel')
    return found
  }
  const payload = (row: MessageRow, include_all_metadata: boolean) => {
    const replies = row.thread_ts ? [] : messages.thread(row.channel, row.ts).slice(1)
    return messagePayload(row, { replies, withMetadata: include_all_metadata })
  }
  return {
    'conversations.history': method('t3', z.object({ channel: needed, ...window }), (args) => {
      const rows = messages
        .inRoom(room(args.channel).id)
        .filter((row) => !row.ephemeral_to && (!row.thread_ts || row.broadcast) && within(row, args))
        .reverse()
      const { items, response_metadata } = page(rows, args)
      return {
        messages: items.map((row) => payload(row, args.include_all_metadata)),
        has_more: response_metadata.next_cursor !== '',
        pin_count: 0,
        response_metadata,
      }
    }),
    'conversations.replies': method('t3', z.object({ channel: needed, ts: needed, ...window }), (args) => {
      const [root, ...replies] = messages.thread(room(args.channel).id, args.ts)
      if (root?.ts !== args.ts) throw new SlackError('thread_not_found')
      const { items, response_metadata } = page(
        replies.filter((row) => within(row, args)),
        args,
      )
      return {
        messages: [root, ...items].map((row) => payload(row, args.include_all_metadata)),
        has_more: response_metadata.next_cursor !== '',
        response_metadata,
      }
    }),
    'conversations.info': method('t3', z.object({ channel: needed }), ({ channel }) => ({
      channel: roomPayload(knownRoom(channel)),
    })),
    'conversations.open': method(
      't3',
      z.object({ channel: optional, users: optional, return_im: flag }),
      ({ channel, users, return_im }) => {
        if (!channel && !users) throw new SlackError('users_list_not_supplied')
        const [user = '', ...more] = (users ?? '').split(',').map((one) => one.trim())
        if (more.length) throw new SlackError('too_many_users')
        const found = channel ? rooms.find(({ id, dm }) => id === channel && dm) : directMessageOf(user)
        if (!found) throw new SlackError(channel ? 'channel_not_found' : 'user_not_found')
        return { channel: return_im ? roomPayload(found) : { id: found.id } }
      },
    ),
    'conversations.list': method(
      't2',
      z.object({
        types: z.string().default('public_channel'),
        limit: pageSize(100),
        cursor: optional,
        exclude_archived: flag,
      }),
      (args) => {
        const types = args.types.split(',').map((type) => type.trim())
        const rows = rooms.filter(({ dm }) => types.includes(dm ? 'im' : 'public_channel'))
        const { items, response_metadata } = page(rows, args)
        return { channels: items.map(roomPayload), response_metadata }
      },
    ),
  }
}

function within({ ts }: MessageRow, { oldest, latest, inclusive }: Window): boolean {
  const at = micros(ts)
  const after = oldest === undefined || at > micros(oldest) || (inclusive && at === micros(oldest))
  const before = latest === undefined || at < micros(latest) || (inclusive && at === micros(latest))
  return after && before
}

const roomPayload = ({ id, name, bot: member, dm }: Room): Json =>
  dm
    ? { id, is_im: true, user: dm, is_archived: false, is_org_shared: false }
    : {
        id,
        name,
        name_normalized: name,
        is_channel: true,
        is_group: false,
        is_im: false,
        is_private: false,
        is_archived: false,
        is_general: false,
        is_member: member,
        num_members: people.length + (member ? 1 : 0),
        context_team_id: team.id,
      }
