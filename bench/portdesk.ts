import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Place } from './stores.ts'

/** A Portdesk in a process of its own, as in production. */
export interface Running {
  /** From the start of the process to its word that it is ready, in ms. */
  readyMs: number
  /** Memory that the process holds now, in MB. */
  memory(): number
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>
}

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

/** Starts `portdesk start` on a place and waits until it is ready. @throws Error with what it said when it ends before. */
export async function startPortdesk(place: Place, env: Record<string, string>): Promise<Running> {
  const began = performance.now()
  const child = spawn(process.execPath, [cli, 'start'], {
    cwd: place.folder,
    env: {
      PATH: process.env.PATH,
      LOG_LEVEL: 'warn',
      DATA_DIR: place.folder,
      ...(place.url && { DATABASE_URL: place.url }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  await ready(child)
  return {
    readyMs: performance.now() - began,
    memory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      if (said.includes('Portdesk is ready')) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`Portdesk ended with code ${code}:\n${said}`)))
  })
}

/** A port that is free right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('No port is free')
  return address.port
}
