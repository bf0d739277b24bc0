import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type ConnectionOptions, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Database, Orm } from './db.ts'
import { startWorkers } from './job-workers.ts'
import { runOn } from './run.ts'

/** Work to be done after a transaction has been committed, at least once. `work` must bear being repeated. */
export interface Job<T extends object> {
  name: string
  schema: z.ZodType<T>
  /** How often a failed attempt is repeated, with growing pauses, before the job goes to the dead letters. */
  retries: number
  /** Seconds before the first retry (1); it doubles up to ten minutes. */
  retryDelay?: number
  /** Jobs at a time in this process (1). */
  concurrency?: number
  /** `attempt` starts at 1. `signal` aborts when the job took longer than five minutes or the process is stopping. */
  work(data: T, job: { id: string; attempt: number; signal: AbortSignal }): Promise<void>
}

/** Any job, for those who only pass it on. */
export type AnyJob = Job<object>

interface DeadLetter {
  id: string
  /** The job's name. */
  name: string
  data: unknown
  error: string
  at: Date
}

export interface Queue {
  /**
   * Adds a job inside the caller's transaction; call `wake` after the commit. With a `key` at most one job of that name
   * and key waits: a second one is dropped, and the one that waits runs after this transaction has been committed.
   * A transaction that sends several keys sends them in sorted order, or two such may lock each other out.
   * @throws ZodError when the data does not fit the job's schema
   */
  send(tx: Orm, name: string, data: unknown, options?: { key?: string }): Promise<void>
  /** Jobs were committed: local workers look at once instead of at the next poll. Without a name all of them look. */
  wake(name?: string): void
  /** Creates the queues and starts the workers. */
  start(jobs: AnyJob[]): Promise<void>
  /** Jobs that failed for good, newest first, at most a hundred. */
  dead(): Promise<DeadLetter[]>
  /** Gives a dead letter another round of attempts. False when there is none with that id. */
  revive(id: string): Promise<boolean>
  /** Gives a dead letter up for good. False when there is none with that id. */
  drop(id: string): Promise<boolean>
  /** How many jobs wait and run, and how many are dead. */
  stats(): Promise<{ waiting: number; running: number; dead: number }>
  /** True while workers run and the database answers. */
  ready(): Promise<boolean>
  /** Lets running jobs finish, for ten seconds at most; what still runs then is tried again later. */
  stop(): Promise<void>
}

const DEAD = 'dead-letters'
const YEAR = 365 * 24 * 3600

/** In seconds. Jobs whose process died are noticed by their missing heartbeat. */
const limits = { expireInSeconds: 300, heartbeatSeconds: 30, retentionSeconds: YEAR, deleteAfterSeconds: 3600 }

export interface QueueOptions {
  db: Database
  log?: Logger | undefined
}

/** The queue on the same database as everything else, so that an event and its jobs are committed together or not at all. */
export function openQueue({ db, log }: QueueOptions): Queue {
  const boss = bossOn(db, log)
  const known = new Map<string, AnyJob>()
  const workers = new Map<string, { wake(): void }>()
  let running = false
  return {
    async send(tx, name, data, options = {}) {
      const job = known.get(name)
      if (!job) throw new Error(`There is no job named "${name}", or the queue has not been started`)
      await sendOn(boss, tx, name, job.schema.parse(data), options.key)
    },
    wake(name) {
      if (name === undefined) for (const each of workers.values()) each.wake()
      else workers.get(name)?.wake()
    },
    async start(jobs) {
      for (const job of jobs) known.set(job.name, job)
      await boss.start()
      await createQueues(boss, jobs)
      if (db.kind === 'pglite') await takeBack(boss, db)
      for (const job of jobs) workers.set(job.name, await startWorkers(boss, job, log))
      running = true
    },
    dead: () => deadLetters(db),
    async revive(id) {
      const revived = await boss.redrive(DEAD, { ids: [id] })
      if (revived > 0) for (const each of workers.values()) each.wake()
      return revived > 0
    },
    async drop(id) {
      const sql = `delete from pgboss.job where name = $1 and id::text = $2 and state = 'created' returning id`
      return (await db.run(sql, [DEAD, id])).length > 0
    },
    stats: () => stats(db),
    ready: async () =>
      running &&
      (await db.run('select 1').then(
        () => true,
        () => false,
      )),
    async stop() {
      if (!running) return
      running = false
      const finished = Promise.all([...workers.keys()].map((name) => boss.offWork(name, { wait: true })))
      await Promise.race([finished, pause(10_000, undefined, { ref: false })])
      await boss.stop({ graceful: false })
    },
  }
}

