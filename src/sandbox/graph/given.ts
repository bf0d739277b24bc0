import type { Context } from 'hono'
import type { z } from 'zod'
import type { Bindings } from '../world/door.ts'
import { badParameter } from './answers.ts'

/** What a call carries, in its query, a form or JSON: Meta takes all three (meta.md 3). Nested JSON in text is read. */
export async function given(c: Context<Bindings>): Promise<Record<string, unknown>> {
  const query = Object.fromEntries(Object.entries(c.req.query()).map(([key, text]) => [key, plain(text)]))
  const text = await c.req.text()
  if (!text) return query
  const json = parsed(text)
  if (typeof json === 'object' && json !== null) return { ...query, ...json }
  const form = [...new URLSearchParams(text)].map(([key, value]) => [key, plain(value)] as const)
  return { ...query, ...Object.fromEntries(form) }
}

/** `['MANAGE']` and `["MANAGE"]` are lists, `{"a":1}` is an object; everything else stays text. */
function plain(text: string): unknown {
  if (!/^[[{]/.test(text)) return text
  return parsed(text) ?? parsed(text.replaceAll("'", '"')) ?? text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is given in the shape of the schema, or Meta's complaint about the first field that is not. */
export async function read<S extends z.ZodType>(
  c: Context<Bindings>,
  schema: S,
): Promise<{ value: z.output<S> } | { wrong: Response }> {
  const result = schema.safeParse(await given(c))
  if (result.success) return { value: result.data }
  const [issue] = result.error.issues
  const name = issue?.path.join('.') ?? ''
  return { wrong: badParameter(c, `The parameter ${name} is required or wrong: ${issue?.message ?? ''}`) }
}
