import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { startPortdesk } from '../main.ts'
import { openDatabase } from '../store/db.ts'
import { type Clock, followClock, systemClock } from '../time.ts'
import { allocateYoung } from './allocate-young.ts'
import { releaseStartMemory } from './release-memory.ts'

/**
 * `portdesk start`: the desk with the credentials of the environment (and `.env`). Without any, the sandbox plays the
 * outside world and its environment is used instead.
 */
export async function start(): Promise<void> {
  allocateYoung()
  if (existsSync('.env')) process.loadEnvFile('.env')
  const began = Date.now()
  const bare = !process.env.SLACK_BOT_TOKEN && !process.env.TELEGRAM_BOT_TOKEN
  const folder = process.env.DATA_DIR || 'data'
  const log = pino({ level: process.env.LOG_LEVEL || (bare ? 'warn' : 'info') })
  // A wrong set-up is told before anything is opened.
  const real = bare ? undefined : readConfig(process.env)
  const db = await openDatabase({ url: process.env.DATABASE_URL || undefined, folder, log })
  const closers: (() => unknown)[] = [() => db.close()]
  const stop = async (code: number) => {
    for (const close of closers.splice(0).reverse()) await close()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
  try {
    const sandbox = real ? undefined : await openSandbox(folder, closers)
    const config = real ?? readConfig({ ...process.env, ...sandbox?.env })
    const clock = await clockOf(sandbox?.clock, config.env.CLOCK_URL, closers)
    const desk = await startPortdesk({ config, db, clock, log })
    closers.push(() => desk.close())
    console.log(`Portdesk is ready at ${desk.url} (${Date.now() - began} ms).`)
    if (sandbox) console.log(`\n  Open ${sandbox.url} in a browser: a Slack, a Telegram and numbers to play with.\n`)
    setImmediate(releaseStartMemory)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    await stop(1)
  }
}

async function openSandbox(folder: string, closers: (() => unknown)[]) {
  const { startSandbox } = await import('../sandbox/index.ts')
  const botUrl = `http://127.0.0.1:${process.env.PORT || 3000}`
  const file = resolve(folder, 'sandbox.jsonl')
  const sandbox = await startSandbox({ port: Number(process.env.SANDBOX_PORT || 3001), botUrl, file })
  closers.push(() => sandbox.close())
  // The sandbox's Telegram reaches the desk as the real one would: by webhook.
  return { ...sandbox, env: { PUBLIC_URL: botUrl, ...sandbox.env } }
}

async function clockOf(given: Clock | undefined, url: string | undefined, closers: (() => unknown)[]): Promise<Clock> {
  if (given) return given
  if (!url) return systemClock
  const clock = await followClock(url)
  closers.push(() => clock.close())
  return clock
}
