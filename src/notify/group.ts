import type { Reading, Severity, Subject, Told } from './notice.ts'

/** The newest word on one topic of one subject. */
export interface Line {
  kind: string
  severity: Severity
  mood: Reading['mood']
  subject: Subject
  /** The account that the subject is in. */
  waba?: string
  topic: string
  params: Reading['params']
  /** When it happened, ms since the epoch. */
  at: number
  /** Events of this topic so far. */
  count: number
  next?: Reading['next']
  /** It ended a problem that this message told of. */
  solved?: true
  /** Who told it. */
  source?: Told['source']
  clientName?: string
  country?: string
  template?: string
  /** The notice that says it. */
  notice: string
}

export interface Person {
  id: string
  name: string
}

/** What one room is told in one message: the newest word on each topic, and what people did about it. */
export interface Group {
  /** By `<subject type>:<id> <topic>`. */
  lines: Record<string, Line>
  /** Lines that did not fit any more. */
  dropped: number
  /** All events so far. */
  count: number
  first: number
  last: number
  acknowledged?: { by: Person; at: number }
  snoozed?: { by: Person; until: number }
  assignee?: Person
  /** The newest message about it: when, how severe it was then, and how often it was repeated since somebody saw it. */
  told?: { at: number; severity: Severity; repeats: number }
  /** What came since then and changed something. */
  untold?: { since: number; count: number }
}

/** `firing`: a problem that lasts; `news`: nothing to solve; `resolved`: every problem has ended. */
export type GroupState = 'firing' | 'news' | 'resolved'

/** A message below the root of a group. */
export const followUps = ['news', 'worse', 'repeat', 'reminder', 'resolved', 'back'] as const
export type FollowUp = (typeof followUps)[number]
