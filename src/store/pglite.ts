import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { DurableFolder } from './durable-folder.ts'

/**
 * PGlite's own defaults switch fsync off and reserve 128 MB of buffers. These keep every committed transaction and
 * little memory: `wal_sync_method` must be fsync, because PGlite turns fdatasync (PostgreSQL's default) into nothing.
 * With DurableFolder below it, a commit survives kill -9 and a power cut, as far as the disk keeps its word.
 */
const settings = {
  search_path: 'public',
  fsync: 'on',
  wal_sync_method: 'fsync',
  full_page_writes: 'on',
  shared_buffers: '8MB',
  wal_buffers: '512kB',
  // Log files of a burst are used again, for making one takes 50 ms.
  max_wal_size: '128MB',
  min_wal_size: '128MB',
  max_connections: '5',
  work_mem: '4MB',
  maintenance_work_mem: '16MB',
  jit: 'off',
  plan_cache_mode: 'force_generic_plan', // a prepared statement is planned once: inside WASM that costs more than running it
  exit_on_error: 'false',
  log_checkpoints: 'false',
  io_method: 'sync',
  max_worker_processes: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
}

// --single, -O and -j are how PGlite runs PostgreSQL inside the process.
const startParams = [
  '--single',
  '-O',
  '-j',
  ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
]

/**
 * Keeps V8 from compiling PGlite a second time, for speed: that takes 600 MB for a moment, which a small container does
 * not have, and 70 MB for good. Single rows are as fast without, long scans take half as long again.
 */
function compileOnce(): void {
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}

/** Opens the PostgreSQL inside this thread, in `${folder}/pg`, or in memory for `:memory:`. The caller holds the folder's lock. */
export async function openPglite(folder: string): Promise<PGlite> {
  compileOnce()
  if (folder === ':memory:') return PGlite.create({ startParams })
  const data = join(folder, 'pg')
  // Stands there while the database is created: a start that is interrupted leaves nothing that looks whole.
  const making = join(folder, 'pg.making')
  const fresh = existsSync(making) || !existsSync(data)
  if (!fresh) return PGlite.create(inFolder(data))
  await writeFile(making, '')
  await rm(data, { recursive: true, force: true })
  const pglite = await PGlite.create(inFolder(data))
  await pglite.exec('checkpoint')
  await rm(making)
  return pglite
}

function inFolder(data: string): PGliteOptions {
  return { fs: new DurableFolder(data), startParams }
}
