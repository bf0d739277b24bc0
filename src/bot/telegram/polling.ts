import { setTimeout as pause } from 'node:timers/promises'
import { Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Logger } from 'pino'
import { sendErrorOf } from './send-error.ts'

type UpdateKind = Exclude<keyof Update, 'update_id'>

export interface PollingOptions {
  token: string
  apiRoot: string
  allowed: readonly UpdateKind[]
  /** Rejects while the update should be tried again. */
  take(update: Update): Promise<void>
  /** Milliseconds before a failed update or call is tried again; calls wait up to a hundred times as long. */
  retryMs: number
  log: Logger
}

export interface Polling {
  start(): void
  /** Lets running work finish, then tells Telegram what was done. */
  stop(): Promise<void>
  /** The last call to Telegram went through. */
  ready(): boolean
}

/** Seconds that Telegram holds a call open, and that the call may take. */
const waits = { poll: 30, call: 45 }

/**
 * Asks Telegram for updates, at least once each: a batch is confirmed, and the next one fetched, when all of it is done.
 * The chats of a batch are served side by side, the updates of one chat one after the other. Two pollers of one bot get in each other's way (409): the loser
 * waits and tries again, so that a new process can take over from an old one.
 */
export function openPolling({ token, apiRoot, allowed, take, retryMs, log }: PollingOptions): Polling {
  // Long polls need a longer limit than all other calls.
  const api = new Api(token, { apiRoot, timeoutSeconds: waits.call })
  const stopping = new AbortController()
  // grammY declares the signal of an older package; the platform's own does all that grammY asks of it.
  const hangUp = stopping.signal as Parameters<Api['getUpdates']>[1]
  let offset = 0
  let ready = false
  let loop: Promise<void> | undefined

  const sleep = (ms: number) => pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined)

  const insist = async (update: Update): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        return await take(update)
      } catch {
        await sleep(retryMs)
      }
    }
    throw new Error('Stopped before the update was done')
  }

  /** Answers the offset that confirms what is done. */
  const handle = async (updates: Update[]): Promise<number> => {
    const chats = Map.groupBy(updates, chatOf)
    const open = new Set(updates.map(({ update_id }) => update_id))
    const oneByOne = async (chat: Update[]) => {
      for (const update of chat) {
        await insist(update)
        open.delete(update.update_id)
      }
    }
    await Promise.allSettled(Array.from(chats.values(), oneByOne))
    return open.size > 0 ? Math.min(...open) : Math.max(...updates.map(({ update_id }) => update_id)) + 1
  }

  const run = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        const request = { offset, timeout: waits.poll, allowed_updates: allowed }
        const updates = await api.getUpdates(request, hangUp)
        failures = 0
        ready = true
        if (updates.length > 0) offset = await handle(updates)
      } catch (error) {
        if (stopping.signal.aborted) break
        ready = false
        failures += 1
        const ms = pauseAfter(error, failures, retryMs)
        log.warn({ reason: wordsFor(error), ms }, 'Telegram could not be asked for updates')
        await sleep(ms)
      }
    }
    ready = false
    await api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => undefined)
  }

  return {
    start() {
      ready = true
      loop ??= run()
    },
    async stop() {
      stopping.abort()
      await loop
    },
    ready: () => ready,
  }
}

function pauseAfter(error: unknown, failures: number, retryMs: number): number {
  const problem = sendErrorOf(error)?.problem
  const asked = problem?.kind === 'retry' ? (problem.afterMs ?? 0) : 0
  return Math.max(asked, Math.min(retryMs * 2 ** Math.min(failures - 1, 10), retryMs * 100))
}

function wordsFor(error: unknown): string {
  if (error instanceof GrammyError && error.error_code === 409) {
    return 'Another process polls with the same bot token, or a webhook is set'
  }
  return sendErrorOf(error)?.problem.words ?? String(error)
}

/** Updates without a chat form a row of their own. */
function chatOf(update: Update): number {
  const message = update.message ?? update.callback_query?.message ?? update.my_chat_member
  return message?.chat.id ?? 0
}
