import type { Actor } from '../cases/actor.ts'
import type { FormRef } from './form.ts'
import type { Press } from './press.ts'
import type { Reply } from './reply.ts'

/** What people can say as a command, on every surface. */
export const commands = [
  ...(['help', 'start', 'status', 'new', 'cases', 'case', 'export', 'explain', 'cancel'] as const),
  ...(['subscribe', 'subscriptions', 'unsubscribe', 'mute', 'mutes', 'undelivered'] as const),
] as const
export type Command = (typeof commands)[number]

/** The conversation, the same for all surfaces: who said what in, what to show that person out. */
export interface Talk {
  command(actor: Actor, command: Command, text: string, said: Said): Promise<Reply[]>
  press(actor: Actor, press: Press, said: Said): Promise<Reply[]>
  submit(actor: Actor, ref: FormRef, values: Record<string, string | string[]>, said: Said): Promise<Reply[]>
  /** Free text: an answer, or a word in a case's thread. */
  text(actor: Actor, text: string, said: Said): Promise<Reply[]>
  /** A person whom the desk does not know. */
  stranger(surface: Actor['surface'], language?: string): Reply[]
  /** The list of a person's cases, for App Home. */
  home(actor: Actor): Promise<Reply[]>
}

/** How it was said. */
export interface Said {
  /** Idempotency key of the incoming act: the same key acts once. */
  key: string
  /** The bot's message that it answers: thread root in Slack, replied-to message in Telegram. */
  about?: string
}
