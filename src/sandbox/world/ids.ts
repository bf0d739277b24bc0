import { randomBytes, randomInt } from 'node:crypto'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An id as 360dialog makes them: random letters and a suffix that tells the kind (360dialog.md 1.1). */
export function hubId(suffix: 'CL' | 'CH' | 'WA' | 'WT' | 'PC', length = 8): string {
  const word = Array.from({ length: length - suffix.length }, () => letters[randomInt(letters.length)]).join('')
  return `${word}${suffix}`
}

/** A numeric id as Meta makes them, 15 digits. */
export const metaId = () => String(randomInt(100_000_000, 999_999_999)) + String(randomInt(100_000, 999_999))

/** An opaque secret. */
export const secret = () => randomBytes(24).toString('base64url')
