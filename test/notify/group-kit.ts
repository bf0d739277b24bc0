import { decide } from '../../src/notify/decide.ts'
import { emptyGroup, joined } from '../../src/notify/fold-group.ts'
import type { FollowUp, Group } from '../../src/notify/group.ts'
import type { Notice } from '../../src/notify/notice.ts'
import type { Telling } from '../../src/notify/target.ts'

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour
/** A Tuesday at noon, UTC. */
export const noon = Date.parse('2026-11-24T12:00:00Z')

export const telling = (more: Partial<Telling> = {}): Telling => ({
  wait: 5 * second,
  interval: 5 * minute,
  repeats: 3,
  ...more,
})

export function notice(more: Partial<Notice> = {}): Notice {
  return {
    id: '1.0',
    kind: 'quality-low',
    severity: 'warning',
    subject: { type: 'phone', id: '493023125301' },
    audience: ['desk', 'partner'],
    topic: 'quality',
    mood: 'problem',
    params: {},
    at: noon,
    about: { phones: ['493023125301'], channels: [], wabas: [] },
    ...more,
  }
}

/** One room that hears of one group: what it is told, and when. */
export function room(how: Telling) {
  let group: Group = emptyGroup(noon)
  let opened = false
  let closed = false
  let lookAt: number | undefined
  const told: [number, 'root' | FollowUp][] = []
  const look = (now: number) => {
    const decision = decide(group, how, opened, now)
    group = decision.group
    if (decision.open) told.push([(now - noon) / second, 'root'])
    if (decision.say) told.push([(now - noon) / second, decision.say])
    opened ||= decision.open === true
    closed = decision.close === true
    lookAt = decision.lookAt
  }
  /** Lets the clock look whenever it wants to, until then. */
  const until = (now: number) => {
    for (let looks = 0; lookAt !== undefined && lookAt <= now && !closed; looks += 1) {
      if (looks > 1000) throw new Error('the clock never rests')
      look(lookAt)
    }
  }
  return {
    told,
    group: () => group,
    closed: () => closed,
    until,
    hears(now: number, what: Partial<Notice> = {}) {
      until(now)
      const said = notice({ at: now, ...what })
      const { group: next, joined: result } = joined(group, said, { severity: said.severity, now })
      group = next
      look(now)
      return result
    },
    acts(now: number, change: (group: Group) => Group) {
      until(now)
      group = change(group)
      look(now)
    },
  }
}
