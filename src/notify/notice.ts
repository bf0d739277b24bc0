import type { ExpectedByCase } from '../cases/expected.ts'
import type { About } from '../meta/webhooks.ts'

export const severities = ['info', 'warning', 'critical'] as const
export type Severity = (typeof severities)[number]

/** What a notice is about. `id`: digits of a number, Meta's WABA id, 360dialog's client id, our or Meta's id of a partner. */
export interface Subject {
  type: 'phone' | 'waba' | 'client' | 'partner'
  id: string
}

/** Whom procedures.md 17 names: the support channel (SC), the chat of the partner (PC), that of a partner a client moves to. */
export type Audience = 'desk' | 'partner' | 'destination-partner'

/** One change as a platform told it, as it lies in the inbox. */
export type Told =
  | { source: 'meta'; entry?: string | undefined; time?: number | undefined; field: string; value: unknown }
  | { source: 'hub'; id?: string | undefined; event: string; data: unknown }
  | { source: 'poll'; event: string; data: unknown }

/** What one event says, read without knowing anything else (procedures.md 17). */
export interface Reading {
  /** Readable word; its texts are under `notices.kinds.<kind>` in the locales. */
  kind: string
  severity: Severity
  subject: Subject
  audience: readonly Audience[]
  /**
   * What within the subject it is about: `account`, `quality`, `template:<name>:<language>`. A newer reading of the same
   * topic takes the place of an older one, never the other way round.
   */
  topic: string
  /** A `relief` ends the `problem` of the same topic. */
  mood: 'problem' | 'relief' | 'news'
  /** Fills the placeholders of the text. Only what the event says; no message contents, no secrets. */
  params: Record<string, string | number>
  /** Worth a line in a digest only. */
  digest?: true
  /** The flow that helps next, or the key of an advice, `notices.advice.<key>`. */
  next?: { flow: string } | { advice: string }
  /** Rows of procedures.md whose step or check this completes or refreshes: those cases get a line in their history. */
  completes?: readonly string[]
  /** Topics of the same subject (by prefix) that are pointless while this problem lasts; what ends it names them, too. */
  inhibits?: readonly string[]
  /** When it happened at the platform, ms since the epoch, if the event says. */
  at?: number
  about: About
  /** 360dialog's ids, when the event says them. */
  hub?: { partner?: string; client?: string }
  /** 360dialog's id of the partner that a client moves to. */
  destinationHub?: string
}

/** A reading with what Portdesk knows about its subject: something worth saying. */
export interface Notice extends Reading {
  /** The inbox row, and which of its readings: `812.0`. */
  id: string
  /** Who told it. */
  source?: Told['source']
  /** When it happened, else when it came in; ms since the epoch. */
  at: number
  /** Our id of the partner whose client this is; unknown subjects are told to the desk only. */
  partner?: string
  /** Our id of the partner that a client moves to. */
  destination?: string
  clientName?: string
  /** The partner that the text names by its portfolio: our id, and what it is called. */
  sharedWith?: { partner: string; name: string }
  /** Our ids of the partners whose own case is about it, and tells it. */
  inCaseOf?: readonly string[]
  /** Open cases that expect it; a reader learns of those that it may see (`asReadBy`). */
  expected?: readonly ExpectedByCase[]
  /** ISO 3166 code of the number; of an account or a client, that of most of its numbers. */
  country?: string
  /** The WABA of a number, or of the subject itself: what is wrong with it is wrong with all its numbers. */
  waba?: string
}
