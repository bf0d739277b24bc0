import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { channelByPhone, type Entry, entryOf } from './find.ts'
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

/** What levers over one number share. */
export interface LeverKit {
  ground: Ground
  world: World
  /** A phone number of the world in any spelling; becomes its channel id. */
  phone: z.ZodType<string>
  /** The same, for levers that turn something at Meta: the number has to exist there. */
  metaPhone: z.ZodType<string>
  /** The number as it is now. */
  entry(channelId: string): Entry
  /** Now, as 360dialog writes it. */
  now(): string
}

export function leverKit(ground: Ground, world: World): LeverKit {
  const phone = z.union([z.string(), z.number()]).transform((given, context) => {
    const channel = channelByPhone(world, String(given))
    if (channel) return channel.id
    context.addIssue({ code: 'custom', message: `no number ${given} in the little world` })
    return z.NEVER
  })
  const entry = (channelId: string) => {
    const found = entryOf(world, channelId)
    if (!found) throw new Error(`The little world has lost the channel ${channelId}.`)
    return found
  }
  return {
    ground,
    world,
    phone,
    metaPhone: phone.refine((id) => entry(id).number !== undefined, 'Meta does not know this number yet'),
    entry,
    now: () => zuluTime(ground.clock.now()),
  }
}

/** `+493023125101 (Acme Support)`. */
export const called = ({ channel: { setup_info: info } }: Entry) =>
  info.phone_name ? `+${info.phone_number} (${info.phone_name})` : `+${info.phone_number}`
