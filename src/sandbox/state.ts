/** What `GET /api/state` answers: the whole visible world, for the page and for tests. */
export interface SandboxState {
  clock: { now: string; offsetMs: number }
  slack: SlackState
  telegram: TelegramState
  /** The numbers at 360dialog. */
  numbers: NumberState[]
  /** Numbers at other providers, which can move here. */
  elsewhere: NumberState[]
  /** Faults that are switched on, as they were given. */
  faults: unknown[]
}

export interface SlackState {
  users: { id: string; name: string; title: string }[]
  channels: { id: string; name: string; messages: SlackMessage[] }[]
  /** Open modals, the topmost last. `view` is the view object as the bot sent it. */
  modals: { view_id: string; user: string; view: Record<string, unknown> }[]
  /** Published App Homes. */
  homes: { view_id: string; user: string; view: Record<string, unknown> }[]
}

export interface SlackMessage {
  channel: string
  ts: string
  /** User id, or the bot's user id. */
  user: string
  bot: boolean
  text: string
  blocks: Record<string, unknown>[]
  thread_ts?: string
  /** A thread reply that is shown in the channel, too. */
  broadcast?: true
  /** Only this user sees it. */
  ephemeral_to?: string
  edited?: string
  metadata?: Record<string, unknown>
  /** Texts of files shared with the message. */
  files?: { name: string; content: string }[]
}

export interface TelegramState {
  users: { id: number; name: string }[]
  chats: {
    id: number
    type: 'private' | 'group' | 'supergroup'
    title: string
    members: number[]
    messages: TelegramMessage[]
    /** Commands of the bot's menu in this chat. */
    commands: { command: string; description: string }[]
  }[]
  /** Toasts and alerts: answers to button presses, newest last. */
  toasts: { user: number; text: string; alert: boolean }[]
}

export interface TelegramMessage {
  message_id: number
  /** User id, or the bot's id. */
  from: number
  bot: boolean
  /** ISO 8601. */
  date: string
  /** Plain text, after the markup was parsed. */
  text: string
  /** The text as Telegram HTML, safe to show. */
  html: string
  /** `inline_keyboard` rows, when there is one. */
  keyboard?: { text: string; callback_data?: string; url?: string }[][]
  force_reply?: boolean
  reply_to?: number
  /** `message_thread_id` in a forum; none in "General". */
  topic?: number
  edited?: string
  document?: { name: string; content: string }
}

/** One WhatsApp number of the little world, as its levers show it. */
export interface NumberState {
  /** Digits with country code. */
  phone: string
  name: string
  /** 360dialog ids. */
  partner: string
  client: string
  channel: string
  /** Meta WABA id. */
  waba: string
  ownership: 'CLIENT_OWNED' | 'ON_BEHALF_OF'
  /** Two-step PIN set; `null` where the platform does not tell. */
  pin: boolean | null
  status: string
  hub_status: string
  quality: string
  /** What makes it special, in a few words. */
  note: string
}
