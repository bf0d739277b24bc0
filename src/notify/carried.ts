import { z } from 'zod'
import type { Actor } from '../cases/actor.ts'
import { followUps } from './group.ts'

/** What a delivery that is about no case tells. */
export const carriedSchema = z.discriminatedUnion('type', [
  /** A word below the message of a notice; `seq` is the version of the group it speaks of. */
  z.object({ type: z.literal('follow-up'), what: z.enum(followUps), seq: z.number() }),
  /** A room that cannot be reached, told to the desk. */
  z.object({
    type: z.literal('room-broken'),
    surface: z.enum(['slack', 'telegram']),
    room: z.string(),
    words: z.string(),
  }),
  /** A partner whose API key 360dialog does not take, told to the desk. */
  z.object({ type: z.literal('key-refused'), partner: z.string(), words: z.string() }),
])
export type Carried = z.infer<typeof carriedSchema>

/** Something that did not get through and waits for a person. */
export interface Undelivered {
  /** Names it in a button; at most 45 characters. */
  id: string
  what: 'card' | 'message' | 'notice' | 'follow-up' | 'room' | 'webhook' | 'job'
  /** Surface and room, `slack:C0ALERTS`; the name of a job; or who told the webhook, and its id in the inbox. */
  where: string
  /** The case it is about. */
  case?: number
  /** How much waits behind it, for a room. */
  waiting?: number
  /** Why. */
  error: string
  /** When it was meant to be told; ms since the epoch. */
  since: number
}

/** Something that is late, and nobody knows why. */
export interface Finding {
  what: 'inbox' | 'notice' | 'group' | 'message' | 'card' | 'case'
  /** How many are late. */
  count: number
  /** How late the oldest is, in ms. */
  late: number
  /** One of them: a room, or the label of a case. */
  where?: string
}

export interface UndeliveredReport {
  /** The newest first, at most fifty. */
  entries: Undelivered[]
  /** How many there are. */
  total: number
  /** Since when the oldest unread webhook and the oldest unsent message wait; ms since the epoch. */
  waiting: { inbox?: number; messages?: number }
  late: Finding[]
}

/** What people do about what did not get through. For leads and admins; others are answered `undefined`. */
export interface DeadLetters {
  report(actor: Actor): Promise<UndeliveredReport | undefined>
  /** Tries it again at once, everything without an id. How many are tried. */
  retry(actor: Actor, id?: string): Promise<number | undefined>
  /** Gives it up for good. */
  drop(actor: Actor, id: string): Promise<number | undefined>
}
