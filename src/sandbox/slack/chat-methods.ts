import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { flag, json, type Method, method, needed, optional } from './arguments.ts'
import { content, metadata } from './content.ts'
import { SlackError } from './errors.ts'
import { messageLimits } from './limits.ts'
import { messagePayload } from './message-payload.ts'
import type { Messages } from './messages.ts'
import { bot, directMessageOf, findRoom, isMember, type Room, roomById } from './people.ts'
import type { MessageRow } from './tables.ts'

const shown = {
  text: z.string().optional(),
  markdown_text: optional,
  blocks: json.optional(),
}

export function chatMethods(ground: Ground, messages: Messages): Record<string, Method> {
  const own = (channel: string, ts: string, refusal: string) => {
    const message = messages.find(knownRoom(channel).id, ts)
    if (!message || message.ephemeral_to) throw new SlackError('message_not_found')
    if (message.user !== bot.user) throw new SlackError(refusal)
    return message
  }
  const thread = (room: Room, ts: string | undefined) => (ts ? { thread_ts: messages.rootOf(room.id, ts) } : {})
  const emoji = z.string().regex(/^[a-z0-9_+'-]+$/)

  return {
    'chat.postMessage': method(
      't5',
      z.object({ channel: needed, ...shown, metadata: json.optional(), thread_ts: optional, reply_broadcast: flag }),
      (args) => {
        const room = postingRoom(args.channel)
        const message = messages.post({
          channel: room.id,
          user: bot.user,
          bot: true,
          ...content(args),
          ...metadata(args.metadata),
          ...thread(room, args.thread_ts),
          ...(args.reply_broadcast && args.thread_ts && { broadcast: true }),
        })
        return { channel: room.id, ts: message.ts, message: messagePayload(message) }
      },
    ),
    'chat.update': method(
      't3',
      z.object({ channel: needed, ts: needed, ...shown, metadata: json.optional() }),
      ({ channel, ts, ...args }) => {
        const message = own(channel, ts, 'cant_update_message')
        const changed = edited(message, args, messages.stamp())
        messages.change(changed)
        return { channel: message.channel, ts, text: changed.text, message: messagePayload(changed) }
      },
    ),
    'chat.delete': method('t3', z.object({ channel: needed, ts: needed }), ({ channel, ts }) => {
      const message = own(channel, ts, 'cant_delete_message')
      messages.remove(message)
      return { channel: message.channel, ts }
    }),
    'chat.postEphemeral': method(
      't4',
      z.object({ channel: needed, user: needed, ...shown, thread_ts: optional }),
      (args) => {
        const room = postingRoom(args.channel)
        if (!isMember(room, args.user)) throw new SlackError('user_not_in_channel')
        if ([...(args.text ?? '')].length > messageLimits.text) throw new SlackError('msg_too_long')
        const message = messages.post({
          channel: room.id,
          user: bot.user,
          bot: true,
          ephemeral_to: args.user,
          ...content(args),
          ...thread(room, args.thread_ts),
        })
        return { message_ts: message.ts }
      },
    ),
    'chat.getPermalink': method('t5', z.object({ channel: needed, message_ts: needed }), ({ channel, message_ts }) => {
      const message = messages.find(knownRoom(channel).id, message_ts)
      if (!message) throw new SlackError('message_not_found')
      const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${channel}` : ''
      const permalink = `${ground.ownUrl}/archives/${channel}/p${message_ts.replace('.', '')}${thread}`
      return { channel, permalink }
    }),
    'reactions.add': method('t3', z.object({ channel: needed, timestamp: needed, name: needed }), (args) => {
      if (!emoji.safeParse(args.name).success) throw new SlackError('invalid_name')
      const message = messages.find(knownRoom(args.channel).id, args.timestamp)
      if (!message) throw new SlackError('message_not_found')
      messages.change(withReaction(message, args.name, bot.user))
      return {}
    }),
  }
}

/** Blocks and metadata that are left out stay as they were; an empty list or object takes them away. */
function edited(
  message: MessageRow,
  args: Parameters<typeof content>[0] & { metadata?: unknown },
  stamp: string,
): MessageRow {
  if ([...(args.text ?? '')].length > messageLimits.editedText) throw new SlackError('msg_too_long')
  const shown = content(args)
  const { metadata: before, ...rest } = message
  return {
    ...rest,
    text: shown.text,
    blocks: args.blocks === undefined && args.markdown_text === undefined ? message.blocks : shown.blocks,
    edited: stamp,
    ...(args.metadata === undefined ? before && { metadata: before } : metadata(args.metadata)),
  }
}

function withReaction(message: MessageRow, name: string, user: string): MessageRow {
  const reactions = message.reactions ?? []
  const same = reactions.find((one) => one.name === name)
  if (same?.users.includes(user)) throw new SlackError('already_reacted')
  const added = { name, users: [...(same?.users ?? []), user] }
  return { ...message, reactions: [...reactions.filter((one) => one !== same), added] }
}

/** @throws SlackError `channel_not_found`. */
export function knownRoom(id: string): Room {
  const room = roomById(id)
  if (!room) throw new SlackError('channel_not_found')
  return room
}

/** Where a new message goes: a channel by id or name, or a person's direct messages by user id. */
function postingRoom(ref: string): Room {
  const room = roomById(ref) ?? directMessageOf(ref) ?? findRoom(ref)
  if (!room) throw new SlackError('channel_not_found')
  if (!room.bot) throw new SlackError('not_in_channel')
  return room
}
