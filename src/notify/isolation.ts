import type { Notice } from './notice.ts'
import type { Routing } from './routing.ts'
import type { NoticeRoom, Target } from './target.ts'

/**
 * For whom a notice is drawn in a room; `undefined`: it must not be told there, whatever routes and subscriptions say.
 * The one place that keeps partners apart: a chat of a partner hears of that partner's own clients and of those that move
 * to it, and a chat of nobody hears nothing unless the set-up calls it a room of the desk. Slack is the desk's own.
 */
export function readerIn(
  { surface, room }: NoticeRoom,
  { partner, destination }: Pick<Notice, 'partner' | 'destination'>,
  { owners, deskChats }: Pick<Routing, 'owners' | 'deskChats'>,
): Pick<Target, 'side' | 'partner'> | undefined {
  if (surface === 'slack') return { side: 'desk' }
  const owner = owners.get(room)
  if (owner === undefined) return deskChats.has(room) ? { side: 'desk' } : undefined
  return owner === partner || owner === destination ? { side: 'partner', partner: owner } : undefined
}

/** Whether a message is still for those who read that room: the set-up may have given a chat to somebody else. Pure. */
export function isFor(row: Pick<Target, 'to' | 'side' | 'partner'>, routing: Pick<Routing, 'owners' | 'deskChats'>) {
  const reader = readerIn(row.to, { ...(row.partner !== undefined && { partner: row.partner }) }, routing)
  return reader !== undefined && isSameReader(reader, row)
}

export const isSameReader = (one: Reader, other: Reader): boolean =>
  one.side === other.side && one.partner === other.partner

type Reader = Pick<Target, 'side' | 'partner'>

/**
 * What a notice says there: the partner that a client moves to does not learn from us who the client is. It is the old
 * partner's client until the move is done. And nobody learns of a case that is none of theirs.
 */
export function asReadBy(reader: Reader, notice: Notice): Notice {
  const explained = withName(reader, withCase(reader, notice))
  if (reader.side === 'desk' || reader.partner === notice.partner) return explained
  const { clientName: _, ...rest } = explained
  return { ...rest, params: { ...explained.params, client: '' } }
}

/** Who it is that an account is shared with, for the desk and that partner itself; the others read Meta's id. */
function withName({ side, partner }: Reader, notice: Notice): Notice {
  const { sharedWith } = notice
  if (!sharedWith || (side !== 'desk' && partner !== sharedWith.partner)) return notice
  return { ...notice, params: { ...notice.params, partner: sharedWith.name } }
}

/** Why it is expected and until when, in place of what would help if it were not. */
function withCase({ side, partner = '' }: Reader, notice: Notice): Notice {
  const seen = notice.expected?.find(
    ({ until, partners }) => until !== undefined && (side === 'desk' || partners.includes(partner)),
  )
  if (seen?.until === undefined) return notice
  const { next: _, ...rest } = notice
  return { ...rest, params: { ...notice.params, case: seen.case, resumes: seen.until } }
}
