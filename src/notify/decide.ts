import { rank } from './fold-group.ts'
import type { FollowUp, Group } from './group.ts'
import { severityOf, stateOf } from './group-state.ts'
import { nextDigest, quietUntil } from './quiet-hours.ts'
import type { Telling } from './target.ts'

const day = 24 * 3_600_000
/** A problem of which nothing more is heard is closed after this, ms: Meta does not tell the end of everything. */
const forgottenAfter = 14 * day

/** What is to be done about one group now. */
export interface Decision {
  group: Group
  /** Post the root message. */
  open?: true
  /** Say something below it. */
  say?: FollowUp
  /** Nothing more belongs to this message: what comes next begins a new one. */
  close?: true
  /** When the clock alone may change this decision; ms since the epoch. */
  lookAt?: number
}

/**
 * The stage between grouping and delivery, as a table over data: when a group is told first, when again, and when it is
 * over. `opened`: its root message was posted, or is on its way. Pure.
 */
export function decide(given: Group, telling: Telling, opened: boolean, now: number): Decision {
  const back = given.snoozed !== undefined && given.snoozed.until <= now
  const group = back ? awake(given) : given
  if (!opened) return first(group, telling, now)
  const due = dues(group, telling, now, back)
  const ripe = due.filter(({ at }) => at <= now).sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what))[0]
  if (ripe) return later(told(group, ripe.what, now), telling, now, { say: ripe.what })
  return later(group, telling, now)
}

/** What is said when several things could be. */
const order: readonly FollowUp[] = ['worse', 'resolved', 'back', 'repeat', 'reminder', 'news']

function awake({ snoozed: _, ...group }: Group): Group {
  return group
}

function first(group: Group, telling: Telling, now: number): Decision {
  const at = unhushed(group, telling, firstDue(group, telling), now)
  if (at > now) return { group, lookAt: at }
  const { untold: _, ...rest } = group
  const opened = { ...rest, told: { at: now, severity: severityOf(group), repeats: 0 } }
  return { ...later(opened, telling, now), open: true }
}

function firstDue(group: Group, { digest, wait }: Telling): number {
  return digest ? nextDigest(group.first, digest) : group.first + wait
}

/** Not before the quiet hours and the snooze are over. Only critical notices pass quiet hours. */
function unhushed(group: Group, telling: Telling, at: number, now: number): number {
  const from = Math.max(at, group.snoozed?.until ?? 0)
  if (!telling.quiet || severityOf(group) === 'critical') return from
  return quietUntil(Math.max(from, now), telling.quiet) ?? from
}

interface Due {
  what: FollowUp
  at: number
}

/** Everything that may be said below the root, and when. */
function dues(group: Group, telling: Telling, now: number, back = false): Due[] {
  const { told, untold, acknowledged } = group
  if (!told) return []
  const state = stateOf(group)
  const hushed = (at: number) => unhushed(group, telling, at, now)
  const dues: Due[] = []
  if (untold) {
    const worse = state === 'firing' && rank(severityOf(group)) > rank(told.severity)
    const what = worse ? 'worse' : state === 'resolved' ? 'resolved' : 'news'
    const atOnce = worse && severityOf(group) === 'critical'
    dues.push({ what, at: hushed(atOnce ? untold.since : told.at + telling.interval) })
  }
  if (state !== 'firing') return dues
  if (back) dues.push({ what: 'back', at: now })
  if (told.repeats >= telling.repeats) return dues
  if (telling.repeat !== undefined && !acknowledged) dues.push({ what: 'repeat', at: hushed(told.at + telling.repeat) })
  if (telling.remind !== undefined && acknowledged) {
    const at = Math.max(told.at, acknowledged.at) + telling.remind
    // What somebody knows of can wait for the morning, whatever it is.
    dues.push({ what: 'reminder', at: (telling.quiet && quietUntil(Math.max(at, now), telling.quiet)) ?? hushed(at) })
  }
  return dues
}

function told(group: Group, what: FollowUp, now: number): Group {
  const { untold: _, told: before, ...rest } = group
  const again = what === 'repeat' || what === 'reminder'
  const severity = severityOf(group)
  const highest = before && rank(before.severity) > rank(severity) ? before.severity : severity
  return { ...rest, told: { at: now, severity: highest, repeats: (before?.repeats ?? 0) + (again ? 1 : 0) } }
}

/** The decision with the next time to look, or with the end of the group. */
function later(group: Group, telling: Telling, now: number, decision: Partial<Decision> = {}): Decision {
  const end = endOf(group, telling)
  if (end <= now) return { ...decision, group, close: true }
  const times = [end, ...dues(group, telling, now).map(({ at }) => at), ...(group.snoozed ? [group.snoozed.until] : [])]
  return { ...decision, group, lookAt: Math.max(Math.min(...times), now + 1) }
}

/** A digest is told once. News and what is solved end after the interval; what is still to be said comes first. */
function endOf(group: Group, telling: Telling): number {
  if (telling.digest) return group.told?.at ?? 0
  if (stateOf(group) === 'firing' || group.untold) return group.last + forgottenAfter
  return Math.max(group.last, group.told?.at ?? 0) + telling.interval
}
