import type { Group, Person } from './group.ts'
import { stateOf } from './group-state.ts'
import type { NoticeAct, NoticeRefusal } from './notices.ts'

/** Longest snooze, ms. */
const longestSnooze = 30 * 24 * 3_600_000

export type GroupActed = { ok: true; group: Group } | { ok: false; why: NoticeRefusal }

/**
 * A group after what a person did about it; the very same group when that changes nothing. Whoever does something has
 * seen it, so repeats count anew. Pure.
 */
export function withAct(group: Group, act: NoticeAct, by: Person, now: number): GroupActed {
  const done = (next: Group): GroupActed => ({ ok: true, group: next })
  const over = stateOf(group) === 'resolved'
  switch (act.do) {
    case 'acknowledge':
      if (group.acknowledged) return { ok: false, why: 'already-acknowledged' }
      if (over) return { ok: false, why: 'closed' }
      return done(seen({ ...without(group, 'snoozed'), acknowledged: { by, at: now } }))
    case 'unacknowledge':
      return done(without(group, 'acknowledged'))
    case 'snooze':
      if (over) return { ok: false, why: 'closed' }
      if (act.until <= now) return { ok: false, why: 'past' }
      if (act.until > now + longestSnooze) return { ok: false, why: 'too-long' }
      return done(seen({ ...group, snoozed: { by, until: act.until } }))
    case 'wake':
      return done(without(group, 'snoozed'))
    case 'take':
      if (over) return { ok: false, why: 'closed' }
      if (group.assignee?.id === by.id) return done(group)
      // Whoever takes care of it knows of it.
      return done(seen({ ...group, assignee: by, acknowledged: group.acknowledged ?? { by, at: now } }))
    case 'release':
      return done(without(group, 'assignee'))
  }
}

function without(group: Group, part: 'acknowledged' | 'snoozed' | 'assignee'): Group {
  if (group[part] === undefined) return group
  const { [part]: _, ...rest } = group
  return rest
}

const seen = (group: Group): Group => (group.told ? { ...group, told: { ...group.told, repeats: 0 } } : group)
