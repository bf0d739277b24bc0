import { readFileSync } from 'node:fs'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { noticesSchema } from './notify/route-schema.ts'
import { noticeFaults } from './notify/routing.ts'
import { timeZoneName } from './time.ts'

const language = z.string().default('en')
const timeZone = timeZoneName.default('UTC')
const id = z.string().regex(/^[a-z0-9-]{1,40}$/, 'may hold small letters, digits and dashes')

const deskSchema = z.strictObject({
  slack: z.strictObject({
    /** Channel of the case cards. */
    cases: z.string().min(1),
    /** Channel of the notices. */
    alerts: z.string().min(1),
    language,
    timeZone,
  }),
  people: z
    .array(
      z.strictObject({
        slack: z.string().min(1),
        name: z.string().min(1),
        role: z.enum(['support', 'lead', 'admin']),
        language,
        timeZone,
      }),
    )
    .min(1, 'needs at least one person'),
  partners: z.array(
    z.strictObject({
      id,
      name: z.string().min(1),
      /** 360dialog partner id, and the environment variable that holds its API key. */
      hub: z.strictObject({ partner: z.string().min(1), key: z.string().regex(/^[A-Z][A-Z0-9_]*$/) }),
      /** Meta's id of the partner's business portfolio: tells which accounts were shared with it, and whose credit line pays. */
      metaBusiness: z
        .string()
        .regex(/^\d{5,25}$/, 'is no id of Meta; put it in quotes')
        .optional(),
      /** Meta's ids of the partner's apps: tell which solutions are its own. Without them it is told nothing of a solution. */
      metaApps: z.array(z.string().regex(/^\d{5,25}$/, 'is no id of Meta; put it in quotes')).optional(),
      /** Who pays 360dialog: the clients themselves, or the partner. */
      payment: z.enum(['direct', 'partner']).default('direct'),
      telegram: z.array(
        z.strictObject({
          chat: z.int(),
          members: z.array(z.int()).optional(),
          language,
          timeZone,
          /** The partner's notices come here; into its first chat when none says so. */
          notices: z.boolean().optional(),
        }),
      ),
    }),
  ),
  /** Whether the desk itself may cancel a subscription, for a client that asked for it (procedures.md 7 ca-s2b). */
  cancellation: z.strictObject({ byApi: z.boolean().default(false) }).optional(),
  /** Whether support has to agree before a new API key is made (procedures.md 6 ak-s4). */
  apiKey: z.strictObject({ approval: z.boolean().default(true) }).optional(),
  /** Which notices go where, and how they are told there (docs/notices.md). */
  notices: noticesSchema.optional(),
})

/** People, partners and rooms of this desk: `portdesk.yaml`. */
export type DeskConfig = z.infer<typeof deskSchema>

const port = z.coerce.number().int().min(0).max(65_535)
const url = z.url()
const secret = z.string().min(8, 'is too short for a secret')
/** Two during a rotation, separated by a comma. */
const secrets = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(secret))

const header = z
  .string()
  .regex(/^[\w-]+:\s*\S{8,}$/, 'is no "Name: value" with a value of at least 8 letters')
  .transform((text) => {
    const colon = text.indexOf(':')
    return { name: text.slice(0, colon).toLowerCase(), value: text.slice(colon + 1).trim() }
  })

const networks = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], 'holds what is no address or network')))

