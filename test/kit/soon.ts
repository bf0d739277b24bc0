import { vi } from 'vitest'

/** Waits until a check no longer throws, however busy the machine is. Answers what it gave. */
export const soon = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { interval: 5, timeout: 15_000 }) as Promise<T>
