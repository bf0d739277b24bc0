import type { Update } from 'grammy/types'
import type { Logger } from 'pino'

/** Keys of updates whose work is done. */
export interface Seen {
  has(key: string): Promise<boolean>
  add(key: string): Promise<unknown>
}

export interface Taker {
  /** Resolves when the update needs no more work; rejects while it should come again. */
  take(update: Update): Promise<void>
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>
}

export interface TakerOptions {
  seen: Seen
  work(update: Update, key: string): Promise<void>
  /** Told once about an update that is given up; `id` finds it in the log. */
  letGo(update: Update, id: string): Promise<void>
  /** How often an update is tried before it is given up: a poisoned one must not hold its chat for ever. */
  tries: number
  /** Milliseconds after which one try counts as failed. */
  limitMs: number
  log: Logger
}

/**
 * Takes each update once: at least once when something fails, and never again after it was done. A second delivery of
 * an update that is being worked on waits for that work. Marked as seen after the work, so that a crash repeats it; acts
 * carry the same key then, and count once.
 */
export function openTaker({ seen, work, letGo, tries, limitMs, log }: TakerOptions): Taker {
  const running = new Map<number, Promise<void>>()
  const failures = new Map<number, number>()

  const failed = async (update: Update, error: unknown) => {
    const id = updateLabel(update)
    const count = (failures.get(update.update_id) ?? 0) + 1
    log.error({ id, update: update.update_id, count, err: error }, 'An update from Telegram failed')
    if (count < tries) {
      failures.set(update.update_id, count)
      throw error
    }
    log.error({ id, update: update.update_id }, 'An update from Telegram is given up')
    await letGo(update, id).catch((err) => log.warn({ id, err }, 'Nobody could be told about it'))
  }

  const once = async (update: Update) => {
    const key = `telegram:${update.update_id}`
    if (await seen.has(key)) return
    await within(work(update, key), limitMs).catch((error) => failed(update, error))
    await seen.add(key)
    failures.delete(update.update_id)
  }

  return {
    take(update) {
      const known = running.get(update.update_id)
      if (known) return known
      const run = once(update).finally(() => running.delete(update.update_id))
      running.set(update.update_id, run)
      return run
    },
    async idle() {
      await Promise.allSettled(running.values())
    },
  }
}

/** What people are told to quote: `T-BKR5C1`. */
function updateLabel({ update_id }: Update): string {
  return `T-${update_id.toString(36).toUpperCase()}`
}

/** Waits for the work, but not longer than `ms`. @throws StillBusy */
export async function within(work: Promise<void>, ms: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new StillBusy(ms)), ms)
  await Promise.race([work, promise]).finally(() => clearTimeout(timer))
}

/** The work goes on, but nobody waits for it any more. */
export class StillBusy extends Error {
  constructor(ms: number) {
    super(`The work took longer than ${ms} ms`)
    this.name = 'StillBusy'
  }
}
