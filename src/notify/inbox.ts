import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { rounds } from '../rounds.ts'
import type { Database } from '../store/db.ts'
import type { Change } from './split.ts'

export interface Inbox {
  /**
   * Keeps what a platform told. Resolves once it is committed, also when it was already there.
   * @throws InboxFull, TypeError for a change that is not one line, or why it could not be committed; then nothing of it
   * is promised and it may be given again.
   */
  take(changes: readonly Change[]): Promise<void>
  /** Called whenever there may be something new to handle. */
  onArrival(listener: () => void): void
  /** Sorts what was taken: one row a change. Happens by itself after each commit. */
  sort(): Promise<void>
  /**
   * Forgets what was handled and came in more than eight days ago; what could not be handled waits for a person. Happens by
   * itself once an hour.
   */
  sweep(): Promise<void>
  /** From now on what is to happen by itself does. */
  start(): void
  /** Commits what waits. */
  close(): Promise<void>
}

export interface InboxOptions {
  db: Pick<Database, 'kind' | 'run'>
  /** The desk's time, ms since the epoch. */
  now: () => number
  log: Logger
  /** Changes of usual length that may wait for their commit; above that nothing more is taken. */
  room?: number
}

/** More waits for the database than it can take. */
export class InboxFull extends Error {
  constructor() {
    super('too many changes wait for the database')
    this.name = 'InboxFull'
  }
}

/** Longer than any platform repeats a webhook (meta.md 5.1: 7 days), in ms. */
const keptFor = 8 * 24 * 3_600_000
const sweepEvery = 3_600_000
/** Rows that are deleted at once: while the embedded database is at that, no post is committed. */
const sweptAtOnce = 2_000
/** Changes of usual length in one statement, about. */
const committedAtOnce = 1_000
/** A longer change counts as several, for memory and statements have their limits: UTF-16 units. */
const usualLength = 4_096
/** Changes in one row of arrivals, and rows that are sorted at once; for the same reason. */
const sortedAtOnce = 32
/** No further row is sorted at once with so much, in bytes: about 32 changes. */
const sortedBytes = 16_384
/** In a burst sorting rests so many times as long as it worked: the machine is the door's, too. */
const restShare = 4
/** However many wait for their answer, sorting gets one part in so many of the time. */
const sortAtLeast = 8
/** A platform that told nothing for so long is not in the middle of a burst, ms of real time. */
const lull = 50
/** How often it is looked for what another process left behind, ms of real time. */
const lookEvery = 1000
/**
 * Rows of arrivals that leave so much space behind that PGlite, where nobody does it meanwhile, is told to clear it: 20 ms, or
 * in a burst, when it is put off, 0.1 s. Left to `keepTidy`, everybody would wait for half a second.
 */
const clearedFrom = 500
const clearedAtLatest = 4_000
/** PGlite takes one statement after the other; a server can work on one flush while it is told of the next. */
const flushesAtOnce = { pglite: 1, postgres: 2 }

/** A row of text for some changes costs about as much as a row for one: text is cheap, rows and their keys are not. */
const record = `
  insert into arrivals (changes, received_at)
  select changes, $2::timestamptz from unnest(string_to_array($1, e'\\n\\n')) as changes`

/**
 * Moves the oldest rows of arrivals into the inbox: as many as make one statement worth it and keep nobody waiting. Whoever
 * has the lock is the only one that sorts: two would wait for each other's keys. Losing this commit only means that it is done
 * again. How many changes were new is not asked: on PGlite that costs a sixth of the whole.
 */
const sortOldest = `
  with gate as materialized (
    select pg_try_advisory_xact_lock(hashtext('arrivals')) as open
  ), oldest as materialized (
    select id, coalesce(sum(octet_length(changes)) over (order by id rows between unbounded preceding and 1 preceding), 0) as before
    from (select id, changes from arrivals order by id limit ${sortedAtOnce}) as few
  ), taken as (
    delete from arrivals where id = any(array(select id from oldest, gate where open and before < ${sortedBytes}))
    returning changes, received_at
  ), kept as (
    insert into inbox (key, source, body, received_at)
    select change[1], change[2], change[3], received_at
    from taken, unnest(string_to_array(changes, e'\\n')) as line, string_to_array(line, e'\\t') as change
    on conflict (key) do nothing
  )
  select received_at, set_config('synchronous_commit', 'off', true) from taken`

const forgetHandled = `
  with swept as (
    delete from inbox where id in (
      select id from inbox where received_at < $1::timestamptz and handled_at is not null
        and (outcome in ('failed', 'unreadable')) is not true order by received_at limit $2::int
    )
    returning 1
  )
  select count(*)::int as swept from swept`

/** Commits changes, each of one line, in one statement. */
export async function recordChanges(
  db: Pick<Database, 'run'>,
  changes: readonly Change[],
  receivedAt: number,
): Promise<void> {
  await db.run(record, [rowsOf(changes), new Date(receivedAt)])
}

/** The changes as lines of text, with an empty line after as many as are sorted at once. */
function rowsOf(changes: readonly Change[]): string {
  let text = ''
  changes.forEach(({ key, source, body }, n) => {
    if (n > 0) text += n % sortedAtOnce === 0 ? '\n\n' : '\n'
    text += `${key}\t${source}\t${body}`
  })
  return text
}

/** Whether it can be a line of a row, with tabs between its parts: what `JSON.stringify` makes always can. */
const isOneLine = ({ key, body }: Change): boolean =>
  keyPattern.test(key) && !body.includes('\n') && !body.includes('\t')

