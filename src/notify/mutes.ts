import type { Group } from './group.ts'
import { stateOf } from './group-state.ts'
import { standingPlaces } from './inhibit.ts'
import { globFits } from './match.ts'
import type { Notice } from './notice.ts'
import type { Mute, MuteScope } from './notices.ts'
import type { Target } from './target.ts'

/** Longest mute, ms: what is silent for longer belongs into the routes. */
export const longestMute = 30 * 24 * 3_600_000

/** The mute that keeps this notice from that room now, if there is one; what a partner mutes is silent in its own rooms only. Pure. */
export function isMuted(
  notice: Mutable,
  target: Pick<Target, 'side' | 'partner'>,
  mutes: readonly Mute[],
  now: number,
): Mute | undefined {
  return mutes.find(({ scope, until }) => until > now && covers(scope, notice, target))
}

/**
 * Until when all that a message could say now is muted in its room: what is new in it, else its problems. `undefined`:
 * something of it is not. Pure.
 */
export function mutedUntil(
  group: Group,
  target: Pick<Target, 'side' | 'partner'>,
  mutes: readonly Mute[],
  now: number,
): number | undefined {
  const lasting = stateOf(group) === 'firing' && !group.untold
  const lines = Object.values(group.lines).filter(({ mood }) => !lasting || mood === 'problem')
  const ends = lines.map((line) => isMuted(line, target, mutes, now)?.until)
  return ends.every((until) => until !== undefined) ? Math.min(...ends) : undefined
}

/** What a mute looks at. */
type Mutable = Pick<Notice, 'subject' | 'waba' | 'kind' | 'source' | 'partner'>

function covers(scope: MuteScope, notice: Mutable, { side, partner }: Pick<Target, 'side' | 'partner'>): boolean {
  const { subject, kind, source } = scope
  if (subject === undefined && kind === undefined && source === undefined) return false
  const room = side === 'partner' ? (partner ?? notice.partner) : undefined
  return (
    (scope.partner === undefined || scope.partner === room) &&
    // An account that is muted mutes its numbers.
    (subject === undefined || standingPlaces(notice).includes(subject)) &&
    (kind === undefined || globFits(kind, notice.kind)) &&
    (source === undefined || source === notice.source)
  )
}