const envSchema = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().default('127.0.0.1'),
    /** Where the platforms reach this desk; with it, Telegram sends by webhook instead of being polled. */
    PUBLIC_URL: url.optional(),
    DATA_DIR: z.string().default('data'),
    DATABASE_URL: z.string().optional(),
    REDIS_URL: z.string().optional(),
    LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    PORTDESK_CONFIG: z.string().default('portdesk.yaml'),
    /** A clock to follow instead of the machine's own, for drills. */
    CLOCK_URL: url.optional(),
    SLACK_API_URL: url.default('https://slack.com/api/'),
    SLACK_BOT_TOKEN: secret,
    SLACK_SIGNING_SECRET: secrets.optional(),
    /** With it and without a signing secret, Slack is reached by Socket Mode. */
    SLACK_APP_TOKEN: secret.optional(),
    SLACK_MODE: z.enum(['http', 'socket']).optional(),
    TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
    TELEGRAM_BOT_TOKEN: secret,
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,256}$/)
      .optional(),
    HUB_API_URL: url.default('https://hub.360dialog.io/api/v2'),
    HUB_WEBHOOK_SECRET: secrets.optional(),
    /** `Name: value`, sent along with every webhook of the Hub, by a proxy for one. */
    HUB_WEBHOOK_HEADER: header.optional(),
    /** From where the Hub's webhooks may come: addresses and networks, separated by commas. */
    HUB_WEBHOOK_ADDRESSES: networks.optional(),
    GRAPH_API_URL: url.default('https://graph.facebook.com'),
    GRAPH_VERSION: z
      .string()
      .regex(/^v\d+\.\d+$/)
      .default('v26.0'),
    GRAPH_TOKEN: secret.optional(),
    /** Our app at Meta: its solutions are suggested. */
    META_APP_ID: z
      .string()
      .regex(/^\d{5,25}$/, 'is no id of Meta')
      .optional(),
    META_APP_SECRET: secrets.optional(),
    META_VERIFY_TOKEN: secret.optional(),
    /** Called each minute while nothing is late, so that a monitor elsewhere speaks up when that stops. */
    HEARTBEAT_URL: url.optional(),
    /** `host:port`, separated by commas: may be looked at as a client's website although they are not public. */
    WEBSITE_PROBE_ALLOW: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
      .pipe(z.array(z.string().regex(/^(\[[\da-f:.]+\]|[^\s:/]+):\d{1,5}$/, 'is no host:port')))
      .default([]),
  })
  .superRefine((env, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const socket = env.SLACK_MODE === 'socket' || (!env.SLACK_MODE && !env.SLACK_SIGNING_SECRET)
    if (socket && !env.SLACK_APP_TOKEN)
      complain('SLACK_SIGNING_SECRET', 'is missing (or SLACK_APP_TOKEN for Socket Mode)')
    if (!socket && !env.SLACK_SIGNING_SECRET) complain('SLACK_SIGNING_SECRET', 'is missing')
    if (env.PUBLIC_URL && !env.TELEGRAM_WEBHOOK_SECRET) {
      complain(
        'TELEGRAM_WEBHOOK_SECRET',
        'is missing; Telegram sends it with every webhook, so make up 32 random letters',
      )
    }
  })

export type Env = z.infer<typeof envSchema>

/** Everything Portdesk is told from outside. */
export interface Config {
  env: Env
  desk: DeskConfig
  /** Hub API key by our partner id. */
  hubKeys: Record<string, string>
}

/** What is wrong with the set-up, one line a fault, each with its path. */
export class ConfigError extends Error {
  constructor(lines: string[]) {
    super(
      `The set-up has ${lines.length === 1 ? 'a fault' : 'faults'}:\n${lines.map((line) => `  - ${line}`).join('\n')}`,
    )
    this.name = 'ConfigError'
  }
}

/**
 * Reads the environment and `portdesk.yaml`.
 * @throws ConfigError naming every fault with its path; values are never shown, they may be secret.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = envSchema.safeParse(withoutEmpty(environment))
  const lines = parsed.success ? [] : parsed.error.issues.map(describe)
  const file = environment.PORTDESK_CONFIG || 'portdesk.yaml'
  const desk = readDesk(file, lines)
  const hubKeys: Record<string, string> = {}
  for (const partner of desk?.partners ?? []) {
    const key = environment[partner.hub.key]
    if (key) hubKeys[partner.id] = key
    else lines.push(`${partner.hub.key} is missing: the Hub API key of ${partner.name} (${file})`)
  }
  if (!parsed.success || !desk || lines.length) throw new ConfigError(lines)
  return { env: parsed.data, desk, hubKeys }
}

/** Reads `portdesk.yaml` alone. @throws ConfigError */
export function readDeskConfig(environment: NodeJS.ProcessEnv): DeskConfig {
  const lines: string[] = []
  const desk = readDesk(environment.PORTDESK_CONFIG || 'portdesk.yaml', lines)
  if (!desk || lines.length) throw new ConfigError(lines)
  return desk
}

function readDesk(file: string, lines: string[]): DeskConfig | undefined {
  const complain = (line: string) => void lines.push(`${file}: ${line}`)
  let raw: unknown
  try {
    raw = parseYaml(readFileSync(file, 'utf8'))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    complain(
      missing ? 'is not there; copy portdesk.example.yaml and fill it in' : `cannot be read: ${firstLine(error)}`,
    )
    return undefined
  }
  const parsed = deskSchema.safeParse(raw)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) complain(describe(issue))
    return undefined
  }
  const { partners, people } = parsed.data
  for (const chat of twice(partners.flatMap(({ telegram }) => telegram.map(({ chat }) => chat)))) {
    complain(`the Telegram chat ${chat} belongs to two partners; a chat may belong to one only`)
  }
  for (const id of twice(partners.map(({ id }) => id))) complain(`two partners have the id ${id}`)
  for (const id of twice(people.map(({ slack }) => slack))) complain(`the Slack user ${id} stands there twice`)
  for (const fault of noticeFaults(parsed.data)) complain(fault)
  return parsed.data
}

const twice = <T>(values: readonly T[]): T[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
]

/** A parser's complaint without the lines of the file that it quotes. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.') || 'the file'
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  return missing ? `${path} is missing` : `${path} ${issue.message}`
}

/** `KEY=` in a .env file means "not set". */
function withoutEmpty(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])))
}
