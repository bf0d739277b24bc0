import { z } from 'zod'
import { SlackError } from './errors.ts'
import { type Json, parsed } from './json.ts'
import type { Tier } from './limits.ts'

/** A Web API method. */
export interface Method {
  tier: Tier
  /** Names of the arguments that must be there. */
  required: string[]
  /** @throws SlackError as Slack would refuse. */
  run(args: unknown): Json
}

/** A method whose arguments have that shape. */
export function method<S extends z.ZodRawShape>(
  tier: Tier,
  args: z.ZodObject<S>,
  run: (args: z.infer<z.ZodObject<S>>) => Json,
): Method {
  const fields: [string, z.core.$ZodType][] = Object.entries(args.shape)
  return {
    tier,
    required: fields.filter(([, field]) => !z.safeParse(field, undefined).success).map(([name]) => name),
    run(given) {
      const read = args.safeParse(given)
      if (!read.success) throw new SlackError('invalid_arguments', read.error.issues.map(complaint))
      return run(read.data)
    },
  }
}

function complaint({ path, message, code, ...issue }: z.core.$ZodIssue): string {
  const missing = code === 'invalid_type' && (!('input' in issue) || issue.input === undefined)
  return missing && path.length === 1 && /received undefined/.test(message)
    ? `[ERROR] missing required field: ${String(path[0])}`
    : `[ERROR] ${message} [json-pointer:/${path.join('/')}]`
}

/** Text that must be there. */
export const needed = z.string().min(1)
/** Text that may be left out; an empty one counts as left out. */
export const optional = z
  .string()
  .optional()
  .transform((text) => text || undefined)
/** A boolean, also as the text of a form. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')])
  .default(false)
/** A page size, also as the text of a form. */
export const pageSize = (usual: number) => z.coerce.number().int().min(1).max(1000).default(usual)
/** JSON, also as the text of a form; what is no JSON stays text, for the method to refuse. */
export const json = z.preprocess((value) => (typeof value === 'string' ? (parsed(value) ?? value) : value), z.unknown())

/** The part of a list that a cursor and a limit ask for, and the next cursor (empty at the end). */
export function page<T>(items: T[], { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const start = cursor ? Number(Buffer.from(cursor, 'base64url').toString().replace('at:', '')) : 0
  if (!Number.isInteger(start) || start < 0) throw new SlackError('invalid_cursor')
  const end = start + limit
  const next_cursor = end < items.length ? Buffer.from(`at:${end}`).toString('base64url') : ''
  return { items: items.slice(start, end), response_metadata: { next_cursor } }
}
