import { execFileSync } from 'node:child_process'
import { startDeskProcess } from '../test/kit/desk-process.ts'
import type { Place } from './stores.ts'

/** A Portdesk in a process of its own, as in production. */
export interface Running {
  /** From the start of the process to its word that it is ready, in ms. */
  readyMs: number
  /** Memory that the process holds now, in MB. */
  memory(): number
  stop(): Promise<void>
}

export async function startPortdesk(place: Place, env: Record<string, string>): Promise<Running> {
  const began = performance.now()
  const desk = await startDeskProcess({ DATA_DIR: place.folder, ...(place.url && { DATABASE_URL: place.url }), ...env })
  return {
    readyMs: performance.now() - began,
    memory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(desk.pid)])) / 1024,
    stop: () => desk.kill('SIGTERM'),
  }
}
