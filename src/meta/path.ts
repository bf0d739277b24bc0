import { PlatformError } from './problem.ts'
import type { Platform } from './verdict.ts'

/** Joins path segments. An id that is no plain word is refused: it could lead the call somewhere else. */
export function pathOf(platform: Platform, ...segments: string[]): string {
  if (segments.every((segment) => /^[\w-]{1,64}$/.test(segment))) return `/${segments.join('/')}`
  throw new PlatformError({ kind: 'NotFound', asked: `a call to ${platform}`, answered: 'not asked: that is no id' })
}
