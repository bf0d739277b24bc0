import { type Usage, usageOf } from './usage.ts'

/** What is left of a platform's limits, account by account. Counted in one process: replicas do not know of each other. */
export interface Budget {
  /** How long a call about this account waits, and whether the platform asked for that wait. */
  wait(account: string): { ms: number; asked: boolean }
  /** Takes note of what an answer about this account says of limits. */
  heard(account: string, headers: Record<string, string>): void
  /** The platform refused and named a wait; `everyone` when the limit is not only this account's. */
  refused(account: string, ms: number, everyone?: boolean): void
}

interface Left {
  percent: number
  heardAt: number
  /** No call before then. */
  until: number
}

const everybody = '*'
const staleAfterMs = 60_000
const mostAccounts = 2_000

/**
 * Slows calls down before a limit is hit: nothing below 80 %, then a wait that grows to two seconds at 100 %. A wait that
 * the platform names holds for the account it was named for, and for no other.
 */
export function budget(now: () => number): Budget {
  const left = new Map<string, Left>()
  /** Which WABA's limit the calls about a number count against; Meta says so with each answer. */
  const countedAt = new Map<string, string[]>()
  const of = (account: string): Left => left.get(account) ?? { percent: 0, heardAt: 0, until: 0 }

  function keep(account: string, change: Partial<Left>): void {
    if (left.size >= mostAccounts) forgetOldest(left)
    left.set(account, { ...of(account), ...change })
  }

  function take({ account = everybody, percent, regainMs }: Usage): void {
    keep(account, { percent, heardAt: now(), ...(regainMs > 0 && { until: now() + regainMs }) })
  }

  return {
    wait(account) {
      const all = [everybody, account, ...(countedAt.get(account) ?? [])].map(of)
      const named = Math.max(...all.map(({ until }) => until - now()))
      if (named > 0) return { ms: named, asked: true }
      const percent = Math.max(...all.map((one) => (now() - one.heardAt > staleAfterMs ? 0 : one.percent)))
      return { ms: percent < 80 ? 0 : Math.round(200 + (Math.min(percent, 100) - 80) * 90), asked: false }
    },
    heard(account, headers) {
      const usages = usageOf(headers)
      for (const usage of usages) take(usage)
      const named = usages.flatMap((usage) => usage.account ?? [])
      if (named.length === 0) return
      if (countedAt.size >= mostAccounts) forgetOldest(countedAt)
      countedAt.set(account, named)
    },
    refused: (account, ms, everyone = false) => keep(everyone ? everybody : account, { until: now() + ms }),
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key)
    return
  }
}
