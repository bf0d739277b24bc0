import type { DeskConfig } from '../config.ts'
import { advance } from '../flows/engine/advance.ts'
import type { By, NewEvent } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import { plan } from '../flows/engine/plan.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { About } from '../meta/webhooks.ts'
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
  /** Answers the case as it is now; `undefined` when somebody else wrote first: read again and decide again. */
  add(row: CaseRow, flow: Flow, events: readonly NewEvent[], by: By, key?: string): Promise<CaseRow | undefined>
  /** Has the platforms asked, without an event; the answer will be one. `seen`: a person asked, and sees the answer. */
  lookUp(row: CaseRow, how?: { seen: boolean }): Promise<void>
  /** The same for a case whose time has come, by one process only. */
  lookUpDue(row: CaseRow): Promise<void>
  /** Has the platforms asked for every open case that is about one of these. */
  news(about: About): Promise<void>
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
    const actions = events.flatMap((event) => (event.type === 'action-started' ? [event.data] : []))
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
              for (const action of actions) await queue.send(tx, 'action', { case: row.id, ...action })
              return true
            })
          : await ledger.append(row.id, row.state.seq, change)
      if (!written) return undefined
      if (asks) queue.wake('look-up')
      if (actions.length) queue.wake('action')
      committed(row.id)
      return { id: row.id, state: change.state }
    },

    async lookUp(row, { seen } = { seen: false }) {
      await db.transaction(async (tx) => {
        // The case before the job, as everywhere: the other way round two writers would wait for each other.
        await ledger.postpone(row.id, row.state.seq, now() + lookUpLease, tx)
        if (seen) await ledger.redraw(row.id, tx)
        await queue.send(tx, 'look-up', { case: row.id }, { key: String(row.id) })
      })
      queue.wake('look-up')
    },

    async news(about) {
      const ids = await ledger.casesAbout(about)
      if (ids.length === 0) return
      await db.transaction(async (tx) => {
        // In one order everywhere, so that two webhooks do not wait for each other.
        for (const key of ids.map(String).sort()) await queue.send(tx, 'look-up', { case: Number(key) }, { key })
      })
      queue.wake('look-up')
    },

    async lookUpDue(row) {
      await db.transaction(async (tx) => {
        if (!(await ledger.claim(row.id, now(), now() + lookUpLease, tx))) return
        await queue.send(tx, 'look-up', { case: row.id }, { key: String(row.id) })
      })
      queue.wake('look-up')
    },

    reschedule: (row, flow) => ledger.postpone(row.id, row.state.seq, plan(flow, row.state, now()).wakeAt),
  }
}
