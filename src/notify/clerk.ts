import type { Logger } from 'pino'
import type { Desk } from '../cases/desk.ts'
import type { Concerned, Heard } from '../cases/heard.ts'
import { rounds } from '../rounds.ts'
import type { Database, Orm } from '../store/db.ts'
import type { Clock } from '../time.ts'
import { inContext } from './context.ts'
import { abandoned, enter, openBook, reviewed } from './filing.ts'
import { type Incoming, lockWaiting, markHandled, waitingRows } from './inbox-rows.ts'
import { type Standing, standingAfter } from './inhibit.ts'
import type { Notice, Reading, Told } from './notice.ts'
import { forgetOld, loadStanding, lockDue, lockOpen, save, saveStanding } from './notice-store.ts'
import type { Mute } from './notices.ts'
import { type Owner, type Owners, ofItsNumber, ownerKeys } from './owners.ts'
import { read } from './read.ts'
import type { Target } from './target.ts'

/** Inbox rows at a time. */
const batch = 200
/** How often old notices are forgotten, ms of real time. */
const sweepEvery = 3_600_000
/** How often the clerk looks at the clock by itself, ms of real time. */
const lookEvery = 1000
/** So often in a row one row may fail, and how far apart. Desk time, ms. */
const mostFailures = 5
const failurePause = 1000
/** Longest wait for the Hub to tell whose a subject is; after that the desk alone is told. Desk time, ms. */
const ownerPatience = 10 * 60_000
const ownerPause = 5000
/** So much may a platform's clock be ahead of ours, ms. */
const clocksDiffer = 3_600_000

export interface ClerkOptions {
  db: Database
  owners: Owners
  desk: Pick<Desk, 'heard'>
  /** What people want to hear of: mutes, and where a notice goes by the routes and subscriptions of now. */
  wishes: (tx: Orm, now: number) => Promise<Wishes>
  /** Told after each commit that leaves something to deliver. */
  changed: () => void
  clock: Clock
  log: Logger
}

interface Wishes {
  mutes: readonly Mute[]
  targetsOf(notice: Notice): Target[]
  /** Whether those who read the room of an open message are still those whom it is for. */
  isFor(row: Pick<Target, 'to' | 'side' | 'partner'>): boolean
}

export interface Clerk {
  start(): void
  /** There is something new. */
  wake(): void
  /** Finishes what it is at. */
  stop(): Promise<void>
}

/** An inbox row and what it says. */
interface Item {
  row: Incoming
  readings: readonly Reading[] | 'unreadable'
}

/**
 * Turns what lies in the inbox into notices: reads it, finds whose it is, has the cases look, and puts it into the groups
 * of the rooms that want it, all in one transaction a batch. Several clerks may work at once; what one has locked the
 * others pass over.
 */
