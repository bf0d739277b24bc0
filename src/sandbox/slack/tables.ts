import type { Journal } from '../journal.ts'
import type { SlackMessage } from '../state.ts'
import type { Json } from './json.ts'

export interface MessageRow extends SlackMessage {
  reactions?: { name: string; users: string[] }[]
}

/** `view.state.values`: block id, then action id. */
export type Values = Record<string, Record<string, Json>>

export interface ViewRow {
  id: string
  user: string
  kind: 'modal' | 'home'
  /** As the bot sent it, with the ids that it left out. */
  view: Json
  hash: string
  /** The first view of the stack. */
  root: string
  /** The view below. */
  previous: string | null
  /** What the person has entered or chosen so far. */
  entered: Values
}

/** One `response_url`. */
export interface ReplyRow {
  id: string
  channel: string
  user: string
  /** The message whose element was pressed. */
  original?: string
  /** Sandbox time, milliseconds. */
  made: number
  used: number
}

export interface FileRow {
  id: string
  name: string
  /** Missing until the bytes have come. */
  content?: string
}

/** An event that the app has not acknowledged yet. */
export interface EventRow {
  body: Json & { event_id: string }
  /** Failed tries. */
  failures: number
  /** Why the last one failed. */
  reason?: string
}

export type Tables = ReturnType<typeof slackTables>

/** What this Slack remembers. */
export const slackTables = (journal: Journal) => ({
  messages: journal.table<MessageRow>('slack.messages'),
  views: journal.table<ViewRow>('slack.views'),
  replies: journal.table<ReplyRow>('slack.response-urls'),
  files: journal.table<FileRow>('slack.files'),
  events: journal.table<EventRow>('slack.events'),
})
