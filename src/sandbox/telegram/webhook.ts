import { z } from 'zod'
import type { UpdateRow, Updates } from './updates.ts'
import type { World } from './world.ts'

interface Hook {
  url: string
  secret?: string | undefined
  connections: number
  /** The last failure: seconds since the epoch and a sentence. */
  error?: { at: number; message: string }
}

export interface Webhook {
  get(): Hook | undefined
  set(hook: Hook | undefined): void
  close(): Promise<void>
}

/** Milliseconds until the first repeat, until later ones at most, and until an answer is given up. */
export interface Delays {
  first: number
  most: number
  answer: number
}

interface WebhookOptions {
  world: World
  updates: Updates
  /** Runs a method that the bot put into its answer. */
  reply(method: string, params: Record<string, unknown>): Promise<unknown>
  delays: Delays
}

const replySchema = z.looseObject({ method: z.string() })

/**
 * Brings updates to the bot's webhook: one at a time per chat, the next only after a 2xx, chats side by side.
 * Goes on with what was left over when it is made.
 */
export function webhook({ world, updates, reply, delays }: WebhookOptions): Webhook {
  const table = world.ground.journal.table<Hook>('telegram.webhook')
  const get = () => table.get('hook')
  const busy = new Map<number, Promise<void>>()
  const closing = new AbortController()
  let nap = new AbortController()

  const pump = () => {
    if (closing.signal.aborted) return
    for (const { chat } of updates.pending()) {
      const hook = get()
      if (!hook || busy.size >= hook.connections) return
      if (busy.has(chat)) continue
      const work = drain(chat).finally(() => {
        busy.delete(chat)
        pump()
      })
      busy.set(chat, work)
    }
  }

  /** Delivers a chat's updates until none is left or there is no webhook any more. */
  const drain = async (chat: number) => {
    let delay = delays.first
    while (!closing.signal.aborted) {
      const hook = get()
      const row = updates.pending().find((one) => one.chat === chat)
      if (!hook || !row) return
      const problem = await post(hook, row)
      if (problem === undefined) {
        updates.confirm(row.id)
        delay = delays.first
        continue
      }
      if (closing.signal.aborted) return
      const now = get()
      const error = { at: Math.floor(world.ground.clock.now() / 1000), message: problem }
      if (now) table.set('hook', { ...now, error })
      await sleep(delay, nap.signal)
      delay = Math.min(delay * 2, delays.most)
    }
  }

  /** One attempt. Returns what went wrong, in Telegram's words. */
  const post = async ({ url, secret }: Hook, { update }: UpdateRow): Promise<string | undefined> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret ? { 'x-telegram-bot-api-secret-token': secret } : {}),
        },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(delays.answer)]),
      })
      const body = await response.text()
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`
      await runReply(body)
      return undefined
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError'
      return timedOut ? 'Read timeout expired' : 'Connection refused'
    }
  }

  const runReply = async (body: string) => {
    const answer = replySchema.safeParse(parseJson(body))
    if (!answer.success) return
    const { method, ...params } = answer.data
    // As on Telegram, the bot never learns how a method in its answer fared.
    await reply(method, params).catch(() => undefined)
  }

  const unlisten = updates.onNew(pump)
  queueMicrotask(pump)
  return {
    get,
    set(hook) {
      if (hook) table.set('hook', hook)
      else table.delete('hook')
      nap.abort()
      nap = new AbortController()
      pump()
    },
    async close() {
      unlisten()
      closing.abort()
      nap.abort()
      await Promise.all(busy.values())
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sleep(ms: number, awake: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const done = () => {
    clearTimeout(timer)
    resolve()
  }
  const timer = setTimeout(done, ms)
  awake.addEventListener('abort', done, { once: true })
  return promise
}
