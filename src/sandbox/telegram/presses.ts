import { badRequest } from './error.ts'
import { limits } from './limits.ts'
import type { QueryRow } from './types.ts'
import type { World } from './world.ts'

/** What a person sees after a press. */
export interface PressAnswer {
  text: string
  alert: boolean
}

/** Button presses on their way to the bot and back. */
export interface Presses {
  open(user: number): QueryRow
  /** Waits that many milliseconds of real time for the bot's answer. */
  wait(id: string, ms: number): Promise<PressAnswer | undefined>
  /** @throws ApiError 400 when the press is unknown, too old or already answered. */
  answer(id: string, answer: PressAnswer): void
  /** Toasts and alerts that people have seen. */
  toasts(): { user: number; text: string; alert: boolean }[]
  close(): void
}

export function openPresses(world: World): Presses {
  const { journal, clock } = world.ground
  const queries = journal.table<QueryRow>('telegram.queries')
  const toasts = journal.table<{ user: number; text: string; alert: boolean }>('telegram.toasts')
  const waiting = new Map<string, (answer: PressAnswer | undefined) => void>()
  const tooOld = (query: QueryRow) => clock.now() - query.at > limits.callbackAnswerMs
  return {
    open(user) {
      for (const query of queries.values()) if (tooOld(query)) queries.delete(query.id)
      const id = String(1_804_000_000_000_000 + world.next('query'))
      const query = { id, user, at: clock.now(), answered: false }
      queries.set(id, query)
      return query
    },
    wait(id, ms) {
      const { promise, resolve } = Promise.withResolvers<PressAnswer | undefined>()
      const timer = setTimeout(() => resolve(undefined), ms)
      waiting.set(id, resolve)
      return promise.finally(() => {
        clearTimeout(timer)
        waiting.delete(id)
      })
    },
    answer(id, answer) {
      const query = queries.get(id)
      if (!query || query.answered || tooOld(query)) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid')
      }
      queries.set(id, { ...query, answered: true })
      if (answer.text) toasts.set(id, { user: query.user, ...answer })
      waiting.get(id)?.(answer)
      world.ground.changed()
    },
    toasts: () => toasts.values(),
    close() {
      for (const resolve of waiting.values()) resolve(undefined)
    },
  }
}
