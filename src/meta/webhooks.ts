import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { digitsOf } from './phone.ts'

/**
 * Whether Meta signed these very bytes (meta.md 5.1): `X-Hub-Signature-256` is the HMAC-SHA256 of the raw body with the
 * app's secret. Several secrets hold during a rotation. Takes the same time for every wrong signature.
 */
export function isSignedByMeta(body: Uint8Array, header: string | undefined, secrets: readonly string[]): boolean {
  const given = Buffer.from(header ?? '')
  return secrets
    .map((secret) => Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`))
    .map((wanted) => given.length === wanted.length && timingSafeEqual(given, wanted))
    .some(Boolean)
}

/** What a webhook is about, as far as it says: numbers (digits), 360dialog channel ids, Meta WABA ids. */
export interface About {
  phones: string[]
  channels: string[]
  wabas: string[]
}

const text = z.union([z.string(), z.number()]).transform(String)

const metaSchema = z.looseObject({
  entry: z.array(
    z.looseObject({
      id: text.optional(),
      changes: z
        .array(
          z.looseObject({
            value: z.looseObject({
              display_phone_number: text.optional(),
              phone_number: text.optional(),
              metadata: z.looseObject({ display_phone_number: text.optional() }).optional(),
              waba_info: z.looseObject({ waba_id: text.optional() }).optional(),
            }),
          }),
        )
        .default([]),
    }),
  ),
})

/** Reads Meta's envelope (meta.md 5.2). `undefined` when it is none. */
export function aboutMeta(payload: unknown): About | undefined {
  const parsed = metaSchema.safeParse(payload)
  if (!parsed.success) return undefined
  const values = parsed.data.entry.flatMap(({ changes }) => changes.map(({ value }) => value))
  return about({
    phones: values.flatMap((value) => [
      value.display_phone_number,
      value.phone_number,
      value.metadata?.display_phone_number,
    ]),
    channels: [],
    wabas: [...parsed.data.entry.map(({ id }) => id), ...values.map((value) => value.waba_info?.waba_id)],
  })
}

const hubEventSchema = z.looseObject({
  data: z.looseObject({
    id: text.optional(),
    phone_number: text.optional(),
    setup_info: z.looseObject({ phone_number: text.optional() }).optional(),
    external_id: text.optional(),
  }),
})

/** Reads 360dialog's envelope, one or several (360dialog.md 4.1): numbers are flat in `data` or in `setup_info`. */
export function aboutHub(payload: unknown): About | undefined {
  const parsed = z.array(hubEventSchema).safeParse(Array.isArray(payload) ? payload : [payload])
  if (!parsed.success) return undefined
  const data = parsed.data.map((event) => event.data)
  return about({
    phones: data.flatMap(({ phone_number, setup_info }) => [phone_number, setup_info?.phone_number]),
    channels: data.map(({ id }) => id),
    wabas: data.flatMap(({ id, external_id }) => [id, external_id]),
  })
}

function about(found: Record<keyof About, (string | undefined)[]>): About {
  const unique = (values: (string | undefined)[]) => [
    ...new Set(values.filter((value) => value !== undefined && value !== '')),
  ]
  return {
    phones: unique(found.phones.map((phone) => phone && digitsOf(phone))) as string[],
    channels: unique(found.channels) as string[],
    wabas: unique(found.wabas) as string[],
  }
}
