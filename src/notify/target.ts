import type { Severity } from './notice.ts'

/** A room that notices go to. `topic` is a Telegram forum's. */
export interface NoticeRoom {
  surface: 'slack' | 'telegram'
  /** Channel id or chat id. */
  room: string
  topic?: number
}

/** Hours in which only critical notices are told; wall time of `timeZone`. */
export interface QuietHours {
  /** `HH:MM`; from after to means over midnight. */
  from: string
  to: string
  timeZone: string
  /** Saturday and Sunday are quiet all day. */
  weekends: boolean
}

/** How one route tells what comes its way. Times in ms. */
export interface Telling {
  /** Before the first message, for what belongs together to gather. */
  wait: number
  /** At least between two follow-ups about the same group. */
  interval: number
  /** A problem that nobody acknowledged is told again after this. */
  repeat?: number
  /** An acknowledged problem that is still there comes back after this. */
  remind?: number
  /** How often at most, of both. */
  repeats: number
  quiet?: QuietHours
  /** Collected and told at this wall time instead. */
  digest?: { every: 'day' | 'week'; at: string; timeZone: string }
}

/** Where one notice goes, and why. */
export interface Target {
  to: NoticeRoom
  /** For whom it is drawn: a partner's room sees only its own clients. */
  side: 'desk' | 'partner'
  /** Our id of the partner whose room it is. */
  partner?: string
  /** Which notices share one message in that room. */
  group: string
  /** As the route wants it. */
  severity: Severity
  telling: Telling
  /** A text of the set-up instead of ours, with the same placeholders. */
  template?: string
  /** The route's path in the tree, `routes[2].routes[0]`, `default` for what no route takes, or `subscription 12`. */
  route: string
  /** A relief where it would not go by itself: it ends what is open in that group and is no news there. */
  endsOnly?: true
}
