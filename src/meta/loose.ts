import { z } from 'zod'

/** An id, kept as text whatever it came as. */
export const id = z.union([z.string().min(1), z.number()]).transform(String)

/** A text, or undefined for null, empty and missing. Unknown words stay as they came; what is no text is an error. */
export const maybeText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    if (typeof value === 'number') return String(value)
    return value?.trim() ? value : undefined
  })

/** Yes, no, or undefined for null and missing. */
export const maybeFlag = z
  .union([z.boolean(), z.literal('true').transform(() => true), z.literal('false').transform(() => false)])
  .nullish()
  .transform((value) => value ?? undefined)

/** A number, also one written as text, or undefined for null and missing. */
export const maybeNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullish()
  .transform((value) => value ?? undefined)

/** A moment as ISO 8601; platforms write it so, or as seconds since the epoch. Undefined for null, empty and missing. */
export const maybeTime = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined || value === '') return undefined
    const seconds = typeof value === 'number' || /^\d+$/.test(value)
    const date = new Date(seconds ? Number(value) * 1000 : value)
    if (Number.isNaN(date.getTime())) {
      context.addIssue({ code: 'custom', message: 'expected a moment in time' })
      return z.NEVER
    }
    return typeof value === 'string' && value.endsWith('Z') ? value : date.toISOString()
  })

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The same object without the fields that are undefined: facts are kept as JSON. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>
}
