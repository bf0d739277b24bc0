import type { Context } from 'hono'

/** The parameters of a call: query first, then JSON, form or multipart body. */
export async function readParams(c: Context): Promise<Record<string, unknown>> {
  const query = c.req.query()
  const type = c.req.header('content-type') ?? ''
  if (c.req.method === 'GET') return query
  if (type.includes('json')) return { ...query, ...record(await c.req.json().catch(() => undefined)) }
  if (type.includes('form')) return { ...query, ...attach(await c.req.parseBody()) }
  return query
}

/** A copy for the call log: files become their name and size. */
export function withoutFiles(params: Record<string, unknown>): Record<string, unknown> {
  const seen = ([key, value]: [string, unknown]) => [
    key,
    value instanceof File ? { file: value.name, size: value.size } : value,
  ]
  return Object.fromEntries(Object.entries(params).map(seen))
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** Puts uploaded parts where `attach://name` points to them. */
function attach(form: Record<string, unknown>): Record<string, unknown> {
  const used = new Set<string>()
  const resolved = Object.entries(form).map(([key, value]) => {
    const part = typeof value === 'string' && value.startsWith('attach://') ? value.slice(9) : undefined
    if (part === undefined || !(form[part] instanceof File)) return [key, value] as const
    used.add(part)
    return [key, form[part]] as const
  })
  return Object.fromEntries(resolved.filter(([key]) => !used.has(key)))
}
