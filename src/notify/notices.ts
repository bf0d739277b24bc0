import type { Actor } from '../cases/actor.ts'
import type { Group } from './group.ts'
import type { NoticeRoom, Telling } from './target.ts'

/** One message of notices in one room, as it is stored. */
export interface NoticeRow {
  id: number
  to: NoticeRoom
  side: 'desk' | 'partner'
  partner?: string
  group: Group
  telling: Telling
  /** Version of the group; a message that shows an older one is stale. */
  seq: number
  closed: boolean
}

/** What a person can do about a notice. Times in ms since the epoch. */
export type NoticeAct =
  | { do: 'acknowledge' }
  | { do: 'unacknowledge' }
  | { do: 'snooze'; until: number }
  | { do: 'wake' }
  | { do: 'take' }
  | { do: 'release' }

/** Which notices are silenced. Every part that is given must match. */
export interface MuteScope {
  /** `phone:4930…`, `waba:…`, `client:…`, `partner:…`. */
  subject?: string
  kind?: string
  /** Everything that comes from one platform, for its outages. */
  source?: 'meta' | 'hub'
  /** Our id of the partner: set for what a partner silences, which is silent in its own rooms only. */
  partner?: string
}

export interface Mute {
  id: number
  scope: MuteScope
  reason: string
  by: { id: string; name: string }
  until: number
}

/** What a room wants to hear beside what the routes of the set-up say. */
export interface Subscription {
  id: number
  to: NoticeRoom
  /** Set for a partner's room: it hears of its own clients only. */
  partner?: string
  match: { kinds?: string[]; severities?: string[]; countries?: string[]; text?: string }
  by: { id: string; name: string }
}

export type NoticeRefusal =
  | 'not-found'
  | 'not-allowed'
  | 'closed'
  | 'already-acknowledged'
  | 'past'
  | 'too-long'
  | 'nothing-matches'
  | 'reason-needed'
  | 'too-many'

export type NoticeActed<T> =
  | { ok: true; value: T; by?: { id: string; name: string } }
  | { ok: false; why: NoticeRefusal }

/** What people do about notices. Every act is authorized here, from the actor; a partner reaches only its own rooms. */
export interface Notices {
  view(actor: Actor, id: number): Promise<NoticeRow | undefined>
  act(actor: Actor, id: number, act: NoticeAct, key: string): Promise<NoticeActed<NoticeRow>>
  /** Silences what matches until a time, at most 30 days. */
  mute(actor: Actor, scope: MuteScope, until: number, reason: string): Promise<NoticeActed<Mute>>
  mutes(actor: Actor): Promise<Mute[]>
  unmute(actor: Actor, id: number): Promise<NoticeActed<Mute>>
  /** For the place that the actor is in, and no other. */
  subscribe(actor: Actor, to: NoticeRoom, match: Subscription['match']): Promise<NoticeActed<Subscription>>
  /** Those of the actor's side; in a topic of a forum only those of that topic, and no other can be ended there. */
  subscriptions(actor: Actor): Promise<Subscription[]>
  unsubscribe(actor: Actor, id: number): Promise<NoticeActed<Subscription>>
}
