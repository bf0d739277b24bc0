import { rounds } from '../../rounds.ts'
import { freeBefore } from '../lease.ts'
import { type RoomsAtWork, roomsAtWork } from '../rooms-at-work.ts'
import { roomMended } from './broken-rooms.ts'
import { type DeliverOptions, delivering } from './deliver.ts'
import { type Guard, guardStep, guards } from './held-back.ts'
import { type Candidate, candidates, recallPace } from './notice-outbox.ts'
import type { Send } from './pace.ts'
import { nextStops, type Stop } from './turns.ts'

/** How often the carrier looks for work that nobody told it about, in ms of real time. */
const lookEvery = 1000

export interface CarrierOptions extends Omit<DeliverOptions, 'cutoff'> {
  /** Shared with whoever else writes to rooms. */
  atWork?: RoomsAtWork
}

/** Brings notices to the rooms. */
export interface Carrier {
  start(): Promise<void>
  /** Something was committed that is to be told. */
  wake(): void
  /** Finishes what it holds in its hands. */
  stop(): Promise<void>
}

/**
 * Tells every room what the database wants to be told there: at the pace of its platform, critical notices first, then
 * the oldest. A message is drawn as its group is when it is sent, so what happens in the meantime is one edit. Within a
 * room things go one after the other; rooms do not wait for each other. Like the courier's cards, what one process
 * leaves behind the next one takes up, looking first whether it was said.
 */
export function openCarrier(options: CarrierOptions): Carrier {
  const { db, clock, pace, log, atWork = roomsAtWork() } = options
  const carrying = new Set<Promise<void>>()
  let turn: NodeJS.Timeout | undefined
  const unlisten: (() => void)[] = []

  const cutoff = freeBefore(db)
  const deliver = delivering({ ...options, cutoff })

  const look = async (): Promise<void> => {
    const now = clock.now()
    const held = atWork.busy()
    const stops = [
      ...(await guards(db, now, held)).flatMap((guard) => guardStops(guard, now)),
      ...(await candidates(db, now, cutoff(), held)).map(stopOf),
    ]
    const { ready, wakeAt } = nextStops(stops.filter(isFree), pace, clock.now())
    for (const { stop, answered } of ready) serve(stop, answered)
    rest(wakeAt)
  }
  const looking = rounds({
    every: lookEvery,
    work: look,
    failed: (error) => log.error({ err: error }, 'the carrier could not look for work'),
  })

  /** Looks again when the first room may be written to again; the clock may jump before. */
  const rest = (wakeAt: number | undefined) => {
    clearTimeout(turn)
    if (wakeAt !== undefined && looking.going()) turn = setTimeout(looking.wake, Math.max(wakeAt - clock.now(), 1))
  }

  /** Somebody else may have begun there in the meantime. */
  const isFree = ({ send }: Stop) => !atWork.has(roomKey(send))

  const serve = ({ send, visit }: Stop, answered: () => void) => {
    const key = roomKey(send)
    const work = async () => {
      await visit(answered).catch((error: unknown) => log.error({ err: error, room: key }, 'the carrier stumbled'))
    }
    const carried = atWork.work(key, work).finally(() => carrying.delete(carried))
    carrying.add(carried)
  }

  const stopOf = (candidate: Candidate): Stop => {
    const { surface, room, posts, severity, due_at, id } = candidate
    return {
      send: { surface, room, edit: !posts },
      rank: { summary: false, severity, dueAt: due_at.getTime(), id },
      async visit(answered) {
        const through = await (candidate.what === 'root' ? deliver.root : deliver.message)(id, answered)
        if (through && candidate.suspect) await roomMended(db, through)
      },
    }
  }

  const guardStops = (guard: Guard, now: number): Stop[] => {
    const step = guardStep(guard, now)
    if (!step) return []
    const { surface, room } = guard
    return [
      {
        send: { surface, room, edit: step !== 'announce' },
        rank: { summary: true, severity: 'critical', dueAt: 0, id: 0 },
        visit: (answered) => deliver.summary(guard, answered),
      },
    ]
  }

  return {
    async start() {
      await recallPace(db, pace, clock.now())
      unlisten.push(clock.onJump(looking.wake), atWork.onFree(looking.wake))
      looking.start()
    },
    wake: looking.wake,
    async stop() {
      for (const each of unlisten) each()
      await looking.stop()
      clearTimeout(turn)
      await Promise.all(carrying)
    },
  }
}

const roomKey = ({ surface, room }: Pick<Send, 'surface' | 'room'>) => `${surface}:${room}`
