import { randomBytes } from 'node:crypto'
import { SlackError } from './errors.ts'
import { messageLimits } from './limits.ts'
import { team } from './people.ts'

interface Trigger {
  user: string
  /** The modal in which it was pulled. */
  view?: string
  /** Real time, milliseconds. */
  made: number
  used: boolean
}

/** Triggers live three real seconds and open one view, so they are kept in memory only. */
export interface Triggers {
  make(user: string, view?: string): string
  /** @throws SlackError `invalid_trigger_id`, `expired_trigger_id` or `exchanged_trigger_id`. */
  spend(id: string): { user: string; view?: string }
}

/** `now` is real time in milliseconds. */
export function viewTriggers({ now = Date.now }: { now?: () => number } = {}): Triggers {
  const triggers = new Map<string, Trigger>()
  return {
    make(user, view) {
      const id = `${now()}.${team.id.slice(1)}.${randomBytes(16).toString('hex')}`
      triggers.set(id, { user, made: now(), used: false, ...(view && { view }) })
      const oldest = triggers.keys().next().value
      if (triggers.size > 1000 && oldest) triggers.delete(oldest)
      return id
    },
    spend(id) {
      const trigger = triggers.get(id)
      // After a restart of the sandbox every trigger is unknown; those that it made itself are simply too old.
      if (!trigger)
        throw new SlackError(/^\d+\.0SANDBOX\.[0-9a-f]{32}$/.test(id) ? 'expired_trigger_id' : 'invalid_trigger_id')
      if (trigger.used) throw new SlackError('exchanged_trigger_id')
      if (now() - trigger.made > messageLimits.triggerMs) throw new SlackError('expired_trigger_id')
      trigger.used = true
      return trigger
    },
  }
}
