import { ApiError } from './error.ts'
import { limits } from './limits.ts'
import type { UpdateRow, Updates } from './updates.ts'

interface PollRequest {
  offset?: number | undefined
  limit?: number | undefined
  /** Seconds. */
  timeout?: number | undefined
}

export interface Polling {
  /** Waits for updates. @throws ApiError 409 when another poller or a webhook takes over. */
  take(request: PollRequest, gone: AbortSignal): Promise<UpdateRow['update'][]>
  /** Ends the waiting poller with 409 and that reason. */
  interrupt(reason: string): void
  close(): void
}

const otherPoller = 'terminated by other getUpdates request; make sure that only one bot instance is running'

/** `getUpdates`: really waits, honours the offset, and lets one poller at a time wait. */
export function polling(updates: Updates): Polling {
  let end: ((outcome: ApiError | 'closed') => void) | undefined

  const ready = (offset: number | undefined, limit: number) =>
    updates
      .pending()
      .filter(({ id }) => offset === undefined || id >= offset)
      .slice(0, limit)
      .map(({ update }) => update)

  /** Confirms what the offset confirms and returns the id to start from. */
  const start = (offset: number | undefined) => {
    if (!offset) return undefined
    const from = offset > 0 ? offset : updates.pending().at(offset)?.id
    if (from !== undefined) updates.confirmBelow(from)
    return from
  }

  /** Resolves at the next update, after the time, or when the caller is gone; rejects when it is interrupted. */
  const pause = (ms: number, gone: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    const stopListening = updates.onNew(resolve)
    const left = () => resolve()
    gone.addEventListener('abort', left)
    const mine = (outcome: ApiError | 'closed') => (outcome === 'closed' ? resolve() : reject(outcome))
    end = mine
    return promise.finally(() => {
      clearTimeout(timer)
      stopListening()
      gone.removeEventListener('abort', left)
      if (end === mine) end = undefined
    })
  }

  const interrupt = (reason: string) => end?.(new ApiError(409, `Conflict: ${reason}`))
  return {
    async take({ offset, limit = limits.updatesPerCall, timeout = 0 }, gone) {
      interrupt(otherPoller)
      const from = start(offset)
      const most = Math.min(Math.max(limit, 1), limits.updatesPerCall)
      const wait = Math.min(Math.max(timeout, 0), limits.pollSeconds) * 1000
      if (wait > 0 && !gone.aborted && ready(from, most).length === 0) await pause(wait, gone)
      return ready(from, most)
    },
    interrupt,
    close: () => end?.('closed'),
  }
}
