import { randomUUID } from 'node:crypto'
import type { Ground } from '../ground.ts'

/** Something that happens by itself at a time of the sandbox's clock. */
interface PlanRow {
  id: string
  due: number
  act: string
  /** The id of what it happens to. */
  subject: string
}

export type Acts = Record<string, (subject: string) => void>

export interface Agenda {
  /** Plans `act` for the subject at that sandbox time; it outlives a restart. */
  at(due: number, act: string, subject: string): void
  /** Plans it that many milliseconds from now. */
  in(ms: number, act: string, subject: string): void
}

/** Longest sleep of the timer: also keeps it below what `setTimeout` can count. */
const longestMs = 3_600_000

/** What the outside world does by itself, in the order of its times: at once after a jump of the clock, else when due. */
export function agenda(ground: Ground, acts: () => Acts): Agenda {
  const rows = ground.journal.table<PlanRow>('world.agenda')
  const next = () => rows.values().sort((a, b) => a.due - b.due)[0]
  let timer: NodeJS.Timeout | undefined
  const arm = () => {
    clearTimeout(timer)
    const row = next()
    if (!row) return
    timer = setTimeout(settle, Math.min(Math.max(row.due - ground.clock.now(), 1), longestMs))
    timer.unref()
  }
  function settle() {
    for (let row = next(); row && row.due <= ground.clock.now(); row = next()) {
      rows.delete(row.id)
      acts()[row.act]?.(row.subject)
      ground.changed()
    }
    arm()
  }
  const at = (due: number, act: string, subject: string) => {
    const id = randomUUID()
    rows.set(id, { id, due, act, subject })
    arm()
  }
  ground.clock.onJump(settle)
  arm()
  return { at, in: (ms, act, subject) => at(ground.clock.now() + ms, act, subject) }
}
