import { z } from 'zod'

/** An id, kept as text whatever it came as. */
export const id = z.union([z.string().min(1), z.number()]).transform(String)

/** A text, or undefined for null, empty, missing and what is no text. Unknown words stay as they came. */
export const maybeText = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'number') return String(value)
    return typeof value === 'string' && value.trim() !== '' ? value : undefined
  })

export const maybeFlag = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'boolean' ? value : undefined))

export const maybeNumber = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined))

/** A moment as ISO 8601; platforms write it so, or as seconds since the epoch. */
export const maybeTime = z
  .unknown()
  .optional()
  .transform((value) => {
    const date = new Date(typeof value === 'number' ? value * 1000 : typeof value === 'string' ? value : Number.NaN)
    if (Number.isNaN(date.getTime())) return undefined
    return typeof value === 'string' && value.endsWith('Z') ? value : date.toISOString()
  })

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The same object without the fields that are undefined: facts are kept as JSON. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>
}