/** What PostgreSQL takes for a text, and for a key of an index. */
const keyPattern = /^[^\n\t\0]{1,500}$/

const sizeOf = (changes: readonly Change[]): number =>
  changes.reduce((size, { body }) => size + 1 + Math.floor(body.length / usualLength), 0)

/** What is committed together, in one statement. */
interface Batch {
  changes: Change[]
  /** In changes of usual length. */
  size: number
  done: Promise<void>
  settle: { resolve: () => void; reject: (error: unknown) => void }
}

/**
 * The rows in which everything that platforms tell lies until it is handled. Posts that arrive together are committed
 * together, as they came (table `arrivals`): while one flush is under way, the next posts gather; nobody waits for a
 * timer. Right after, they are sorted, a few at a time so that the door stays quick, into one row a change (table `inbox`);
 * the same change twice is one row.
 */
export function openInbox({ db, now, log, room = 50_000 }: InboxOptions): Inbox {
  const waiting: Batch[] = []
  const running = new Set<Promise<void>>()
  const listeners: (() => void)[] = []
  /** What is not committed yet, in changes of usual length. */
  let held = 0
  /** Nothing has been taken since it was said that there is no room. */
  let full = false
  let planned = false
  let takenAt = Number.NEGATIVE_INFINITY
  /** Until then sorting rests. */
  let restUntil = Number.NEGATIVE_INFINITY
  /** From then on it is its turn, whoever waits. */
  let dueAt = Number.NEGATIVE_INFINITY
  /** Rows of arrivals whose space is not free yet. */
  let sorted = 0
  let sweeper: NodeJS.Timeout | undefined

  const flush = async ({ changes, size, settle }: Batch) => {
    try {
      await recordChanges(db, changes, now())
      settle.resolve()
    } catch (error) {
      log.error({ err: error, changes: changes.length }, 'what platforms told could not be committed')
      settle.reject(error)
    }
    held -= size
    if (held < room) full = false
  }
  const flushes = () => {
    planned = false
    while (running.size < flushesAtOnce[db.kind]) {
      const batch = waiting.shift()
      if (!batch) break
      const flushing = flush(batch).finally(() => {
        running.delete(flushing)
        if (waiting.length) plan()
        if (maySort()) sorting.wake()
      })
      running.add(flushing)
    }
  }
  /** In the next turn of the event loop: everything that arrived in this one is in the batch then. */
  const plan = () => {
    if (planned) return
    planned = true
    setImmediate(flushes)
  }
  const batchWithRoom = (): Batch => {
    const last = waiting.at(-1)
    if (last && last.size < committedAtOnce) return last
    const { promise, ...settle } = Promise.withResolvers<void>()
    const batch = { changes: [], size: 0, done: promise, settle }
    waiting.push(batch)
    plan()
    return batch
  }

  const refusal = (): InboxFull => {
    const error = new InboxFull()
    if (!full) log.error({ err: error, held }, 'nothing more is taken for now')
    full = true
    return error
  }

  /** Those who wait for their answer come first, but not for ever. */
  const maySort = () => held === 0 || performance.now() >= dueAt
  const inBurst = () => performance.now() - takenAt < lull
  /** Answers whether there was something to sort. */
  const sortSome = async (): Promise<boolean> => {
    const began = performance.now()
    const { length } = await db.run(sortOldest)
    sorted += length
    if (length) for (const listener of listeners) listener()
    if (db.kind === 'pglite' && sorted >= (inBurst() ? clearedAtLatest : clearedFrom)) {
      sorted = 0
      await db.run('vacuum arrivals')
    }
    const ended = performance.now()
    if (inBurst()) restUntil = ended + restShare * (ended - began)
    dueAt = ended + (sortAtLeast - 1) * (ended - began)
    return length > 0
  }
  const rest = () => {
    const left = restUntil - performance.now()
    return left > 0 ? pause(left) : new Promise(setImmediate)
  }
  const sortMeanwhile = async (): Promise<void> => {
    do await rest()
    while (maySort() && (await sortSome()))
  }
  const sorting = rounds({
    every: lookEvery,
    work: sortMeanwhile,
    failed: (error) => log.error({ err: error }, 'what platforms told could not be sorted'),
  })

  const sweep = async () => {
    const before = new Date(now() - keptFor)
    const sweepSome = async () => Number((await db.run(forgetHandled, [before, sweptAtOnce]))[0]?.swept)
    while ((await sweepSome()) === sweptAtOnce);
  }

  return {
    async take(changes) {
      if (changes.length === 0) return
      takenAt = performance.now()
      if (held >= room) throw refusal()
      if (!changes.every(isOneLine)) throw new TypeError('a change is one line of JSON')
      const batch = batchWithRoom()
      for (const change of changes) batch.changes.push(change)
      const size = sizeOf(changes)
      batch.size += size
      held += size
      await batch.done
    },
    onArrival: (listener) => void listeners.push(listener),
    async sort() {
      while (await sortSome());
    },
    sweep,
    start() {
      sweeper = setInterval(() => {
        sweep().catch((error) => log.warn({ err: error }, 'the inbox could not be swept'))
      }, sweepEvery).unref()
      sorting.start()
    },
    async close() {
      clearInterval(sweeper)
      while (waiting.length || running.size) {
        flushes()
        await Promise.all(running)
      }
      await sorting.stop()
    },
  }
}
