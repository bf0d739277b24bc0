import { z } from 'zod'
import type { Http } from './http.ts'
import { maybeNumber } from './loose.ts'

type Filters = Record<string, string>

const envelopeKeys = new Set(['count', 'filters', 'limit', 'offset', 'sort', 'total', 'meta'])

/** Reads one page in the Hub's envelope; the rows stand under `collection` (platform/360dialog.md 2.0). */
function page<T>(row: z.ZodType<T>, collection: string) {
  return z
    .looseObject({ total: maybeNumber, [collection]: z.array(row) })
    .transform((body) => ({ total: body.total as number | undefined, rows: body[collection] as T[] }))
}

/** Rows of an answer whose collection nobody named: the answer itself, or the only array in it. */
export function onlyArray<T>(row: z.ZodType<T>): z.ZodType<T[]> {
  const inside = z.looseObject({}).transform((body, context) => {
    const arrays = Object.entries(body).filter(([key, value]) => !envelopeKeys.has(key) && Array.isArray(value))
    if (arrays.length === 1) return arrays[0]?.[1]
    context.addIssue({ code: 'custom', message: `expected one list, found ${arrays.length}` })
    return z.NEVER
  })
  return z.union([z.array(z.unknown()), inside]).pipe(z.array(row))
}

const mostPages = 500

/**
 * Walks a list page by page. Never trusts `count`; goes on by what came, and stops at `total`, at a short page, or when a
 * page brings nothing new.
 */
export async function* rows<T>(
  http: Http,
  path: string,
  list: { row: z.ZodType<T>; collection: string; key: (row: T) => string; filters?: Filters; limit?: number },
): AsyncGenerator<T> {
  const { row, collection, key, filters, limit = 200 } = list
  const schema = page(row, collection)
  const seen = new Set<string>()
  let offset = 0
  for (let turn = 0; turn < mostPages; turn += 1) {
    const params = { limit, offset, ...(filters === undefined ? {} : { filters: JSON.stringify(filters) }) }
    const answer = await http.get(path, { schema, params })
    const fresh = answer.rows.filter((one) => !seen.has(key(one)))
    for (const one of fresh) seen.add(key(one))
    yield* fresh
    offset += answer.rows.length
    const last = answer.total === undefined ? answer.rows.length < limit : offset >= answer.total
    if (last || fresh.length === 0) return
  }
}

/** All rows of a walk. */
export async function all<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const row of walk) found.push(row)
  return found
}