export function openClerk(options: ClerkOptions): Clerk {
  const { db, desk, owners, clock, log, changed } = options
  const failures = new Map<number, number>()
  /** Rows that the cases have heard of, with the cases that they concern. */
  const heard = new Map<number, Concerned[]>()
  /** Rows that cannot be handled now, and when to look at them again (desk time): the others need not wait for them. */
  const aside = new Map<number, number>()
  let sweeper: NodeJS.Timeout | undefined
  let unlisten = () => {}

  /** The oldest rows that are not set aside. */
  const waiting = () => {
    const now = clock.now()
    for (const [id, until] of aside) if (until <= now) aside.delete(id)
    return waitingRows(db, [...aside.keys()], batch)
  }

  /** Those whose owner is known, or need not be waited for. */
  const owned = async (items: readonly Item[]) => {
    const keysOf = ({ readings }: Item) => (readings === 'unreadable' ? [] : readings.flatMap(namesIn))
    const keys = [...new Set(items.flatMap(keysOf))]
    let known = await owners.known(keys)
    const strange = ({ readings }: Item) =>
      readings !== 'unreadable' && readings.some((reading) => ownerOf(reading, known) === undefined)
    if (!items.some(strange)) return { known, ready: items }
    const completeAt = await owners.refresh()
    known = await owners.known(keys)
    const patient = ({ row }: Item) => clock.now() - row.received_at.getTime() < ownerPatience
    return {
      known,
      ready: items.filter((item) => !strange(item) || completeAt >= item.row.received_at.getTime() || !patient(item)),
    }
  }

  /** The cases concerned look at once, whoever's they are; a row that waits for its owner is not heard twice. */
  const hear = async (items: readonly Item[]): Promise<void> => {
    const fresh = items.filter(({ row }) => !heard.has(row.id))
    const news = fresh.flatMap(({ row, readings }) =>
      readings === 'unreadable' ? [] : readings.map((reading, n) => heardOf(row, n, reading)),
    )
    const concerned = news.length ? await desk.heard(news) : []
    for (const { row } of fresh) heard.set(row.id, concerned)
  }

  const handle = async (rows: readonly Incoming[]): Promise<number> => {
    const items = rows.map((row) => ({ row, readings: readRow(row) }))
    await hear(items)
    const { known, ready } = await owned(items)
    for (const item of items) if (!ready.includes(item)) aside.set(item.row.id, clock.now() + ownerPause)
    if (ready.length === 0) return 0
    const pending = ready.map(({ row, readings }) => ({
      row,
      notices:
        readings === 'unreadable'
          ? readings
          : readings.map((reading, n) => noticeOf(row, n, reading, known, heard.get(row.id) ?? [])),
    }))
    const done = await db.transaction((tx) => file(tx, pending))
    for (const { row } of ready) heard.delete(row.id)
    if (done) changed()
    return done
  }

  /** Puts notices into groups. Answers how many rows this clerk has handled. */
  const file = async (tx: Orm, items: readonly { row: Incoming; notices: readonly Notice[] | 'unreadable' }[]) => {
    const now = clock.now()
    const mine = new Set(
      await lockWaiting(
        db,
        tx,
        items.map(({ row }) => row.id),
      ),
    )
    const own = items.filter(({ row }) => mine.has(row.id))
    const all = own.flatMap(({ notices }) => (notices === 'unreadable' ? [] : notices))
    const { mutes, targetsOf } = await options.wishes(tx, now)
    const before = await loadStanding(db, tx, all, now)
    const routed = new Map(all.map((notice) => [notice.id, targetsOf(notice)] as const))
    const book = openBook(await lockOpen(db, tx, [...routed.values()].flat()), now)
    let standing: Standing[] = before
    const outcomes = own.map(({ row, notices }) => {
      if (notices === 'unreadable') return { id: row.id, outcome: notices }
      const said = notices.map((notice) => {
        const outcome = enter(book, notice, routed.get(notice.id) ?? [], { mutes, standing, now })
        standing = standingAfter(standing, notice)
        return outcome
      })
      return { id: row.id, outcome: said.find((each) => each === 'told') ?? said[0] ?? 'ignored' }
    })
    await save(db, tx, book.drafts(), now)
    await saveStanding(
      db,
      tx,
      standing.filter((each) => !before.includes(each)),
    )
    await markHandled(db, tx, outcomes, now)
    return own.length
  }

  /**
   * A row that cannot be handled must not keep the others waiting. What failed once may have met another clerk or a
   * database that was away; what fails again and again is put aside, and the log says so.
   */
  const oneByOne = async (rows: readonly Incoming[]): Promise<number> => {
    let done = 0
    for (const row of rows) {
      try {
        done += await handle([row])
        failures.delete(row.id)
      } catch (error) {
        const count = (failures.get(row.id) ?? 0) + 1
        failures.set(row.id, count)
        aside.set(row.id, clock.now() + failurePause)
        log.error({ err: error, inbox: row.id, count }, 'something in the inbox could not be handled')
        if (count >= mostFailures) {
          await db.transaction((tx) => markHandled(db, tx, [{ id: row.id, outcome: 'failed' }], clock.now()))
          failures.delete(row.id)
          heard.delete(row.id)
        }
      }
    }
    return done
  }

  const lookAtDue = async (): Promise<number> => {
    const due = await db.transaction(async (tx) => {
      const now = clock.now()
      const rows = await lockDue(db, tx, now, batch)
      if (rows.length === 0) return 0
      const { mutes, isFor } = await options.wishes(tx, now)
      await save(
        db,
        tx,
        rows.map((row) => (isFor(row) ? reviewed(row, now, mutes) : abandoned(row))),
        now,
      )
      return rows.length
    })
    if (due) changed()
    return due
  }

  const round = async () => {
    while (looking.going()) {
      const rows = await waiting()
      const before = aside.size
      let done = 0
      if (rows.length) {
        done = await handle(rows).catch((error) => {
          log.warn({ err: error, rows: rows.length }, 'a batch of the inbox failed; its rows are handled one by one')
          return oneByOne(rows)
        })
      }
      const due = await lookAtDue()
      if (done === 0 && aside.size === before && due < batch) return
    }
  }

  const sweep = () =>
    forgetOld(db, clock.now()).catch((error) => log.warn({ err: error }, 'old notices could not be forgotten'))

  const looking = rounds({
    every: lookEvery,
    work: round,
    failed: (error) => log.error({ err: error }, 'the inbox could not be read'),
  })

  return {
    start() {
      sweeper = setInterval(sweep, sweepEvery).unref()
      unlisten = clock.onJump(looking.wake)
      looking.start()
    },
    wake: looking.wake,
    async stop() {
      clearInterval(sweeper)
      unlisten()
      await looking.stop()
    },
  }
}

