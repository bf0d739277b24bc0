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

type Reader = Pick<Target, 'side' | 'partner'>

/**
 * What a notice says there: the partner that a client moves to does not learn from us who the client is. It is the old
 * partner's client until the move is done. And nobody learns of a case that is none of theirs.
 */
export function asReadBy(reader: Reader, notice: Notice): Notice {
  const explained = withCase(reader, notice)
  if (reader.side === 'desk' || reader.partner === notice.partner) return explained
  const { clientName: _, ...rest } = explained
  return { ...rest, params: { ...explained.params, client: '' } }
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
