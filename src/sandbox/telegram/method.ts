import { z } from 'zod'
import { type ApiError, badRequest } from './error.ts'

/** One Bot API method: takes the raw parameters, answers the `result`. `gone` fires when the caller has hung up. */
export type Method = (params: Record<string, unknown>, gone: AbortSignal) => unknown

/** Methods by name. */
export type Methods = Record<string, Method>

/** A method whose parameters fit the schema; others are refused with 400. */
export function method<S extends z.ZodObject>(
  schema: S,
  run: (params: z.output<S>, gone: AbortSignal) => unknown,
): Method {
  return (params, gone) => {
    const parsed = schema.safeParse(params)
    if (!parsed.success) throw refusal(parsed.error.issues[0]?.path ?? [])
    return run(parsed.data, gone)
  }
}

const refusals: Record<string, string> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
  callback_query_id: 'query is too old and response timeout expired or query ID is invalid',
  document: 'there is no document in the request',
  user_id: 'invalid user_id specified',
}

function refusal(path: readonly PropertyKey[]): ApiError {
  const name = String(path[0])
  return badRequest(refusals[name] ?? `can't parse parameter "${path.map(String).join('.')}"`)
}

/** Parameters come as JSON values or, in forms and queries, as strings. */
export const integer = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
  z.number().int(),
)

export const flag = z.preprocess(
  (value) => (typeof value === 'string' ? ['true', 'yes', '1'].includes(value.toLowerCase()) : value),
  z.boolean(),
)

/** A number, or the `@name` of a public chat (the sandbox has none). */
export const chatId = z.union([integer, z.string()])

/** A list or object, in forms as JSON text. */
export function json<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => (typeof value === 'string' ? parseJson(value) : value), schema)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
