import { decide } from './decide.ts'
import { emptyGroup, joined, lineKey, rank } from './fold-group.ts'
import type { Group } from './group.ts'
import { severityOf } from './group-state.ts'
import { inhibitor, isOld, type Standing } from './inhibit.ts'
import { asReadBy, isSameReader } from './isolation.ts'
import { isMuted, mutedUntil } from './mutes.ts'
import type { Notice } from './notice.ts'
import type { Draft, OpenNotice } from './notice-store.ts'
import type { Mute } from './notices.ts'
import type { Target } from './target.ts'

/** What a notice came to, as the inbox remembers it. */
export type Outcome = 'told' | 'in-case' | 'late' | 'muted' | 'inhibited' | 'nowhere'

/** The groups of one batch, as they become. */
export interface Book {
  /** The group of that target; a new one when there is none. */
  open(target: Target): Draft
  put(draft: Draft): void
  drafts(): Draft[]
}

export function openBook(rows: readonly OpenNotice[], now: number): Book {
  const keyOf = ({ to, groupKey }: Pick<Draft, 'to' | 'groupKey'>) =>
    [to.surface, to.room, to.topic ?? 0, groupKey].join(' ')
  const open = new Map<string, Draft>(rows.map((row) => [keyOf(row), { ...row, redraw: false }]))
  const touched = new Set<Draft>()
  const closed: Draft[] = []
  return {
    open({ to, side, partner, group: groupKey, telling }) {
      const key = keyOf({ to, groupKey })
      const known = open.get(key)
      const reader = { side, ...(partner !== undefined && { partner }) }
      if (known && isSameReader(known, reader)) return known
      if (known) {
        open.delete(key)
        closed.push(abandoned(known))
      }
      return {
        to,
        ...reader,
        groupKey,
        telling,
        group: emptyGroup(now),
        seq: 0,
        closed: false,
        opened: false,
        redraw: false,
      }
    },
    put(draft) {
      const key = keyOf(draft)
      const before = open.get(key)
      if (before) touched.delete(before)
      if (draft.closed) {
        open.delete(key)
        closed.push(draft)
        return
      }
      open.set(key, draft)
      touched.add(draft)
    },
    drafts: () => [...closed, ...touched],
  }
}

/** A message in a room that has other readers by now: nothing more is said in it. */
export const abandoned = (draft: Omit<Draft, 'redraw'>): Draft => ({ ...draft, redraw: false, closed: true })

interface Surroundings {
  mutes: readonly Mute[]
  standing: readonly Standing[]
  now: number
}

/** Puts one notice into the groups of its rooms. */
export function enter(book: Book, notice: Notice, targets: readonly Target[], around: Surroundings): Outcome {
  const { mutes, standing, now } = around
  if (targets.length === 0) return 'nowhere'
  if (inhibitor(notice, standing)) return 'inhibited'
  const old = isOld(notice, standing)
  const outcomes = targets.map((target): Outcome => {
    const draft = book.open(target)
    const known = draft.group.lines[lineKey(notice)]
    const muted = isMuted(notice, target, mutes, now) !== undefined
    if (muted && !(notice.mood === 'relief' && known?.mood === 'problem')) return 'muted'
    if (isInCase(notice, target)) return 'in-case'
    if (old && !known) return 'late'
    if (target.endsOnly && known?.mood !== 'problem') return 'nowhere'
    const how = {
      severity: target.severity,
      now,
      old,
      ...(target.template !== undefined && { template: target.template }),
    }
    const { group, joined: result } = joined(draft.group, asReadBy(target, notice), how)
    // A group is told as its most severe notice wants it.
    const telling = rank(target.severity) >= rank(severityOf(group)) ? target.telling : draft.telling
    if (muted) {
      // What the message shows is true; nobody hears of it.
      const quiet = withUntold(group, draft.group.untold)
      book.put({ ...draft, group: quiet, seq: draft.seq + 1, redraw: true, lookAt: now })
      return 'muted'
    }
    book.put(after({ ...draft, group, telling, seq: draft.seq + 1, redraw: true }, now))
    return result
  })
  return outcomes.find((each) => each === 'told') ?? outcomes[0] ?? 'nowhere'
}

function withUntold({ untold: _, ...group }: Group, untold: Group['untold']): Group {
  return { ...group, ...(untold && { untold }) }
}

/** Good news that a partner's own case tells it anyway. */
const isInCase = ({ severity, inCaseOf }: Notice, { partner }: Target): boolean =>
  severity === 'info' && partner !== undefined && inCaseOf?.includes(partner) === true

/** What is muted is looked at again after this, ms: mutes may be ended. */
const mutedPause = 60_000

/** A group whose time has come. Only what changed is a new version; what is muted waits as it is. */
export function reviewed(row: OpenNotice, now: number, mutes: readonly Mute[]): Draft {
  const next = after({ ...row, redraw: false }, now)
  const speaks = next.say !== undefined || next.opened !== row.opened
  const until = speaks ? mutedUntil(row.group, row, mutes, now) : undefined
  if (until !== undefined) return { ...row, redraw: false, lookAt: Math.min(until, now + mutedPause) }
  const changed = next.say !== undefined || next.opened !== row.opened || next.group.snoozed !== row.group.snoozed
  return changed ? { ...next, seq: row.seq + 1, redraw: true } : next
}

function after(draft: Draft, now: number): Draft {
  const { group, open, say, close, lookAt } = decide(draft.group, draft.telling, draft.opened, now)
  const { say: before, lookAt: _, ...rest } = draft
  const said = say ?? before
  return {
    ...rest,
    group,
    opened: draft.opened || open === true,
    closed: close === true,
    ...(said !== undefined && { say: said }),
    ...(lookAt !== undefined && { lookAt }),
  }
}
