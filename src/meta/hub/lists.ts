import { z } from 'zod'
import type { Call, Http } from '../http.ts'
import { maybeNumber } from '../loose.ts'
import { PlatformError } from '../problem.ts'

/** How to walk a list (platform/360dialog.md 2.0). */
export interface ListQuery {
  /** Equality, with dotted keys for nested fields; operators are not documented. */
  filters?: Record<string, string | number | boolean | null>
  /** One field, `-` in front for descending; how the Hub takes several is not documented. */
  sort?: string
  /** Rows in one page. */
  limit?: number
  /** Hears how many rows the Hub says there are. */
  total?: (count: number) => void
}

const envelopeKeys = new Set(['count', 'filters', 'limit', 'offset', 'sort', 'total', 'meta'])

interface Page<T> {
  total?: number | undefined
  rows: T[]
}

/** Reads one page in the Hub's envelope; the rows stand under `collection`, or in the only list when nobody named it. */
function page<T>(row: z.ZodType<T>, collection: string | undefined): z.ZodType<Page<T>> {
  const rows = collection === undefined ? onlyArray(row) : z.array(row)
  return z.looseObject({ total: maybeNumber }).transform((body, context): Page<T> => {
    const found = rows.safeParse(collection === undefined ? body : body[collection])
    if (found.success) return { total: body.total, rows: found.data }
    const under = collection === undefined ? [] : [collection]
    for (const issue of found.error.issues) context.addIssue({ ...issue, path: [...under, ...issue.path] })
    return z.NEVER
  })
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

export interface List<T> extends ListQuery {
  row: z.ZodType<T>
  /** Where the rows stand; without it, in the only list of the answer. */
  collection?: string
  key: (row: T) => string
  call?: Pick<Call<unknown>, 'pace' | 'account'>
}

const mostPages = 500

/**
 * Walks a list page by page. Never trusts `count`; goes on by what came, and stops at `total`, at a short page, or when a
 * page brings nothing new.
 *
 * @throws PlatformError, also when the list does not end after 500 pages.
 */
export async function* rows<T>(http: Http, path: string, list: List<T>): AsyncGenerator<T> {
  const { row, collection, key, filters, sort, limit = 200, total, call } = list
  const schema = page(row, collection)
  const seen = new Set<string>()
  let offset = 0
  for (let turn = 0; turn < mostPages; turn += 1) {
    const params = { limit, offset, sort, filters: filters && JSON.stringify(filters) }
    const answer = await http.get(path, { schema, params, ...call })
    const fresh = answer.rows.filter((one) => !seen.has(key(one)))
    for (const one of fresh) seen.add(key(one))
    yield* fresh
    offset += answer.rows.length
    if (answer.total !== undefined) total?.(answer.total)
    const last = answer.total === undefined ? answer.rows.length < limit : offset >= answer.total
    if (last || fresh.length === 0) return
  }
  throw new PlatformError({ kind: 'Unavailable', asked: 'a list of hub', answered: `no end after ${mostPages} pages` })
}

/** All rows of a walk. */
export async function all<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const row of walk) found.push(row)
  return found
}