/** pg-boss on our own connections. Nothing here is urgent, because `wake` is: its rounds are kept few. */
function bossOn(db: Database, log: Logger | undefined): PgBoss {
  const onServer = db.kind === 'postgres'
  const boss = new PgBoss({
    db: { executeSql: db.execute },
    backend: db.kind,
    schedule: false,
    superviseIntervalSeconds: 20,
    monitorIntervalSeconds: 20,
    maintenanceIntervalSeconds: 600,
    queueCacheIntervalSeconds: 3600,
    flowIntervalSeconds: 3600,
    bamIntervalSeconds: 600,
    reindex: onServer,
    monitorVacuum: onServer,
  })
  boss.on('error', (error) => log?.error({ err: error }, 'the queue has a problem'))
  boss.on('warning', (warning) => log?.warn({ warning }, 'the queue warns'))
  return boss
}

async function createQueues(boss: PgBoss, jobs: AnyJob[]): Promise<void> {
  const existing = new Set((await boss.getQueues()).map((queue) => queue.name))
  if (!existing.has(DEAD)) await boss.createQueue(DEAD, { retentionSeconds: YEAR })
  for (const { name, retries, retryDelay = 1 } of jobs) {
    const settings = {
      ...limits,
      retryLimit: retries,
      retryDelay,
      retryBackoff: true,
      retryDelayMax: 600,
      deadLetter: DEAD,
    }
    if (existing.has(name)) await boss.updateQueue(name, settings)
    // `short`: at most one job waits under each key. Jobs without a key get one of their own.
    else await boss.createQueue(name, { ...settings, policy: 'short' })
  }
  // send() looks a queue up outside the caller's transaction when it does not know it, which would wait for ever on PGlite.
  for (const name of [DEAD, ...jobs.map((job) => job.name)]) await boss.findJobs(name, { id: randomUUID() })
}

/** Only this process uses the folder: what is marked as running was running when the last one was killed. */
async function takeBack(boss: PgBoss, db: Database): Promise<void> {
  const rows = await db.run(
    `select name, array_agg(id::text) as ids from pgboss.job where state = 'active' group by name`,
  )
  for (const { name, ids } of rows) {
    await boss.fail(String(name), ids as string[], { message: 'The process ended while the job was running' })
  }
}

async function sendOn(boss: PgBoss, tx: Orm, name: string, data: object, key = randomUUID() as string): Promise<void> {
  const inTransaction: ConnectionOptions['db'] = {
    executeSql: async (text, values) => ({ rows: await runOn(tx, text, values) }),
  }
  for (let attempt = 0; attempt < 10; attempt++) {
    const added = await boss.send(name, data, { singletonKey: key, db: inTransaction })
    if (added !== null || (await hold(tx, name, key))) return
  }
  throw new Error(`Job "${name}" with key "${key}" could neither be added nor found waiting`)
}

/**
 * The job that waits must not start before the caller commits, or it would not see what the caller wrote, and nobody
 * would look again. The lock makes workers pass it over until then. False when it has been started in the meantime.
 */
async function hold(tx: Orm, name: string, key: string): Promise<boolean> {
  const waiting = await runOn(
    tx,
    `select id from pgboss.job where name = $1 and singleton_key = $2 and state = 'created' for key share`,
    [name, key],
  )
  return waiting.length > 0
}

async function deadLetters(db: Database): Promise<DeadLetter[]> {
  const rows = await db.run(
    `select id::text, source_name, data, source_output ->> 'message' as error, created_on from pgboss.job
     where name = $1 and state = 'created' order by created_on desc limit 100`,
    [DEAD],
  )
  return rows.map((row) => ({
    id: String(row.id),
    name: String(row.source_name),
    data: row.data,
    error: typeof row.error === 'string' ? row.error : 'unknown',
    at: row.created_on instanceof Date ? row.created_on : new Date(String(row.created_on)),
  }))
}

async function stats(db: Database): Promise<{ waiting: number; running: number; dead: number }> {
  const [row] = await db.run(
    `select count(*) filter (where name <> $1 and state in ('created', 'retry')) as waiting,
            count(*) filter (where name <> $1 and state = 'active') as running,
            count(*) filter (where name = $1 and state = 'created') as dead
     from pgboss.job where state < 'completed'`,
    [DEAD],
  )
  return { waiting: Number(row?.waiting), running: Number(row?.running), dead: Number(row?.dead) }
}
