import type { Sandbox } from '../src/sandbox/index.ts'

type Call = Parameters<Sandbox['ground']['calls']['add']>[0]

/** Resolves with the time at which the bot makes such a call; in ms of `performance.now()`. */
export type NextCall = (fits: (call: Call) => boolean) => Promise<number>

/** Hears of each call of the bot at the moment it has been answered. */
export function watchCalls({ ground: { calls } }: Sandbox): NextCall {
  const waiting = new Map<(call: Call) => boolean, (at: number) => void>()
  const add = calls.add
  calls.add = (call) => {
    add(call)
    for (const [fits, tell] of waiting) {
      if (!fits(call)) continue
      waiting.delete(fits)
      tell(performance.now())
    }
  }
  return (fits) => new Promise((resolve) => waiting.set(fits, resolve))
}
