import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { StoreProblem } from './problem.ts'

const Holder = z.object({ pid: z.int(), since: z.iso.datetime() })

export interface FolderLock {
  release(): Promise<void>
}

/**
 * Makes this process the only Portdesk in a folder, until `release` or until the process is gone, however it went.
 *
 * The lock is the operating system's own record lock on `portdesk.lock`, taken through the SQLite that comes with
 * Node: the one way to such a lock without a native module. The kernel gives it to exactly one process and frees it
 * on kill -9, so nothing is ever stale, and it holds between containers that share a volume, where process ids mean
 * nothing. `portdesk.pid` beside it is only there to tell people who holds the lock.
 *
 * @throws StoreProblem `folder-in-use`, naming the folder and the process that holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const where = resolve(folder)
  await mkdir(where, { recursive: true })
  const lock = take(join(where, 'portdesk.lock'))
  const note = join(where, 'portdesk.pid')
  if (!lock) throw await inUse(where, note)
  await writeFile(note, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }))
  return {
    async release() {
      if (!lock.isOpen) return
      await rm(note, { force: true })
      lock.close()
    },
  }
}

function take(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    // Nothing is ever written, so no journal either: a killed process leaves no litter.
    database.exec('pragma journal_mode = memory; begin exclusive')
    return database
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined
    throw error
  }
}

const SQLITE_BUSY = 5

async function inUse(folder: string, note: string): Promise<StoreProblem> {
  const holder = await readHolder(note)
  const who = holder ? `process ${holder.pid}, since ${holder.since}` : 'another process'
  return new StoreProblem(
    'folder-in-use',
    `Portdesk is already running in ${folder} (${who}). Stop it first, or set DATA_DIR to another folder. ` +
      'To run several replicas, set DATABASE_URL to a PostgreSQL server.',
  )
}

async function readHolder(note: string) {
  // The winner writes its note just after it won; a loser that comes at the same instant waits for it a moment.
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = await readFile(note, 'utf8').catch(() => '')
    if (text.endsWith('}')) return Holder.safeParse(JSON.parse(text)).data
    await pause(10)
  }
  return undefined
}
