import type { Logger } from 'pino'
import type { Database } from '../store/db.ts'
import type { Change } from './split.ts'

export interface Inbox {
  /**
   * Keeps what a platform told. Resolves once it is committed, also when it was already there.
   * @throws InboxFull, or why it could not be committed; then nothing of it is promised and it may be given again.
   */
  take(changes: readonly Change[]): Promise<void>
  /** Called after each commit, from which on there may be something new. */
  onArrival(listener: () => void): void
  /** Forgets what was handled and came in more than eight days ago. Happens by itself once an hour. */
  sweep(): Promise<void>
  /** Commits what waits. */
  close(): Promise<void>
}

export interface InboxOptions {
  db: Pick<Database, 'kind' | 'run'>
  /** The desk's time, ms since the epoch. */
  now: () => number
  log: Logger
  /** Changes that may wait for their commit; above that nothing more is taken. */
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
/** Rows that are deleted at once: while the embedded database works, nobody is answered. */
const sweptAtOnce = 2_000
/** Changes in one statement, at most; for the same reason. */
const committedAtOnce = 1_000
/** On PGlite the process stands still meanwhile; a server can work on one flush while it is told of the next. */
const flushesAtOnce = { pglite: 1, postgres: 2 }

/**
 * Columns come as lines of text, for arrays would have to be quoted and read quote by quote. How many rows were new is not
 * asked: on PGlite that costs a sixth of the whole.
 */
const insert = `
  insert into inbox (key, source, body, received_at)
  select key, source, body, $4::timestamptz
  from unnest(string_to_array($1, e'\\n'), string_to_array($2, e'\\n'), string_to_array($3, e'\\n')) as told (key, source, body)
  on conflict (key) do nothing`

const forgetHandled = `
  with swept as (
    delete from inbox where id in (
      select id from inbox where received_at < $1::timestamptz and handled_at is not null order by received_at limit $2::int
    )
    returning 1
  )
  select count(*)::int as swept from swept`

/** Commits changes, each of one line, in one statement; those that are there already stay as they are. */
export async function insertChanges(
  db: Pick<Database, 'run'>,
  changes: readonly Change[],
  receivedAt: number,
): Promise<void> {
  const column = (name: keyof Change) => changes.map((change) => change[name]).join('\n')
  await db.run(insert, [column('key'), column('source'), column('body'), new Date(receivedAt)])
}

/** What is committed together, in one statement. */
interface Batch {
  changes: Change[]
  done: Promise<void>
  settle: { resolve: () => void; reject: (error: unknown) => void }
}

/**
 * The rows in which everything that platforms tell lies until it is handled (table `inbox`). Posts that arrive together
 * are committed together: while one flush is under way, the next posts gather; nobody waits for a timer. The same change
 * twice is one row. A change that is on its way to the database is not sent there twice, so that two flushes never wait
 * for each other's rows.
 */
export function openInbox({ db, now, log, room = 50_000 }: InboxOptions): Inbox {
  const waiting: Batch[] = []
  const listeners: (() => void)[] = []
  const onTheirWay = new Map<string, Batch>()
  let running = 0
  let planned = false

  const flush = async ({ changes, settle }: Batch) => {
    running += 1
    const committed = await insertChanges(db, changes, now()).then(
      () => true,
      (error: unknown) => {
        log.error({ err: error, changes: changes.length }, 'what platforms told could not be committed')
        settle.reject(error)
        return false
      },
    )
    settle.resolve()
    running -= 1
    for (const { key } of changes) onTheirWay.delete(key)
    if (waiting.length) plan()
    if (committed) for (const listener of listeners) listener()
  }
  const flushes = () => {
    planned = false
    while (running < flushesAtOnce[db.kind]) {
      const batch = waiting.shift()
      if (!batch) return
      void flush(batch)
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
    if (last && last.changes.length < committedAtOnce) return last
    const { promise, ...settle } = Promise.withResolvers<void>()
    // A post that was spoilt in the middle awaits nothing any more.
    promise.catch(() => undefined)
    const batch = { changes: [], done: promise, settle }
    waiting.push(batch)
    plan()
    return batch
  }

  const sweep = async () => {
    const before = new Date(now() - keptFor)
    const sweepSome = async () => Number((await db.run(forgetHandled, [before, sweptAtOnce]))[0]?.swept)
    while ((await sweepSome()) === sweptAtOnce);
  }
  const timer = setInterval(() => {
    sweep().catch((error) => log.warn({ err: error }, 'the inbox could not be swept'))
  }, sweepEvery).unref()

  return {
    async take(changes) {
      if (onTheirWay.size >= room) throw new InboxFull()
      const commits: Promise<void>[] = []
      let before: Batch | undefined
      for (const change of changes) {
        if (change.key.includes('\n') || change.body.includes('\n')) throw new TypeError('a change is one line of JSON')
        let batch = onTheirWay.get(change.key)
        if (!batch) {
          batch = batchWithRoom()
          batch.changes.push(change)
          onTheirWay.set(change.key, batch)
        }
        if (batch !== before) commits.push(batch.done)
        before = batch
      }
      await Promise.all(commits)
    },
    onArrival: (listener) => void listeners.push(listener),
    sweep,
    async close() {
      clearInterval(timer)
      await Promise.allSettled(Array.from(new Set(onTheirWay.values()), ({ done }) => done))
    },
  }
}
