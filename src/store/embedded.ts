import { once } from 'node:events'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { MessageChannel, Worker } from 'node:worker_threads'
import pg from 'pg'
import { lockFolder } from './folder-lock.ts'
import { PortSocket } from './port-socket.ts'
import { StoreProblem } from './problem.ts'

export interface Embedded {
  /** Of one connection: PGlite has no more. */
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * Starts the database of a folder in a thread of its own, so that the desk goes on while the disk or a long statement takes its
 * time, and takes the folder's lock. The same driver as for a server speaks to it, through a port instead of a socket.
 * @throws StoreProblem `folder-in-use`, `database-unreadable`
 */
export async function openEmbedded(folder: string): Promise<Embedded> {
  const lock = folder === ':memory:' ? undefined : await lockFolder(folder)
  try {
    const thread = await startThread(folder)
    // Does not keep the process; a connection that is at work does.
    thread.unref()
    // Nothing works without it, and a new process replays its log.
    thread.once('exit', stopped)
    const stream = () => {
      const { port1, port2 } = new MessageChannel()
      thread.postMessage(port2, [port2])
      // The part of a socket that pg uses.
      return new PortSocket(port1) as Duplex as Socket
    }
    const pool = new pg.Pool({ max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true, stream })
    const close = async () => {
      await pool.end()
      thread.off('exit', stopped)
      thread.ref()
      const gone = once(thread, 'exit')
      thread.postMessage(undefined)
      await gone
      await lock?.release()
    }
    return { pool, close }
  } catch (error) {
    await lock?.release()
    throw error
  }
}

function stopped(): never {
  throw new Error('The embedded database has stopped. Start Portdesk again: what was committed is there.')
}

async function startThread(folder: string): Promise<Worker> {
  const thread = new Worker(new URL('./pglite-thread.ts', import.meta.url), { workerData: folder, execArgv: [] })
  try {
    await once(thread, 'message')
    return thread
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StoreProblem(
      'database-unreadable',
      `The database in ${join(folder, 'pg')} cannot be opened: ${reason}. Nothing was changed. Put back a backup of that folder, or move it away to start empty.`,
      { cause },
    )
  }
}
