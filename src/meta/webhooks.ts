import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { given } from './loose.ts'
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

/** What one change of Meta's says about who it is about: numbers as digits, everything else ids of Meta. */
export interface MetaIds {
  phone?: string
  /** Meta's id of the number, where its digits are not said. */
  phoneId?: string
  /** The WABA, or the partner's business portfolio where the change is about that (meta.md 5.2). */
  entry?: string
  waba?: string
  /** The business that owns the WABA, or is itself what the change is about. */
  business?: string
  about: About
}

/** What one event of the Hub says about who it is about: a number as digits, Meta's id of the WABA, the Hub's other ids. */
export interface HubIds {
  phone?: string
  channel?: string
  waba?: string
  client?: string
  partner?: string
  about: About
}

/** What we do not understand in a webhook is passed over: it must not cost us the rest of the batch. */
const text = z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined)
const part = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape).nullish().catch(undefined)

const valueSchema = z.looseObject({
  display_phone_number: text,
  phone_number: text,
  metadata: part({ display_phone_number: text, phone_number_id: text }),
  waba_info: part({ waba_id: text, owner_business_id: text }),
  business_id: text,
  partner_client_certification_needed_info: part({ client_business_id: text }),
  partner_client_certification_info: part({ client_business_id: text }),
  phone_number_settings: part({ phone_number_id: text }),
  entity_type: text,
  entity_id: text,
})

/** The ids in one change of Meta's (meta.md 5.4), whatever else its value holds. */
export function idsOfMeta(entryId: unknown, value: unknown): MetaIds {
  const { data } = valueSchema.safeParse(value)
  const entry = id(text.parse(entryId))
  const phones = numbers([data?.display_phone_number, data?.phone_number, data?.metadata?.display_phone_number])
  const named = id(data?.waba_info?.waba_id)
  const business =
    id(data?.waba_info?.owner_business_id) ??
    id(data?.business_id) ??
    id(data?.partner_client_certification_info?.client_business_id) ??
    id(data?.partner_client_certification_needed_info?.client_business_id)
  const phoneId =
    id(data?.metadata?.phone_number_id) ??
    id(data?.phone_number_settings?.phone_number_id) ??
    (data?.entity_type === 'PHONE_NUMBER' ? id(data.entity_id) : undefined)
  return {
    ...given({ phone: phones[0], phoneId, entry, waba: named ?? entry, business }),
    about: { phones, channels: [], wabas: unique([entry, named, business]) },
  }
}

const hubDataSchema = z.looseObject({
  id: text,
  phone_number: text,
  setup_info: part({ phone_number: text }),
  external_id: text,
  client_id: text,
  partner_id: text,
  client: part({ id: text }),
  template: part({}),
  waba_account: part({ external_id: text, client_id: text, partner_id: text }),
})

/**
 * The ids in one event of the Hub (360dialog.md 4.3). `data.id` is that of the channel, of the WABA at Meta where a
 * template is told of, or of the Hub's own WABA; numbers are flat in `data` or in `setup_info`.
 */
export function idsOfHub(event: string, value: unknown): HubIds {
  const { data } = hubDataSchema.safeParse(value)
  if (!data) return { about: { phones: [], channels: [], wabas: [] } }
  const phones = numbers([data.phone_number, data.setup_info?.phone_number])
  const own = id(data.id)
  const isChannel = /^(channel|cancellation)_/.test(event)
  // The `external_id` of a channel is Meta's id of the number.
  const named = isChannel ? id(data.waba_account?.external_id) : id(data.external_id)
  const isAccount = data.template || (event.startsWith('account_') && phones.length === 0)
  const account = named ?? (isAccount ? own : undefined)
  const client = id(data.client_id) ?? id(data.client?.id) ?? id(data.waba_account?.client_id)
  return {
    ...given({
      phone: phones[0],
      channel: isChannel ? own : undefined,
      waba: account,
      client: client ?? (event === 'client_created' ? own : undefined),
      partner: id(data.partner_id) ?? id(data.waba_account?.partner_id),
    }),
    about: { phones, channels: unique([own]), wabas: unique([own, id(data.external_id), account]) },
  }
}

type Ids = readonly (string | null | undefined)[]

/** Only what can be an id of a platform: anything else matches no case, and some of it no database takes. */
const id = (value: string | null | undefined) => (value && /^[\w.-]{1,64}$/.test(value) ? value : undefined)

const unique = (values: Ids) => [...new Set(values.filter((value) => typeof value === 'string'))]

const numbers = (values: Ids) => unique(values.map((value) => id(value && digitsOf(value))))
