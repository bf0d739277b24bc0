import type { DeskConfig } from '../config.ts'
import { advance } from '../flows/engine/advance.ts'
import type { By, NewEvent } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import { plan } from '../flows/engine/plan.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { Database } from '../store/db.ts'
import type { Queue } from '../store/queue.ts'
import { announce } from './announce.ts'
import type { CaseRow, Change, Ledger } from './ledger.ts'
import { keptSeats, seatsOf } from './seats.ts'

/** A look-up that was asked for is asked for again when nothing came of it for so long, in ms. */
const lookUpLease = 60_000

export interface WriterOptions {
  db: Database
  ledger: Ledger
  queue: Queue
  config: DeskConfig
  now: () => number
  /** Called after a commit. */
  committed: (id: number) => void
}

/** Writes events and the effects they cause in one transaction. */
export interface Writer {
  open(flow: Flow, events: readonly NewEvent[], by: By, key?: string): Promise<number>
  /** False when somebody else wrote first: read again and decide again. */
  add(row: CaseRow, flow: Flow, events: readonly NewEvent[], by: By, key?: string): Promise<boolean>
  /** Has the platforms asked, without an event; the answer will be one. */
  lookUp(row: CaseRow): Promise<void>
  /** Sets the time at which the case is looked at again, from its plan. */
  reschedule(row: CaseRow, flow: Flow): Promise<void>
}

export function openWriter({ db, ledger, queue, config, now, committed }: WriterOptions): Writer {
  const changeOf = (flow: Flow, from: CaseState | undefined, fresh: readonly NewEvent[], by: By, key?: string) => {
    const at = now()
    const { state, events } = advance(flow, from, fresh, by, at)
    const before = from && plan(flow, from, at)
    const after = plan(flow, state, at)
    const seats = seatsOf(config, state, after)
    const asks = after.lookUp !== undefined && after.lookUp.at <= at
    const actions = events.flatMap((event) => (event.type === 'action-started' ? [event.data.step] : []))
    const change: Change = {
      state,
      events,
      key,
      wakeAt: asks ? at + lookUpLease : after.wakeAt,
      seats,
      kept: keptSeats(config, state, after),
      announcements: announce(events, before, after, seats),
    }
    return { change, asks, actions }
  }

  return {
    async open(flow, events, by, key) {
      const { change } = changeOf(flow, undefined, events, by, key)
      const id = await ledger.create(change)
      committed(id)
      return id
    },

    async add(row, flow, events, by, key) {
      const { change, asks, actions } = changeOf(flow, row.state, events, by, key)
      const written =
        asks || actions.length
          ? await db.transaction(async (tx) => {
              if (!(await ledger.append(row.id, row.state.seq, change, tx))) return false
              if (asks) await queue.send(tx, 'look-up', { case: row.id }, { key: String(row.id) })
              for (const step of actions) await queue.send(tx, 'action', { case: row.id, step })
              return true
            })
          : await ledger.append(row.id, row.state.seq, change)
      if (!written) return false
      if (asks) queue.wake('look-up')
      if (actions.length) queue.wake('action')
      committed(row.id)
      return true
    },

    async lookUp(row) {
      await db.transaction(async (tx) => {
        await queue.send(tx, 'look-up', { case: row.id }, { key: String(row.id) })
        await ledger.postpone(row.id, row.state.seq, now() + lookUpLease, tx)
      })
      queue.wake('look-up')
    },

    reschedule: (row, flow) => ledger.postpone(row.id, row.state.seq, plan(flow, row.state, now()).wakeAt),
  }
}
