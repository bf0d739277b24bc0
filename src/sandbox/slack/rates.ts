import type { SandboxClock } from '../clock.ts'
import { type Tier, tiers } from './limits.ts'

/** The sandbox is a lively toy: it lets ten minutes' worth of calls pass at once. */
const burst = 10
/** `chat.postMessage` takes about one a second and channel, after a burst. */
const posting = { perMinute: 60, size: 30 }

export interface Rates {
  /** Takes one call of that method. Answers the seconds to wait when there were too many, else 0. */
  take(method: string, tier: Tier, channel?: string): number
  /** Off: nothing is ever too much. */
  on: boolean
}

/** Token buckets on the sandbox's clock; a restart fills them. */
export function rates(clock: SandboxClock): Rates {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const draw = (key: string, { perMinute, size }: { perMinute: number; size: number }) => {
    const now = clock.now()
    const bucket = buckets.get(key) ?? { tokens: size, at: now }
    const tokens = Math.min(size, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute)
    const enough = tokens >= 1
    buckets.set(key, { tokens: enough ? tokens - 1 : tokens, at: now })
    return enough ? 0 : Math.ceil(((1 - tokens) / perMinute) * 60)
  }
  return {
    on: true,
    take(method, tier, channel = '') {
      if (!this.on) return 0
      if (method === 'chat.postMessage') return draw(`${method}:${channel}`, posting)
      const perMinute = tiers[tier]
      return perMinute === Number.POSITIVE_INFINITY ? 0 : draw(method, { perMinute, size: perMinute * burst })
    },
  }
}
