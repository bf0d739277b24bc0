/** A message on its way to a room. */
export interface Send {
  surface: 'slack' | 'telegram'
  room: string
  /** Changes a message that is there. */
  edit: boolean
}

/** At most `most` of `what`, within `per` ms, in each room or on the whole surface. */
interface Limit {
  surface: Send['surface']
  what: 'all' | 'posts' | 'edits'
  each: 'room' | 'surface'
  most: number
  per: number
  /** Telegram: groups have negative ids. */
  groups?: true
}

const minute = 60_000

/**
 * What the platforms allow (their documentation, as of 2026): Slack one message a second and channel, and `chat.update`
 * fifty times a minute and workspace (tier 3), of which the cards of cases need some; Telegram one message a second and
 * chat, twenty a minute and group, edits among them, and thirty a second in all.
 */
export const limits: readonly Limit[] = [
  { surface: 'slack', what: 'posts', each: 'room', most: 1, per: 1000 },
  { surface: 'slack', what: 'edits', each: 'surface', most: 40, per: minute },
  { surface: 'telegram', what: 'all', each: 'room', most: 1, per: 1000 },
  { surface: 'telegram', what: 'all', each: 'room', most: 20, per: minute, groups: true },
  { surface: 'telegram', what: 'all', each: 'surface', most: 30, per: 1000 },
]

/** The same message is edited this often at most, in ms: what happens in between becomes one edit. */
export const editEvery = 3000

export interface Past {
  room: string
  edit: boolean
  at: number
}

/** When a message may go out, after these have gone out on the same surface; ms since the epoch. Pure. */
export function freeAt(next: Send, past: readonly Past[], now: number): number {
  const times = limits
    .filter((limit) => limit.surface === next.surface && covers(limit, next))
    .map((limit) => {
      const counted = past
        .filter((each) => (limit.each === 'surface' || each.room === next.room) && covers(limit, each))
        .map(({ at }) => at)
        .sort((a, b) => a - b)
      const last = counted.at(-limit.most)
      return last === undefined ? now : last + limit.per
    })
  return Math.max(now, ...times)
}

function covers({ what, groups }: Limit, { room, edit }: { room: string; edit: boolean }): boolean {
  return (what === 'all' || (what === 'edits') === edit) && (!groups || room.startsWith('-'))
}

/** Remembers what was sent, and when a room asked to be left alone. */
export interface Pace {
  /** When this may be sent; ms since the epoch. */
  freeAt(send: Send): number
  /** It goes out now. The answer is to be called when the platform has answered. */
  sending(send: Send): () => void
  /** It went out at that time, before this process began. */
  sent(send: Send, at: number): void
  /** The platform answers this by asking for a pause, which is for all that it counts together. */
  hold(send: Send, until: number): void
}

/** The pace of everything that one process sends. `now` in ms since the epoch. */
export function openPace(now: () => number): Pace {
  const past: Record<Send['surface'], Past[]> = { slack: [], telegram: [] }
  const holds = new Map<string, { since: number; until: number }>()

  /** A clock that was turned back leaves times behind that have not come yet. */
  const recent = (surface: Send['surface']) => {
    const at = now()
    past[surface] = past[surface].filter((each) => Math.abs(at - each.at) < minute)
    return past[surface]
  }

  const heldUntil = (send: Send) => {
    const held = holds.get(countedWith(send))
    if (held === undefined || now() < held.since || held.until <= now()) return 0
    return held.until
  }

  return {
    freeAt: (send) => Math.max(freeAt(send, recent(send.surface), now()), heldUntil(send)),
    sending(send) {
      const entry: Past = { room: send.room, edit: send.edit, at: now() }
      past[send.surface].push(entry)
      return () => {
        entry.at = now()
      }
    },
    sent(send, at) {
      past[send.surface].push({ room: send.room, edit: send.edit, at })
    },
    hold: (send, until) => void holds.set(countedWith(send), { since: now(), until }),
  }
}

/** Slack counts the edits in all channels of a workspace together, apart from new messages. */
const countedWith = ({ surface, room, edit }: Send): string =>
  surface === 'slack' && edit ? 'slack edits' : `${surface}:${room}`
