import type { Chat, Message, User, UserFromGetMe } from 'grammy/types'
import { type Command, commands } from '../talk.ts'
import type { Speaker } from './speaker.ts'

/** What a message asks of the bot. */
export type Heard =
  | { kind: 'command'; name: string; text: string }
  | { kind: 'text'; text: string; replyTo?: number }
  /** A photo, a voice message: nothing that can be read. */
  | { kind: 'unreadable' }

/**
 * Reads a message. `undefined`: it is not meant for the bot. In groups only commands, replies to the bot and mentions
 * are, whatever its privacy mode lets through.
 */
export function hear(message: Message, me: UserFromGetMe): Heard | undefined {
  const group = isGroup(message.chat)
  const raw = message.text ?? message.caption
  const replied = message.reply_to_message
  const answersBot = replied?.from?.id === me.id
  if (raw === undefined) return (!group || answersBot) && hasContent(message) ? { kind: 'unreadable' } : undefined
  const mention = new RegExp(`(^|\\s)@${me.username}(?!\\w)`, 'gi')
  const mentioned = mention.test(raw)
  const text = raw.replace(mention, '$1').trim()
  const command = readCommand(text)
  if (command && (command.to === undefined || command.to === me.username.toLowerCase())) {
    // Without our name, a command we do not know is for another bot of the group.
    const ours = !group || mentioned || answersBot || command.to !== undefined || isCommand(command.name)
    if (!ours) return undefined
    const text = command.name === 'explain' ? command.text || quoted(message) : command.text
    return { kind: 'command', name: command.name, text }
  }
  if (command || (group && !answersBot && !mentioned)) return undefined
  if (!text) return { kind: 'command', name: 'help', text: '' }
  return { kind: 'text', text, ...(answersBot && replied && { replyTo: replied.message_id }) }
}

/** `/status@portdesk_bot +49…` */
function readCommand(text: string): { name: string; to: string | undefined; text: string } | undefined {
  const [, name, to, rest] = /^\/(\w{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(text) ?? []
  return name === undefined ? undefined : { name: name.toLowerCase(), to: to?.toLowerCase(), text: rest?.trim() ?? '' }
}

/** What is to be explained may stand in the message that is replied to, or in the part of it that was quoted. */
function quoted({ quote, reply_to_message: replied }: Message): string {
  return quote?.text ?? replied?.text ?? replied?.caption ?? ''
}

export function isCommand(name: string): name is Command {
  return commands.some((command) => command === name)
}

export function isGroup(chat: Chat): boolean {
  return chat.type !== 'private'
}

/** Whether a person sent it; service messages (somebody joined, a new title) are nothing to answer. */
function hasContent(message: Message): boolean {
  return contents.some((kind) => kind in message)
}

const contents = [
  'photo',
  'document',
  'voice',
  'audio',
  'video',
  'video_note',
  'animation',
  'sticker',
  'location',
  'contact',
] as const

/** Who speaks, in the language of the desk's set-up if that knows the person. */
export function speakerOf(
  from: User,
  chat: Chat,
  options: { language?: string | undefined; topic?: number | undefined } = {},
): Speaker {
  return {
    chat: String(chat.id),
    user: { id: from.id, name: nameOf(from) },
    group: isGroup(chat),
    language: options.language ?? from.language_code ?? 'en',
    ...(options.topic !== undefined && { topic: options.topic }),
  }
}

/** The topic of a forum that a message is in. In "General", the thread of an answer is no topic. */
export function topicOf({ is_topic_message, message_thread_id }: Partial<Message>): number | undefined {
  return is_topic_message ? message_thread_id : undefined
}

export function nameOf({ first_name, last_name }: User): string {
  return [first_name, last_name].filter(Boolean).join(' ')
}
