import { randomBytes } from 'node:crypto'
import type { Ground } from '../ground.ts'
import type { Deliver } from './deliver.ts'
import type { Json } from './json.ts'
import { bot, team } from './people.ts'
import type { EventRow, Tables } from './tables.ts'

/** Events on their way to the app: kept until it has acknowledged them, or every try has failed. */
export interface EventQueue {
  /** Tells the app about that event. */
  add(event: Json & { type: string }): void
  /** Events that are not acknowledged yet. */
  waiting(): number
  close(): void
}

export interface EventQueueOptions {
  deliver: Deliver
  /** Real milliseconds to wait before each further try. */
  retryMs: readonly number[]
}

export function eventQueue(
  ground: Ground,
  { events: table }: Tables,
  { deliver, retryMs }: EventQueueOptions,
): EventQueue {
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  const later = (ms: number, id: string) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      void attempt(id)
    }, ms)
    timers.add(timer)
  }

  const attempt = async (id: string) => {
    const row = table.get(id)
    if (!row || closed) return
    const retry = row.failures ? { num: row.failures, reason: row.reason ?? 'unknown_error' } : undefined
    const taken = await deliver.event(row.body, retry)
    if (closed) return
    const wait = retryMs[row.failures]
    if (taken.ok || taken.noRetry || wait === undefined) return table.delete(id)
    table.set(id, { ...row, failures: row.failures + 1, reason: taken.reason })
    later(wait, id)
  }

  for (const row of table.values()) {
    // The app may be starting together with the sandbox, so an event found in the journal gets all its tries again.
    const resumed: EventRow = { ...row, failures: 1, reason: row.reason ?? 'connection_failed' }
    table.set(row.body.event_id, resumed)
    later(retryMs[0] ?? 0, row.body.event_id)
  }

  return {
    add(event) {
      const body = envelope(event, ground.clock.now())
      table.set(body.event_id, { body, failures: 0 })
      void attempt(body.event_id)
    },
    waiting: () => table.values().length,
    close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function envelope(event: Json, now: number) {
  const event_id = `Ev0${randomBytes(5).toString('hex').toUpperCase()}`
  return {
    token: 'sandbox',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.app,
    event,
    type: 'event_callback',
    event_id,
    event_time: Math.floor(now / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: bot.user, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${event_id}`,
  }
}
