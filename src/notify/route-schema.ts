import { z } from 'zod'
import { timeZoneName } from '../time.ts'
import { severities } from './notice.ts'

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 24 * 3_600_000 } as const
const longest = 30 * units.d

/** `15m`, `1h`, `3d`: milliseconds, at most 30 days. */
const duration = z
  .string()
  .regex(/^\d{1,5}[smhd]$/, 'is no duration such as 30s, 15m, 1h or 3d')
  .transform((text) => Number(text.slice(0, -1)) * units[text.slice(-1) as keyof typeof units])
  .refine((ms) => ms <= longest, 'is longer than 30 days')

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 09:00')

const quiet = z
  .strictObject({
    from: wallTime,
    to: wallTime,
    /** The room's own unless given. */
    timeZone: timeZoneName.optional(),
    weekends: z.boolean().default(false),
  })
  .refine(({ from, to }) => from !== to, 'ends when it begins')

const digest = z.strictObject({
  every: z.enum(['day', 'week']).default('day'),
  at: wallTime.default('09:00'),
  timeZone: timeZoneName.optional(),
})

/** `false` switches off what would be inherited. Unlike a union, it names a fault inside with its own path. */
const orFalse = <T extends z.ZodType>(schema: T) =>
  z.unknown().transform((given, context): z.output<T> | false => {
    if (given === false) return false
    const { data, error } = schema.safeParse(given)
    if (!error) return data
    for (const { path, message } of error.issues) context.addIssue({ code: 'custom', path: [...path], message })
    return z.NEVER
  })

const oneOrMore = <T extends z.ZodType>(word: T) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(word).min(1, 'is empty')).optional()

const word = z.string().min(1, 'is empty')
const audience = z.enum(['desk', 'partner', 'destination-partner'])

/** Every part that is given must match; of several values one is enough. */
const match = z.strictObject({
  /** A kind, `*` for any letters: `template-*`. */
  kind: oneOrMore(word),
  severity: oneOrMore(z.enum(severities)),
  atLeast: z.enum(severities).optional(),
  /** Our id of the partner. */
  partner: oneOrMore(word),
  /** Part of the client's name. */
  client: oneOrMore(word),
  /** A number or its beginning: `+49 30*`. */
  phone: oneOrMore(
    word
      .transform((text) => text.replaceAll(/[^\d*]/g, ''))
      .refine((digits) => digits !== '', 'is no number nor its beginning'),
  ),
  /** `waba:1029384756`, `client:*`. */
  subject: oneOrMore(word),
  /** ISO 3166 code. */
  country: oneOrMore(z.string().regex(/^[A-Za-z]{2}$/, 'is no country code such as DE')),
  /** Part of anything the event says. */
  text: oneOrMore(word),
  /** Whom procedures.md 17 means. */
  audience: oneOrMore(audience),
})

/** What notices can be gathered by. */
const groupings = ['subject', 'kind', 'severity', 'partner', 'topic', 'client', 'country'] as const

const settings = {
  /** Words of `places`, or names of receivers. */
  to: z.array(word).optional(),
  group: z.array(z.enum(groupings)).min(1, 'is empty').optional(),
  wait: duration.optional(),
  interval: duration.optional(),
  repeat: orFalse(duration.refine((ms) => ms >= units.m, 'is shorter than a minute')).optional(),
  remind: orFalse(duration.refine((ms) => ms >= units.m, 'is shorter than a minute')).optional(),
  repeats: z.int().min(0).max(1000).optional(),
  quiet: orFalse(quiet).optional(),
  digest: orFalse(digest).optional(),
  severity: z.enum(severities).optional(),
  /** Texts of one's own by kind. */
  template: z.record(z.string(), z.string().min(1, 'is empty').max(500, 'is longer than 500 letters')).optional(),
}

const rule = z.strictObject({ ...settings, match: match.default({}), continue: z.boolean().default(false) })
export type Route = z.infer<typeof rule> & { routes: Route[] }
const route: z.ZodType<Route> = rule.extend({ routes: z.lazy(() => z.array(route)).default([]) })

const receiver = z
  .strictObject({
    slack: word.optional(),
    telegram: z.int().optional(),
    /** Of a Telegram forum. */
    topic: z.int().positive().optional(),
    /** A Telegram chat of the desk's own people, who may see every partner's notices. */
    desk: z.boolean().default(false),
    timeZone: timeZoneName.optional(),
  })
  .refine(({ slack, telegram }) => (slack === undefined) !== (telegram === undefined), 'needs slack or telegram')
  .refine(({ slack, topic }) => slack === undefined || topic === undefined, 'has a topic, which only Telegram knows')

/** The `notices` part of portdesk.yaml: the tree of routes, whose root takes what no other route takes. */
export const noticesSchema = z.strictObject({
  ...settings,
  receivers: z.record(z.string(), receiver).default({}),
  routes: z.array(route).default([]),
})

export type NoticesConfig = z.infer<typeof noticesSchema>
export type Match = z.infer<typeof match>
export type Grouping = (typeof groupings)[number]
export type RouteSettings = Pick<NoticesConfig, keyof typeof settings>

/**
 * Receivers that need no entry of their own: whom procedures.md 17 means, the desk's channel of alerts, the chats of the
 * notice's own partner, those of the partner that a client moves to.
 */
export const places = ['audience', 'desk', 'partner', 'destination'] as const
