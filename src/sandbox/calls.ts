import type { System } from './ground.ts'

/** One request that the bot made to a fake system. Secrets in headers are not kept. */
export interface Call {
  /** Counts from 1 over all systems. */
  n: number
  /** Sandbox time, ISO 8601. */
  at: string
  system: System
  method: string
  /** Path with query, without the bot token. */
  path: string
  body: unknown
  status: number
}

export interface Calls {
  add(call: Omit<Call, 'n'>): void
  /** The calls numbered above `n`, oldest first. */
  since(n: number): Call[]
  last(): number
}

/** Keeps the newest `keep` calls. */
export function callLog({ keep = 20_000 } = {}): Calls {
  const calls: Call[] = []
  let n = 0
  return {
    add(call) {
      n += 1
      calls.push({ n, ...call })
      if (calls.length > keep) calls.splice(0, keep / 10)
    },
    since: (after) => calls.filter((call) => call.n > after),
    last: () => n,
  }
}
