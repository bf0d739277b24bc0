import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface DeskProcess {
  pid: number
  /** Everything it printed so far. */
  output(): string
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Starts Portdesk as a process of its own and resolves when it says that it is ready. */
export async function startDeskProcess(environment: Record<string, string>): Promise<DeskProcess> {
  const child = spawn(process.execPath, ['src/cli.ts', 'start'], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString()
      if (/Portdesk is ready/.test(printed)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`Portdesk ended with ${code}:\n${printed}`)))
  })
  await ready
  return { pid: child.pid ?? 0, output: () => printed, kill: (signal) => end(child, signal) }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}
