import { pino } from 'pino'
import { expect } from 'vitest'
import { z } from 'zod'
import type { ActionCall } from '../../src/cases/action-job.ts'
import type { Actor } from '../../src/cases/actor.ts'
import { type Acted, type Desk, type DeskOptions, openDesk } from '../../src/cases/desk.ts'
import type { Act, Refusal } from '../../src/flows/engine/act.ts'
import { type Duration, durationMs } from '../../src/flows/engine/duration.ts'
import type { CaseState } from '../../src/flows/engine/fold.ts'
import type { Flow } from '../../src/flows/engine/types.ts'
import { catalogue } from '../../src/flows/index.ts'
import type { Database } from '../../src/store/db.ts'
import { openQueue, type Queue } from '../../src/store/queue.ts'
import type { Clock } from '../../src/time.ts'
import { start } from '../flows/kit.ts'
import type { Databases } from '../kit/database.ts'
import { soon } from '../kit/soon.ts'
import { errand } from './errand.ts'
import { type Numbers, numbers } from './numbers.ts'
import { config } from './people.ts'

/** A clock that only the test moves. */
export interface HandClock extends Clock {
  move(by: Duration): void
}

export function handClock(): HandClock {
  const listeners = new Set<() => void>()
  let now = start
  return {
    now: () => now,
    onJump(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    move(by) {
      now += durationMs(by)
      for (const listener of listeners) listener()
    },
  }
}

/** A desk on a real database and queue, with platforms made of plain objects. */
export interface Office {
  db: Database
  queue: Queue
  desk: Desk
  clock: HandClock
  numbers: Numbers
  /** Another desk on the same database, as after a deploy or in another replica. */
  another(options?: { flows?: readonly Flow[]; queue?: Queue; actions?: Record<string, ActionCall> }): Desk
  /** Resolves when every job is done. */
  settle(): Promise<void>
  /** Opens an errand about Brightline's number, all questions answered. */
  errand(actor: Actor, number?: string): Promise<number>
  /** The types of a case's events, as the database has them. */
  types(id: number): Promise<string[]>
  /** The snapshot in `cases.state`. */
  snapshot(id: number): Promise<CaseState>
  jobs(name: string): Promise<number>
  close(): Promise<void>
}

export interface OfficeOptions {
  open: Databases['open']
  flows?: readonly Flow[]
  actions?: NonNullable<DeskOptions['actions']>
  whisper?: NonNullable<DeskOptions['whisper']>
}

/** Brightline's two numbers and Nordwind's one. */
export const phones = { bright: '4930123456', brightToo: '4930123457', nord: '4940222222' } as const

const log = pino({ level: 'silent' })

export async function openOffice({
  open,
  flows = [...catalogue, errand()],
  actions = {},
  whisper,
}: OfficeOptions): Promise<Office> {
  const { db, drop } = await open()
  const clock = handClock()
  const known = numbers()
  known.put(phones.bright, 'brightline', { channel: { name: 'Bright Lights' } })
  known.put(phones.brightToo, 'brightline', { channel: { name: 'Bright Lights' } })
  known.put(phones.nord, 'nordwind')
  const queue = openQueue({ db })
  const parts = { db, config, clock, log, finder: known.finder, lookUp: known.lookUp, rosters: known.rosters }
  const desk = openDesk({ ...parts, queue, flows, actions, ...(whisper && { whisper }) })
  await queue.start(desk.jobs)
  const all = [desk]
  const self: Office = {
    db,
    queue,
    desk,
    clock,
    numbers: known,
    another(options = {}) {
      const other = openDesk({ ...parts, queue, flows, actions, ...options })
      all.push(other)
      return other
    },
    async settle() {
      const idle = async () => {
        const { waiting, running } = await queue.stats()
        expect(waiting + running).toBe(0)
      }
      await soon(idle)
    },
    async errand(actor, number = phones.bright) {
      const id = idOf(await desk.open(actor, 'errand', { number, fragile: 'yes' }, `open:${number}:${Math.random()}`))
      await self.settle()
      return id
    },
    async types(id) {
      const rows = await db.run('select type from case_events where case_id = $1 order by seq', [id])
      return rows.map(({ type }) => String(type))
    },
    async snapshot(id) {
      const [row] = await db.run('select state from cases where id = $1', [id])
      return row?.state as CaseState
    },
    async jobs(name) {
      const [row] = await db.run('select count(*) as n from pgboss.job where name = $1', [name])
      return z.number().parse(row?.n)
    },
    async close() {
      for (const each of all) await each.stop()
      await queue.stop()
      await drop()
    },
  }
  return self
}

export function idOf(acted: Acted): number {
  if (!acted.ok) throw new Error(`Refused: ${JSON.stringify(acted.why)}`)
  return acted.case.id
}

export function whyOf(acted: Acted): Refusal {
  if (acted.ok) throw new Error('It was not refused')
  return acted.why
}

/** Acts that everybody tries on a case that is none of theirs. */
export const everyAct: readonly Act[] = [
  { do: 'answer', question: 'fragile', value: 'no' },
  { do: 'skip-question', question: 'fragile' },
  { do: 'tick', step: 'pack' },
  { do: 'untick', step: 'pack' },
  { do: 'skip', step: 'pack', reason: 'no' },
  { do: 'attest', step: 'pack' },
  { do: 'approve', step: 'release' },
  { do: 'decline', step: 'release', reason: 'no' },
  { do: 'start', step: 'ship' },
  { do: 're-check' },
  { do: 'take' },
  { do: 'say', text: 'hello', internal: false, from: { surface: 'telegram', room: '-100200300' } },
  { do: 'add-item', text: 'call the client' },
  { do: 'tick-item', item: 1 },
  { do: 'untick-item', item: 1 },
  { do: 'remove-item', item: 1 },
  { do: 'cancel' },
]