function readRow({ source, body, received_at }: Incoming): Item['readings'] {
  try {
    return read({ ...JSON.parse(body), source } as Told).map((reading) => possible(reading, received_at.getTime()))
  } catch {
    return 'unreadable'
  }
}

/** A time that has not come yet is none: everything that is told later would count as older, for ever. */
function possible({ at, ...reading }: Reading, receivedAt: number): Reading {
  return at === undefined || at > receivedAt + clocksDiffer ? reading : { ...reading, at }
}

/** What the cases concerned do with it: what completes a step or is no mere news is written down there. */
function heardOf(
  row: Incoming,
  n: number,
  { about, kind, severity, params, at, audience, completes, digest }: Reading,
): Heard {
  const matters = completes !== undefined || (severity !== 'info' && !digest)
  const happened = at ?? row.received_at.getTime()
  const note = { key: `noted:${row.id}.${n}`, kind, severity, params, happened, shared: audience.includes('partner') }
  return { about, ...(completes && { completes }), ...(matters && { note }) }
}

/** Everybody whose room it may be told in. */
const namesIn = (reading: Reading): string[] => [...ownerKeys(reading), destinationKey(reading)]

const destinationKey = ({ destinationHub = '' }: Reading): string => `partner:${destinationHub}`

function ownerOf(reading: Reading, known: ReadonlyMap<string, Owner>): Owner | undefined {
  const key = ownerKeys(reading).find((each) => known.has(each))
  return key === undefined ? undefined : known.get(key)
}

function noticeOf(
  row: Incoming,
  n: number,
  reading: Reading,
  known: ReadonlyMap<string, Owner>,
  contexts: readonly Concerned[],
): Notice {
  const { phone: _, partnerName: __, ...owner } = ownerOf(reading, known) ?? {}
  const destination = known.get(destinationKey(reading))
  // A client that has moved belongs to its new partner already: the one it left is to hear of it, too.
  const left = destination && known.get(`partner:${reading.hub?.partner}`)
  const sharing = known.get(`partner:${reading.params.partner}`)
  const notice: Notice = {
    ...ofItsNumber(reading, known),
    id: `${row.id}.${n}`,
    at: reading.at ?? row.received_at.getTime(),
    source: row.source,
    ...owner,
    ...(left && { partner: left.partner }),
    ...(destination && { destination: destination.partner }),
    ...(sharing?.partnerName && { sharedWith: { partner: sharing.partner, name: sharing.partnerName } }),
  }
  return inContext(notice, contexts)
}
