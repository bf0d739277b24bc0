import type { Logger } from 'pino'
import type { Desk } from '../cases/desk.ts'
import type { Config } from '../config.ts'
import type { Hub } from '../meta/hub.ts'
import type { Rosters } from '../meta/roster.ts'
import type { Database, Orm } from '../store/db.ts'
import { movedRooms } from '../store/moved-rooms.ts'
import type { Queue } from '../store/queue.ts'
import type { Clock } from '../time.ts'
import { openAuditor } from './auditor.ts'
import type { DeadLetters } from './carried.ts'
import { openClerk } from './clerk.ts'
import { deskOfNotices } from './desk-of-notices.ts'
import { type WebhookDoor, webhookDoor } from './door.ts'
import { openInbox } from './inbox.ts'
import { isFor } from './isolation.ts'
import { loadMutes } from './mute-rows.ts'
import type { Notices } from './notices.ts'
import { openOwners } from './owners.ts'
import { openPoller } from './poller.ts'
import { targetsOf } from './routes.ts'
import { routingOf } from './routing.ts'
import { subscriptionsOf } from './subscription-rows.ts'
import { openDeadLetters } from './undelivered.ts'

export interface Notify {
  /** Where the platforms' webhooks come in. */
  door: WebhookDoor
  /** What people do about notices. */
  notices: Notices
  /** What did not get through, and what people do about it. */
  deadLetters: DeadLetters
  /** Called after each commit that leaves something to deliver. */
  onChange(listener: () => void): void
  start(): void
  /** Takes nothing new and finishes what it is at. */
  stop(): Promise<void>
}

export interface NotifyOptions {
  db: Database
  config: Config
  desk: Pick<Desk, 'heard'>
  hubs: Readonly<Record<string, Hub>>
  rosters: Rosters
  queue: Queue
  clock: Clock
  log: Logger
}

/** From a webhook to what the rooms ought to be told: door, inbox, clerk and what people want of it. */
export function openNotify({ db, config, desk, hubs, rosters, queue, clock, log }: NotifyOptions): Notify {
  const { now } = clock
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const inbox = openInbox({ db, now, log })
  const clerk = openClerk({
    db,
    desk,
    owners: openOwners({ db, rosters, config: config.desk, now, log }),
    async wishes(tx: Orm, at) {
      const mutes = await loadMutes(db, at, tx)
      const routing = routingOf(config.desk, await subscriptionsOf(db, tx), await movedRooms(db, tx))
      return { mutes, targetsOf: (notice) => targetsOf(notice, routing), isFor: (row) => isFor(row, routing) }
    },
    changed,
    clock,
    log,
  })
  const poller = openPoller({ db, hubs, rosters, config: config.desk, inbox, clock, log })
  const notices = deskOfNotices({
    db,
    now,
    onChange() {
      clerk.wake()
      changed()
    },
  })
  const auditor = openAuditor({ db, clock, log, heartbeat: config.env.HEARTBEAT_URL })
  inbox.onArrival(clerk.wake)
  return {
    door: webhookDoor({ env: config.env, inbox, log }),
    notices,
    deadLetters: openDeadLetters({ db, queue, clock, late: auditor.late }),
    onChange: (listener) => void listeners.add(listener),
    start() {
      inbox.start()
      clerk.start()
      poller.start()
      auditor.start()
    },
    async stop() {
      await auditor.stop()
      await poller.stop()
      await inbox.close()
      await clerk.stop()
    },
  }
}
