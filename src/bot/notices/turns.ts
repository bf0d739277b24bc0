import { type Severity, severities } from '../../notify/notice.ts'
import type { Pace, Send } from './pace.ts'

/** One thing that could be done in a room now. */
export interface Stop {
  send: Send
  rank: { summary: boolean; severity: Severity; dueAt: number; id: number }
  /** Does it; calls `answered` when the platform has. */
  visit(answered: () => void): Promise<unknown>
}

/**
 * What to do now, one thing a room: what says how much waits, then critical before warnings before the rest, new messages
 * before edits, the oldest first; as much of it as the pace allows. `wakeAt`: when the pace allows more, ms since the
 * epoch.
 */
export function nextStops(stops: readonly Stop[], pace: Pick<Pace, 'freeAt' | 'sending'>, now: number) {
  const ready: { stop: Stop; answered: () => void }[] = []
  const served = new Set<string>()
  let wakeAt: number | undefined
  for (const stop of stops.toSorted(first)) {
    const key = `${stop.send.surface}:${stop.send.room}`
    if (served.has(key)) continue
    const at = pace.freeAt(stop.send)
    if (at > now) wakeAt = Math.min(wakeAt ?? at, at)
    else {
      served.add(key)
      // Counted at once, for what comes next shares the surface with it.
      ready.push({ stop, answered: pace.sending(stop.send) })
    }
  }
  return { ready, wakeAt }
}

function first(a: Stop, b: Stop): number {
  return (
    Number(b.rank.summary) - Number(a.rank.summary) ||
    severities.indexOf(b.rank.severity) - severities.indexOf(a.rank.severity) ||
    Number(a.send.edit) - Number(b.send.edit) ||
    a.rank.dueAt - b.rank.dueAt ||
    a.rank.id - b.rank.id
  )
}
