import type { Severity } from './notice.ts'
import type { RouteSettings } from './route-schema.ts'
import type { Telling } from './target.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/**
 * How notices are told where no route says otherwise, by severity: the digest rule (P) at the end of procedures.md 17. At
 * once leaves a burst a few seconds to become one message.
 */
const usual: Record<Severity, Pick<Telling, 'wait' | 'repeat' | 'remind'>> = {
  info: { wait: 15 * minute },
  warning: { wait: 5 * second },
  critical: { wait: 5 * second, repeat: 30 * minute, remind: 24 * hour },
}
const usualInterval = 15 * minute
const usualRepeats = 12
const usualDigest = { every: 'day', at: '09:00' } as const

/**
 * How a notice is told in a room with that time zone. `flagged`: it is worth a line in a digest only. What is critical
 * never waits for a digest. Pure.
 */
export function tellingOf(
  settings: RouteSettings,
  { severity, flagged, timeZone }: { severity: Severity; flagged: boolean; timeZone: string },
): Telling {
  const { wait, repeat, remind } = usual[severity]
  const { quiet } = settings
  const digest = settings.digest ?? (flagged ? usualDigest : false)
  const again = settings.repeat ?? repeat
  const back = settings.remind ?? remind
  return {
    wait: settings.wait ?? wait,
    interval: settings.interval ?? usualInterval,
    repeats: settings.repeats ?? usualRepeats,
    ...(again && { repeat: again }),
    ...(back && { remind: back }),
    ...(quiet && { quiet: { ...quiet, timeZone: quiet.timeZone ?? timeZone } }),
    ...(digest && severity !== 'critical' && { digest: { timeZone, ...defined(digest) } }),
  }
}

/** Without keys that are there but say nothing. */
function defined({ every, at, timeZone }: Exclude<RouteSettings['digest'], false | undefined>) {
  return { every, at, ...(timeZone !== undefined && { timeZone }) }
}
