import type { Card } from './card.ts'

/** A place where messages are shown: a Slack channel, a Telegram chat (`topic` in forums). */
export interface Room {
  surface: 'slack' | 'telegram'
  /** Channel id or chat id. */
  id: string
  topic?: number
}

/** A message of the bot in a room. Slack: `ts`; Telegram: `message_id` as text. */
export type MessageId = string

export interface SayOptions {
  /** Root message to answer in its thread (Slack) or to reply to (Telegram). */
  thread?: MessageId
  /** In Slack, also shown in the room itself. */
  broadcast?: boolean
  /** Idempotency key of the message; a surface that can, finds an earlier try by it. */
  key: string
  /**
   * An earlier try may have reached the room: look before saying it again. `after` is the newest message of the bot that
   * is known to be in the room.
   */
  perhapsSaid?: { after?: MessageId }
}

/** What the courier needs from a chat platform. Every call may throw a `SendError`. */
export interface Surface {
  name: Room['surface']
  /** Shows a card: edits `messageId`, or posts it anew. Answers the id of the message that shows it now. */
  show(room: Room, card: Card, options: { messageId?: MessageId } & SayOptions): Promise<MessageId>
  /** Says something once. */
  say(room: Room, card: Card, options: SayOptions): Promise<MessageId>
}

/** Why a message did not get through. `retry`: try again after `afterMs`, `unsure` when it may have arrived nevertheless; `gone`: the message is not there any more; `broken`: this room cannot be reached until a person acts; `moved`: the room has the id `to` now. */
export class SendError extends Error {
  readonly problem: SendProblem
  constructor(problem: SendProblem, options?: { cause?: unknown }) {
    super(`${problem.kind}: ${problem.words}`, options)
    this.name = 'SendError'
    this.problem = problem
  }
}

export type SendProblem =
  | { kind: 'retry'; words: string; afterMs?: number; unsure?: true }
  | { kind: 'gone'; words: string }
  | { kind: 'broken'; words: string }
  | { kind: 'moved'; words: string; to: string }

/** Whether it may have arrived nevertheless. */
export const isUnsure = (problem: SendProblem): boolean => problem.kind === 'retry' && problem.unsure === true
