import type { Logger } from 'pino'
import type { DeskConfig } from '../config.ts'
import type { Act, Refusal } from '../flows/engine/act.ts'
import { decide } from '../flows/engine/decide.ts'
import { destinationIn } from '../flows/engine/destination.ts'
import type { By, CaseEvent, NewEvent } from '../flows/engine/events.ts'
import { fold } from '../flows/engine/fold.ts'
import { allows } from '../flows/engine/rights.ts'
import type { Flow } from '../flows/engine/types.ts'
import { viewOf } from '../flows/engine/view.ts'
import type { Finder } from '../meta/find.ts'
import type { LookUp } from '../meta/look-up.ts'
import type { Rosters } from '../meta/roster.ts'
import type { Database } from '../store/db.ts'
import type { AnyJob, Queue } from '../store/queue.ts'
import type { Clock } from '../time.ts'
import { type AnyCall, actionJob } from './action-job.ts'
import { type Actor, homeOf } from './actor.ts'
import { type CaseView, viewCase } from './case-view.ts'
import { enabledBy } from './enabled.ts'
import { type Exported, exportClients } from './export.ts'
import { type Concerned, type Heard, hear } from './heard.ts'
import { AlreadyActed, type CaseRow, openLedger } from './ledger.ts'
import { lookUpJob } from './look-up-job.ts'
import { type Listed, listNumbers } from './partner-list.ts'
import type { Seat } from './seats.ts'
import { byOf, isFor, roleIn, type Side } from './side.ts'
import { dataFor, seesEvent } from './sight.ts'
import { lookUpStatus, type StatusFound } from './status.ts'
import { openTicker } from './tick.ts'
import type { Whisper } from './whisper.ts'
import { openWriter } from './writer.ts'

/** What came of an act. */
export type Acted = { ok: true; case: CaseView } | { ok: false; why: Refusal }

/** The desk: the only door to the cases. Every call is authorized from who the actor is. */
export interface Desk {
  flows: readonly Flow[]
  /** Opens a case with its first answers. The same `key` opens it once. */
  open(actor: Actor, flow: string, answers: Record<string, unknown>, key: string): Promise<Acted>
  act(actor: Actor, id: number, act: Act, key?: string): Promise<Acted>
  view(actor: Actor, id: number): Promise<CaseView | undefined>
  /** The cases that this person may see, newest first; with `own`, those that it opened itself. */
  list(actor: Actor, filter?: { open?: boolean; own?: boolean; limit?: number }): Promise<CaseView[]>
  /** What happened, as far as this person may see it. */
  history(actor: Actor, id: number): Promise<CaseEvent[]>
  /** The case as one side sees it, for its card in a room. */
  viewFor(side: Side, id: number): Promise<CaseView | undefined>
  caseOfMessage(surface: Seat['surface'], room: string, message: string): Promise<number | undefined>
  /** Looks a number up, as far as this person may see it. */
  status(actor: Actor, text: string): Promise<StatusFound>
  /** The numbers of a partner, a page at a time; for the desk, without a partner, all partners. */
  numbers(actor: Actor, which: { partner?: string | undefined; page?: number }): Promise<Listed>
  /** The clients of a partner as a file; the text may name the partner (desk only) and a part of the client's name. */
  export(actor: Actor, text: string): Promise<Exported>
  /** The platforms told something: the open cases it is about ask them, and remember it. Answers which cases those are. */
  heard(news: readonly Heard[]): Promise<Concerned[]>
  /** Resolves when no look-up stands between this case and its next question, or after `ms`. */
  settled(id: number, ms: number): Promise<void>
  /** Called after each commit. Returns the way to stop listening. */
  onChange(listener: (id: number) => void): () => void
  jobs: AnyJob[]
  start(): void
  stop(): Promise<void>
}

export interface DeskOptions {
  db: Database
  queue: Queue
  config: DeskConfig
  flows: readonly Flow[]
  finder: Finder
  lookUp: LookUp
  rosters: Rosters
  /** How to make the calls that actions name. */
  actions?: Record<string, AnyCall>
  /** How to say something to one person alone. */
  whisper?: Whisper
  clock: Clock
  log: Logger
}

/** How often an act is decided again after somebody else wrote first; each loss means that another act went through. */
const mostTries = 200

