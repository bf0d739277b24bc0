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

/**
 * What a webhook is about, as far as it says: numbers (digits), 360dialog channel ids, Meta's ids of WABAs and of the
 * businesses that own them (a WABA that was made just now is known by its owner only).
 */
export interface About {
  phones: string[]
  channels: string[]
  wabas: string[]
}

/** What we do not understand in a webhook is passed over: it must not cost us the rest of the batch. */
const text = z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined)

const envelopeSchema = z.looseObject({ entry: z.array(z.unknown()).optional(), value: z.unknown().optional() })
const entrySchema = z.looseObject({ id: text, changes: z.array(z.unknown()).catch([]) })
const changeSchema = z.looseObject({
  value: z.looseObject({
    display_phone_number: text,
    phone_number: text,
    metadata: z.looseObject({ display_phone_number: text }).nullish().catch(undefined),
    waba_info: z.looseObject({ waba_id: text, owner_business_id: text }).nullish().catch(undefined),
  }),
})

/**
 * Reads Meta's envelope (meta.md 5.2), also where its samples place `value` a level too high. `undefined` when it is none.
 */
export function aboutMeta(payload: unknown): About | undefined {
  const { data: envelope } = envelopeSchema.safeParse(payload)
  if (!envelope || (envelope.entry ?? envelope.value) === undefined) return undefined
  const entries = readable(entrySchema, envelope.entry ?? [])
  const changes = [...entries.flatMap((entry) => [entry, ...entry.changes]), envelope]
  const values = readable(changeSchema, changes).map(({ value }) => value)
  return about({
    phones: values.flatMap((value) => [
      value.display_phone_number,
      value.phone_number,
      value.metadata?.display_phone_number,
    ]),
    channels: [],
    wabas: [
      ...entries.map(({ id }) => id),
      ...values.flatMap(({ waba_info: info }) => [info?.waba_id, info?.owner_business_id]),
    ],
  })
}

const hubEventSchema = z.looseObject({
  data: z.looseObject({
    id: text,
    phone_number: text,
    setup_info: z.looseObject({ phone_number: text }).nullish().catch(undefined),
    external_id: text,
  }),
})

/** Reads 360dialog's envelope, one or several (360dialog.md 4.1): numbers are flat in `data` or in `setup_info`. */
export function aboutHub(payload: unknown): About | undefined {
  const events = Array.isArray(payload) ? payload : [payload]
  const data = readable(hubEventSchema, events).map((event) => event.data)
  if (data.length === 0 && events.length > 0) return undefined
  return about({
    phones: data.flatMap(({ phone_number, setup_info }) => [phone_number, setup_info?.phone_number]),
    channels: data.map(({ id }) => id),
    wabas: data.flatMap(({ id, external_id }) => [id, external_id]),
  })
}

function readable<T>(schema: z.ZodType<T>, values: readonly unknown[]): T[] {
  return values.flatMap((value) => {
    const { data } = schema.safeParse(value)
    return data === undefined ? [] : [data]
  })
}

type Ids = (string | null | undefined)[]

/** Only what can be an id of a platform: anything else matches no case, and some of it no database takes. */
function about({ phones, channels, wabas }: Record<keyof About, Ids>): About {
  const unique = (values: Ids) => [...new Set(values.filter((value) => typeof value === 'string'))]
  const ids = (values: Ids) => unique(values).filter((id) => /^[\w.-]{1,64}$/.test(id))
  return { phones: ids(phones.map((phone) => phone && digitsOf(phone))), channels: ids(channels), wabas: ids(wabas) }
}
