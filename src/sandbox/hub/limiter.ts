import type { SandboxClock } from '../clock.ts'

/** Says whether one more request of that key fits: at most `max` in any `perMs` of sandbox time. */
export function limiter(clock: SandboxClock, { max, perMs }: { max: number; perMs: number }) {
  const hits = new Map<string, number[]>()
  return (key: string): boolean => {
    const now = clock.now()
    const recent = (hits.get(key) ?? []).filter((at) => at > now - perMs)
    if (recent.length >= max) return false
    hits.set(key, [...recent, now])
    return true
  }
}
