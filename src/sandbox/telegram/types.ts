/** The parts of Bot API objects that the sandbox fills in. Names are Telegram's. */

export interface User {
  id: number
  is_bot: boolean
  first_name: string
  username?: string
  language_code?: string
}

export interface Chat {
  id: number
  type: 'private' | 'group' | 'supergroup'
  is_forum?: true
  title?: string
  first_name?: string
  username?: string
}

export interface Entity {
  type: string
  /** UTF-16 code units. */
  offset: number
  length: number
  url?: string
  language?: string
  user?: User
}

export interface InlineButton {
  text: string
  callback_data?: string | undefined
  url?: string | undefined
  [more: string]: unknown
}

export interface ApiMessage {
  message_id: number
  from: User
  chat: Chat
  /** Unix seconds. */
  date: number
  message_thread_id?: number
  is_topic_message?: true
  edit_date?: number
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  document?: { file_id: string; file_unique_id: string; file_name: string; mime_type: string; file_size: number }
  reply_to_message?: ApiMessage
  reply_markup?: { inline_keyboard: InlineButton[][] }
  [service: string]: unknown
}

/** A message as the sandbox remembers it. */
export interface MessageRow {
  chat: number
  id: number
  from: number
  /** Milliseconds of sandbox time. */
  at: number
  editedAt?: number
  text: string
  entities: Entity[]
  keyboard?: InlineButton[][]
  forceReply?: boolean
  replyTo?: number
  /** Topic of a forum: the id of the service message that opened it. None in "General". */
  topic?: number
  document?: { id: string; name: string; mime: string; size: number }
  /** Emoji that the bot put on it. */
  reaction?: string
  /** Fields of a service message, `migrate_to_chat_id` for one. */
  service?: Record<string, unknown>
}

export interface ChatRow {
  id: number
  type: 'private' | 'group' | 'supergroup'
  title: string
  /** User ids, without the bot. */
  members: number[]
  /** The bot may write: it sits in the group, or the user has written to it first. */
  open: boolean
  /** A supergroup with topics. */
  forum?: true
  /** The supergroup that this group became. */
  movedTo?: number
}

/** A button press that waits for `answerCallbackQuery`. */
export interface QueryRow {
  id: string
  user: number
  at: number
  answered: boolean
}
