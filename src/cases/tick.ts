import type { Logger } from 'pino'
import { advance } from '../flows/engine/advance.ts'
import { system } from '../flows/engine/events.ts'
import { plan } from '../flows/engine/plan.ts'
import type { Flow } from '../flows/engine/types.ts'
import { rounds } from '../rounds.ts'
import type { Clock } from '../time.ts'
import type { CaseRow, Ledger } from './ledger.ts'
import type { Writer } from './writer.ts'

/** How often the desk looks for cases whose time has come, in ms of real time. */
const tickEvery = 1000
const batch = 200

export interface Ticker {
  /** Does what is due in a case that was just opened. */
  wake(row: CaseRow): Promise<void>
  start(): void
  stop(): Promise<void>
}

/**
 * Looks for cases whose `wake_at` has come, each second and when the clock jumped. Several desks on one database may do
 * so at once: what is due is an event, and an event is written once.
 */
export function openTicker(options: {
  ledger: Ledger
  writer: Writer
  flows: readonly Flow[]
  flowOf: (row: CaseRow) => Flow
  clock: Clock
  log: Logger
}): Ticker {
  const { ledger, writer, flows, flowOf, clock, log } = options
  let unlisten = () => {}
  let takingOver: Promise<void> | undefined

  /** Does what is due in one case: reminders, limits, look-ups. */
  const wake = async (row: CaseRow, lookUp: Writer['lookUp']): Promise<void> => {
    const flow = flowOf(row)
    const current = plan(flow, row.state, clock.now())
    // Another version of the flow may have steps that open, or end the case, without anything being due.
    if (advance(flow, row.state, current.due, system, clock.now()).events.length) {
      if (await writer.add(row, flow, current.due, system)) return
      const fresh = await ledger.load(row.id)
      return fresh && wake(fresh, lookUp)
    }
    if (current.lookUp && current.lookUp.at <= clock.now()) return lookUp(row)
    return writer.reschedule(row, flow)
  }

  const round = async () => {
    for (;;) {
      const ids = await ledger.due(clock.now(), batch)
      for (const id of ids) {
        const row = await ledger.load(id)
        if (row && looking.going())
          await wake(row, writer.lookUpDue).catch((error) =>
            log.error({ err: error, case: id }, 'a case could not be woken'),
          )
      }
      if (ids.length < batch || !looking.going()) return
    }
  }

  /** Cases of another version of their flow are looked at once, and go on with this one. */
  const takeOver = async () => {
    for (const { id, version } of flows) await ledger.wakeOthers(id, version, clock.now())
  }

  const looking = rounds({
    every: tickEvery,
    work: round,
    failed: (error) => log.error({ err: error }, 'the tick failed'),
  })

  return {
    wake: (row) => wake(row, writer.lookUp),
    start() {
      unlisten = clock.onJump(looking.wake)
      takingOver = takeOver()
        .catch((error) => log.error({ err: error }, 'older cases could not be woken'))
        .then(looking.start)
    },
    async stop() {
      unlisten()
      await looking.stop()
      await takingOver
    },
  }
}
