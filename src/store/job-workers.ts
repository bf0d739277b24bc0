import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { AnyJob } from './queue.ts'

/** Seconds. Work that nobody announced is found by polling: retries that came due, and what other replicas sent. */
const POLL = 2
const POLL_BY_THE_OTHERS = 60

interface Worker {
  id: string
  busy: boolean
}

/**
 * The workers of one job, up to its concurrency. `wake` calls one idle worker; one that finds a job calls the next, and
 * one that has finished looks again before it rests. So a job starts at once and an idle queue costs one query a poll.
 */
export async function startWorkers(boss: PgBoss, job: AnyJob, log: Logger | undefined): Promise<{ wake(): void }> {
  const workers: Worker[] = []
  const wake = () => {
    const idle = workers.find((worker) => !worker.busy)
    if (idle) boss.notifyWorker(idle.id)
  }
  const workOff = async (worker: Worker, taken: JobWithMetadata<unknown>): Promise<JobResult> => {
    worker.busy = true
    wake()
    const result = await attempt(job, taken, log)
    worker.busy = false
    boss.notifyWorker(worker.id)
    return result
  }
  for (let index = 0; index < (job.concurrency ?? 1); index++) {
    const worker: Worker = { id: '', busy: false }
    const pollingIntervalSeconds = index === 0 ? POLL : POLL_BY_THE_OTHERS
    const options = { includeMetadata: true, perJobResults: true, pollingIntervalSeconds } as const
    worker.id = await boss.work(job.name, options, (taken) => Promise.all(taken.map((each) => workOff(worker, each))))
    workers.push(worker)
  }
  return { wake }
}

/** Runs a job once. Data that does not fit the schema never will: it goes to the dead letters without a retry. */
async function attempt(job: AnyJob, taken: JobWithMetadata<unknown>, log: Logger | undefined): Promise<JobResult> {
  const { id, signal, retryCount, retryLimit } = taken
  const data = job.schema.safeParse(taken.data)
  if (!data.success) {
    log?.error({ job: job.name, id, err: data.error }, 'a job carries data it cannot use')
    return { id, status: 'deadletter', output: { message: `Unusable data: ${data.error.message}` } }
  }
  try {
    await job.work(data.data, { id, attempt: retryCount + 1, signal })
    return { id, status: 'completed' }
  } catch (error) {
    const last = retryCount >= retryLimit
    log?.[last ? 'error' : 'warn'](
      { job: job.name, id, attempt: retryCount + 1, err: error },
      last ? 'a job has failed for good' : 'a job has failed and will be tried again',
    )
    return { id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } }
  }
}
