import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { accountByAny, channelByPhone, type Entry, entryOf, type MetaSide, metaSideOf, numberByPhone } from './find.ts'
import type { AccountRow, ClientRow, PartnerRow } from './rows.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

/** One key of `POST /api/world`: what it takes and what it does. */
export interface Lever {
  schema: z.ZodType
  /** Does it, and says what was done. `given` is what `schema` made of the request. */
  pull(given: unknown): string
}

/** Ties a schema to what is done with its result. */
export function lever<S extends z.ZodType>(schema: S, act: (given: z.output<S>) => string): Lever {
  return { schema, pull: (given) => act(given as z.output<S>) }
}

export type Levers = Record<string, Lever>

/** What levers share: the things of the world by any of their names, and how to look at them. */
export interface LeverKit {
  ground: Ground
  world: World
  /** A phone number at 360dialog in any spelling; becomes its channel id. */
  phone: z.ZodType<string>
  /** A phone number at Meta, at 360dialog or elsewhere; becomes its Meta id. */
  metaPhone: z.ZodType<string>
  /** Meta's id or 360dialog's id of a WABA, or a phone number in it; becomes Meta's id. */
  waba: z.ZodType<string>
  /** 360dialog's id of a client, its name, or one of its phone numbers; becomes the id. */
  client: z.ZodType<string>
  /** 360dialog's id of a partner, or its name; becomes the id. */
  partner: z.ZodType<string>
  /** The number of a channel as it is now. */
  entry(channelId: string): Entry
  /** The number of a Meta id as it is now. */
  side(numberId: string): MetaSide
  account(id: string): AccountRow
  clientOf(id: string): ClientRow
  partnerOf(id: string): PartnerRow
  /** Now, as 360dialog writes it. */
  now(): string
}

const word = z.union([z.string(), z.number()]).transform(String)

/** A word of a request that names something; becomes what `find` makes of it. */
const named = (find: (given: string) => string | undefined, complaint: (given: string) => string): z.ZodType<string> =>
  word.transform((given, context) => {
    const id = find(given)
    if (id !== undefined) return id
    context.addIssue({ code: 'custom', message: complaint(given) })
    return z.NEVER
  })

const same = (a: string, b: string) => a.toLowerCase() === b.trim().toLowerCase()

export function leverKit(ground: Ground, world: World): LeverKit {
  const sure = <T>(found: T | undefined, id: string): T => {
    if (found === undefined) throw new Error(`The little world has lost ${id}.`)
    return found
  }
  const stranger = (given: string) => `no number ${given} in the little world`
  const findClient = (given: string) =>
    world.clients.values().find(({ id, name }) => id === given || same(name, given))?.id ??
    channelByPhone(world, given)?.client_id
  const findPartner = (given: string) =>
    world.partners.values().find(({ id, brand_name }) => id === given || same(brand_name, given))?.id
  return {
    ground,
    world,
    phone: named((given) => channelByPhone(world, given)?.id, stranger),
    metaPhone: named(
      (given) => numberByPhone(world, given)?.id,
      (given) => (channelByPhone(world, given) ? 'Meta does not know this number yet' : stranger(given)),
    ),
    waba: named(
      (given) => accountByAny(world, given)?.id,
      (given) => `no WABA ${given} in the little world`,
    ),
    client: named(findClient, (given) => `no client ${given} in the little world`),
    partner: named(findPartner, (given) => `no partner ${given} in the little world`),
    entry: (id) => sure(entryOf(world, id), `the channel ${id}`),
    side: (id) => sure(metaSideOf(world, id), `the number ${id}`),
    account: (id) => sure(world.accounts.get(id), `the WABA ${id}`),
    clientOf: (id) => sure(world.clients.get(id), `the client ${id}`),
    partnerOf: (id) => sure(world.partners.get(id), `the partner ${id}`),
    now: () => zuluTime(ground.clock.now()),
  }
}

const name = (digits: string, word: string | null | undefined) => (word ? `+${digits} (${word})` : `+${digits}`)

/** `+493023125101 (Acme Support)`. */
export function called(one: Entry | MetaSide): string {
  const info = one.channel?.setup_info
  if (info) return name(info.phone_number, info.phone_name)
  const shown = one.number?.verified_name
  return name(one.number?.display_phone_number.replace(/\D/g, '') ?? '', typeof shown === 'string' ? shown : null)
}
