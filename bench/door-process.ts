import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Came, Load } from './door-load.ts'
import type { Place } from './stores.ts'

/** One of the servers of bench/door-server.ts, running. */
export interface DoorServer {
  /** Sends it posts from another thread. */
  load(how: Omit<Load, 'port' | 'to'>): Promise<Came & { rate: number }>
  /** Changes in its inbox, once all it took is sorted. */
  rows(): Promise<number>
  /** Time of the processor that it took until all was sorted, in ms; the database's where that is inside. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

export async function startDoor(
  what: 'door' | 'one-by-one' | 'bare' | 'bolt',
  place?: Pick<Place, 'folder' | 'url'>,
): Promise<DoorServer> {
  const where = place ? ['--folder', place.folder, ...(place.url ? ['--url', place.url] : [])] : []
  const child = fork(new URL('door-server.ts', import.meta.url), ['--what', what, ...where])
  const { port } = await told(child)
  const ask = () => {
    child.send('how are you')
    return told(child)
  }
  return {
    async load(how) {
      const workerData: Load = { ...how, port: port ?? 0, to: what === 'bolt' ? 'slack' : 'meta' }
      const worker = new Worker(new URL('door-load.ts', import.meta.url), { workerData })
      const [came] = (await once(worker, 'message')) as [Came]
      await worker.terminate()
      if (came.refused) throw new Error(`${what} refused ${came.refused} posts`)
      return { ...came, rate: came.times.length / came.seconds }
    },
    rows: async () => (await ask()).rows ?? 0,
    cpu: async () => (await ask()).cpu ?? 0,
    async stop() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

async function told(child: ChildProcess): Promise<{ port?: number; rows?: number; cpu?: number }> {
  const heard = new AbortController()
  const gone = once(child, 'exit', heard).then(([code]) => Promise.reject(new Error(`the server ended with ${code}`)))
  try {
    const [message] = await Promise.race([once(child, 'message', heard), gone])
    return message
  } finally {
    heard.abort()
    gone.catch(() => undefined)
  }
}