export function openDesk(options: DeskOptions): Desk {
  const { db, queue, config, flows, clock, log, actions = {} } = options
  const ledger = openLedger(db)
  const listeners = new Set<(id: number) => void>()
  const committed = (id: number) => {
    for (const listener of listeners) listener(id)
  }
  const writer = openWriter({ db, ledger, queue, config, now: clock.now, committed })
  const flowOf = (row: CaseRow) => {
    const flow = flows.find(({ id }) => id === row.state.flow)
    if (!flow) throw new Error(`Case ${row.id} runs the flow ${row.state.flow}, which is not in the catalogue`)
    return flow
  }
  const ticker = openTicker({ ledger, writer, flows, flowOf, clock, log })
  const enabled = enabledBy(config)
  const paymentOf = (partner: string | undefined) => config.partners.find(({ id }) => id === partner)?.payment

  const roleOf = (actor: Actor, row: CaseRow) => {
    const { partner } = row.state
    const destination = destinationIn(flowOf(row), row.state)
    return roleIn(actor, {
      ...(partner !== undefined && { partner }),
      ...(destination !== undefined && { destination }),
    })
  }
  const shown = (actor: Actor, row: CaseRow | undefined) => {
    const role = row && roleOf(actor, row)
    return row && role ? { row, role, view: viewCase(flowOf(row), row, role, clock.now()) } : undefined
  }
  const seen = async (actor: Actor, id: number) => shown(actor, await ledger.load(id))
  const notFound = (id: number): Acted => ({ ok: false, why: { code: 'not-found', params: { case: id } } })

  return {
    flows,

    async open(actor, flowId, answers, key) {
      const flow = flows.find(({ id }) => id === flowId)
      if (!flow || !allows(flow.startedBy, actor.role)) {
        return { ok: false, why: { code: 'not-your-role', params: { roles: flow?.startedBy.join(' ') ?? '' } } }
      }
      const by = byOf(actor, actor.role)
      const payment = paymentOf(actor.partner)
      const events: NewEvent[] = [
        {
          type: 'opened',
          data: {
            flow: flow.id,
            version: flow.version,
            origin: { surface: actor.surface, room: homeOf(actor) },
            ...(actor.partner === undefined
              ? { partners: config.partners.map(({ id }) => id) }
              : { partner: actor.partner }),
            ...(payment && { payment }),
            ...(enabled.length && { enabled }),
          },
        },
      ]
      const first = firstAnswers(flow, events, by, answers, clock.now())
      if (!first.ok) return first
      try {
        const id = await writer.open(flow, [...events, ...first.events], by, key)
        const row = await ledger.load(id)
        if (row) await ticker.wake(row)
        return { ok: true, case: await view(id) }
      } catch (error) {
        if (!(error instanceof AlreadyActed)) throw error
        return {
          ok: false,
          why: { code: 'already-decided', params: { outcome: 'opened', by: actor.name, at: clock.now() } },
        }
      }

      async function view(id: number) {
        const found = await seen(actor, id)
        if (!found) throw new Error(`Case ${id} is gone right after it was opened`)
        return found.view
      }
    },

    async act(actor, id, act, key) {
      for (let tries = mostTries; tries > 0; tries -= 1) {
        const found = await seen(actor, id)
        if (!found) return notFound(id)
        const { row, role, view } = found
        const by = byOf(actor, role)
        const verdict = decide(view.flow, row.state, by, act, clock.now())
        if (!verdict.ok) return verdict
        if (verdict.lookUp) await writer.lookUp(row, { seen: true })
        if (verdict.events.length === 0) return { ok: true, case: view }
        const written = await writer.add(row, view.flow, verdict.events, by, key).catch((error) => {
          if (error instanceof AlreadyActed) return ledger.load(id)
          throw error
        })
        if (!written) continue
        const after = shown(actor, written)
        return after ? { ok: true, case: after.view } : notFound(id)
      }
      throw new Error(`Case ${id} is too busy to write to`)
    },

    view: async (actor, id) => (await seen(actor, id))?.view,

    async list(actor, { open = true, own = false, limit = 1000 } = {}) {
      const partner = actor.role === 'partner' ? (actor.partner ?? '') : undefined
      const rows = await ledger.list({ partner, open, limit, ...(own && { openedBy: actor.id }) })
      return rows.flatMap((row) => {
        const role = roleOf(actor, row)
        return role ? [viewCase(flowOf(row), row, role, clock.now())] : []
      })
    },

    async history(actor, id) {
      const found = await seen(actor, id)
      if (!found) return []
      const { flow, side } = found.view
      const whole = viewOf(flow, found.row.state, clock.now())
      const own = (await ledger.events(id)).filter((event) => isFor(side, event) && seesEvent(side, flow, whole, event))
      return own.map((event) => ({ ...event, data: dataFor(side, event) }) as CaseEvent)
    },

    async viewFor(side, id) {
      const row = await ledger.load(id)
      if (!row || (side === 'destination-partner' && destinationIn(flowOf(row), row.state) === undefined))
        return undefined
      return viewCase(flowOf(row), row, side === 'desk' ? 'support' : side, clock.now())
    },

    caseOfMessage: ledger.caseOfMessage,

    heard: (news) => hear({ ledger, writer, flowOf, now: clock.now }, news),

    status: (actor, text) => lookUpStatus({ ...options, ledger }, actor, text),

    numbers: (actor, which) => listNumbers({ ...options, ledger }, actor, which),

    export: (actor, text) => exportClients(options, actor, text),

    async settled(id, ms) {
      await new Promise<void>((resolve) => {
        const finish = () => {
          clearTimeout(timer)
          listeners.delete(look)
          resolve()
        }
        const look = (changed: number) => {
          if (changed !== id) return
          ledger
            .load(id)
            .then((row) => {
              const waiting = row && viewCase(flowOf(row), row, 'system', clock.now()).plan.questions
              if (!waiting?.some(({ status }) => status === 'waiting')) finish()
            })
            .catch(finish)
        }
        const timer = setTimeout(finish, ms)
        listeners.add(look)
        look(id)
      })
    },

    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    jobs: [
      lookUpJob({ ...options, ledger, writer, flowOf, paymentOf }),
      actionJob({ actions, whisper: options.whisper, ledger, writer, flowOf, clock, log }),
    ] as AnyJob[],
    start: () => ticker.start(),
    stop: () => ticker.stop(),
  }
}

/** The answers that came with the opening, judged one after the other like acts. */
function firstAnswers(flow: Flow, opening: NewEvent[], by: By, answers: Record<string, unknown>, now: number) {
  const events: NewEvent[] = []
  for (const [question, value] of Object.entries(answers)) {
    const stamped = [...opening, ...events].map(
      (event, index) => ({ ...event, seq: index + 1, at: now, by }) as CaseEvent,
    )
    const act: Act = value === '' ? { do: 'skip-question', question } : { do: 'answer', question, value }
    const verdict = decide(flow, fold(stamped), by, act, now)
    if (!verdict.ok) return verdict
    events.push(...verdict.events)
  }
  return { ok: true as const, events }
}
