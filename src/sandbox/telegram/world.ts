import type { Ground } from '../ground.ts'
import type { Table } from '../journal.ts'
import { bot, firstChats, people } from './people.ts'
import type { ApiMessage, Chat, ChatRow, MessageRow, User } from './types.ts'

/** Everything the fake Telegram remembers, and how it looks over the wire. */
export interface World {
  readonly ground: Ground
  readonly messages: Table<MessageRow>
  chats(): ChatRow[]
  chat(id: number): ChatRow | undefined
  saveChat(chat: ChatRow): void
  message(chat: number, id: number): MessageRow | undefined
  saveMessage(message: MessageRow): void
  /** Writes a new message down, dated now, under the chat's next number. */
  post(message: Omit<MessageRow, 'id' | 'at'>): MessageRow
  forget(message: MessageRow): void
  /** Whether the chat has such a topic. */
  hasTopic(chat: number, topic: number): boolean
  /** The next number of a series that starts at 1. */
  next(series: string): number
  user(id: number): User
  setLanguage(user: number, code: string): void
  apiChat(chat: ChatRow): Chat
  apiMessage(message: MessageRow): ApiMessage
}

const messageKey = (chat: number, id: number) => `${chat}/${id}`

export function openWorld(ground: Ground): World {
  const chats = ground.journal.table<ChatRow>('telegram.chats')
  const messages = ground.journal.table<MessageRow>('telegram.messages')
  const counters = ground.journal.table<number>('telegram.counters')
  const languages = ground.journal.table<string>('telegram.languages')
  if (chats.values().length === 0) for (const chat of firstChats()) chats.set(String(chat.id), chat)

  const next = (series: string) => {
    const number = (counters.get(series) ?? 0) + 1
    counters.set(series, number)
    return number
  }
  const user = (id: number): User => {
    if (id === bot.id) return { id, is_bot: true, first_name: bot.first_name, username: bot.username }
    const person = people.find((one) => one.id === id)
    if (!person) throw new Error(`No user ${id} in the sandbox`)
    return { ...person, language_code: languages.get(String(id)) ?? 'en' }
  }
  const world: World = {
    ground,
    messages,
    chats: () => chats.values(),
    chat: (id) => chats.get(String(id)),
    saveChat: (chat) => chats.set(String(chat.id), chat),
    message: (chat, id) => messages.get(messageKey(chat, id)),
    saveMessage: (message) => messages.set(messageKey(message.chat, message.id), message),
    post(content) {
      const message = { ...content, id: next(`message ${content.chat}`), at: ground.clock.now() }
      world.saveMessage(message)
      return message
    },
    forget: (message) => messages.delete(messageKey(message.chat, message.id)),
    hasTopic: (chat, topic) => world.message(chat, topic)?.service?.forum_topic_created !== undefined,
    next,
    user,
    setLanguage: (id, code) => languages.set(String(id), code),
    apiChat,
    apiMessage: (message) => apiMessage(world, message),
  }
  return world
}

function apiChat({ id, type, title, forum }: ChatRow): Chat {
  if (type !== 'private') return { id, type, title, ...(forum ? { is_forum: true } : {}) }
  const username = people.find((person) => person.id === id)?.username
  return { id, type, first_name: title, ...(username ? { username } : {}) }
}

function apiMessage(world: World, message: MessageRow, nested = false): ApiMessage {
  const chat = world.chat(message.chat)
  const { text, entities, topic } = message
  // What answers nothing in a topic refers to the message that opened the topic.
  const answers = message.replyTo ?? (topic === message.id ? undefined : topic)
  const repliedTo = answers && !nested ? world.message(message.chat, answers) : undefined
  const marked = entities.length > 0
  const content = message.document
    ? { document: apiDocument(message.document), ...(text ? { caption: text } : {}) }
    : message.service
      ? message.service
      : { text }
  const marks = marked ? (message.document ? { caption_entities: entities } : { entities }) : {}
  return {
    message_id: message.id,
    from: world.user(message.from),
    chat: chat ? apiChat(chat) : { id: message.chat, type: 'private' },
    date: seconds(message.at),
    ...(topic === undefined ? {} : { message_thread_id: topic, is_topic_message: true }),
    ...(message.editedAt ? { edit_date: seconds(message.editedAt) } : {}),
    ...content,
    ...marks,
    ...(repliedTo ? { reply_to_message: apiMessage(world, repliedTo, true) } : {}),
    ...(message.keyboard ? { reply_markup: { inline_keyboard: message.keyboard } } : {}),
  }
}

function apiDocument({ id, name, mime, size }: NonNullable<MessageRow['document']>) {
  return { file_id: id, file_unique_id: id.slice(-12), file_name: name, mime_type: mime, file_size: size }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
