import type { SandboxClock } from '../clock.ts'
import { tooManyRequests } from './error.ts'
import { limits } from './limits.ts'
import type { ChatRow } from './types.ts'

export interface RateLimit {
  /** Counts one message or edit. @throws ApiError 429 with `retry_after` when the chat has had too many. */
  take(chat: ChatRow): void
  enable(on: boolean): void
}

interface Bucket {
  tokens: number
  at: number
}

/** Token buckets on the sandbox clock: each chat has one, groups have a second, slower one. */
export function rateLimit(clock: SandboxClock): RateLimit {
  const buckets = new Map<string, Bucket>()
  let on = true
  const level = (key: string, { perSecond, burst }: { perSecond: number; burst: number }) => {
    const now = clock.now()
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now }
    const bucket = { tokens: Math.min(burst, tokens + ((now - at) / 1000) * perSecond), at: now }
    buckets.set(key, bucket)
    return bucket
  }
  return {
    take(chat) {
      if (!on) return
      const rates = chat.type === 'private' ? [limits.perChat] : [limits.perChat, limits.perGroup]
      const levels = rates.map((rate, index) => ({ rate, bucket: level(`${chat.id}/${index}`, rate) }))
      const wait = Math.max(...levels.map(({ rate, bucket }) => (1 - bucket.tokens) / rate.perSecond))
      if (wait > 0) throw tooManyRequests(Math.ceil(wait))
      for (const { bucket } of levels) bucket.tokens -= 1
    },
    enable(value) {
      on = value
      buckets.clear()
    },
  }
}
