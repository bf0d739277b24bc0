import type { Problem } from './facts.ts'
import { PlatformError } from './problem.ts'

/** Whether a call failed in this way. */
export const isProblem = (error: unknown, kind: Problem['kind']): error is PlatformError =>
  error instanceof PlatformError && error.problem.kind === kind

/** What was asked for, or `undefined` where the platform says that there is no such thing. */
export async function unlessAbsent<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (isProblem(error, 'NotFound')) return undefined
    throw error
  }
}
