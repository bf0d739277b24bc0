/** A person who speaks to the desk, known from the desk's set-up; never from what a button carries. */
export interface Actor {
  surface: 'slack' | 'telegram'
  /** `slack:U0ANA`, `telegram:7001`. */
  id: string
  name: string
  role: 'support' | 'lead' | 'admin' | 'partner'
  /** Our id of the partner; for `partner` only. */
  partner?: string
  /** What that partner is called. */
  partnerName?: string
  /** Channel or chat the act came from. */
  room: string
  /** The id by which the set-up knows that chat, when the chat has another one by now. */
  home?: string
  /** Topic of a Telegram forum that the act came from; none in "General". */
  topic?: number
  language: string
  /** IANA time zone for dates shown to this person. */
  timeZone: string
}

/** What an actor's room is called for good: what is remembered by it outlives a change of the room's id. */
export const homeOf = ({ home, room }: Actor): string => home ?? room
