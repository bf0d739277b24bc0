import { z } from 'zod'

/** A text or number as text; nothing for all else, for a webhook must not be lost for one odd value. */
export const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim() || undefined)
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined)

/** One word or a list of words, as a list. */
export const words = z
  .union([z.array(text), text.transform((word) => [word])])
  .catch([])
  .transform((list) => list.filter((word) => word !== undefined))

/** An object within a value; empty when it is missing. */
export const part = <T extends z.ZodRawShape>(shape: T) => {
  const object = z.looseObject(shape)
  return object
    .nullish()
    .catch(undefined)
    .transform((value) => value ?? object.parse({}))
}

/** Objects within a value; those that are none are passed over. */
export const list = <T extends z.ZodRawShape>(shape: T) => {
  const object = z.looseObject(shape)
  return z
    .array(z.unknown())
    .nullish()
    .catch([])
    .transform((values) =>
      (values ?? []).flatMap((value) => {
        const { data } = object.safeParse(value)
        return data === undefined ? [] : [data]
      }),
    )
}

/** A reason that is given; the platforms write NONE for none. */
export const reasonOf = (reason: string | undefined) => (reason?.toUpperCase() === 'NONE' ? undefined : reason)

/** Unix seconds, also as text, as ms since the epoch. */
export function msOf(seconds: unknown): number | undefined {
  const ms = typeof seconds === 'string' || typeof seconds === 'number' ? Number(seconds) * 1000 : Number.NaN
  return ms > 0 && ms < 8.64e15 ? ms : undefined
}

/** Unix seconds as a moment in ISO 8601; anything else as it came. */
export function momentOf(seconds: string | undefined): string | undefined {
  const ms = /^\d+$/.test(seconds ?? '') ? msOf(seconds) : undefined
  return ms === undefined ? seconds : new Date(ms).toISOString()
}

/** A day as Meta writes it, `April 17, 2025`, in ISO 8601; anything else as it came. */
export function dayOf(written: string | undefined): string | undefined {
  if (!/^\p{L}+ \d{1,2}, \d{4}$/u.test(written ?? '')) return momentOf(written)
  const at = Date.parse(`${written} UTC`)
  return Number.isNaN(at) ? written : new Date(at).toISOString().slice(0, 10)
}
