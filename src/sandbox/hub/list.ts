import type { Context } from 'hono'
import { z } from 'zod'
import type { Bindings } from '../world/door.ts'
import { answer, wrongPayload } from './answers.ts'

type Row = Record<string, unknown>

export interface ListOptions {
  /** The key of the rows in the envelope. */
  collection: string
  rows: Row[]
  filterKeys: string[]
  /** A filter key that is spelt differently from the field it looks at. */
  aliases?: Record<string, string>
  /** Texts that the filter `q` looks into. */
  searched?: string[]
}

const paging = z.object({
  limit: z.coerce.number().int().nonnegative().default(1000),
  offset: z.coerce.number().int().nonnegative().default(0),
})
const filterShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** Answers a list: `limit`, `offset`, `sort` and `filters` as in 360dialog.md 2.0, in the common envelope. */
export function list(c: Context<Bindings>, options: ListOptions): Response {
  const page = paging.safeParse({ limit: c.req.query('limit'), offset: c.req.query('offset') })
  if (!page.success) return wrongPayload(c, 'limit and offset are whole numbers')
  const filters = readFilters(c.req.query('filters'))
  if (!filters) return wrongPayload(c, 'filters is a flat JSON object')
  const unknown = Object.keys(filters).find((key) => !options.filterKeys.includes(key))
  if (unknown) return wrongPayload(c, `filters: unknown field ${unknown}`)
  const sort = readSort(c)
  const wrong = sort.find((key) => !sortable(key.replace(/^-/, ''), options))
  if (wrong) return wrongPayload(c, `sort: unknown field ${wrong}`)

  const hits = options.rows.filter((row) =>
    Object.entries(filters).every(([key, value]) => matches(row, key, value, options)),
  )
  const rows = hits.sort(by(sort)).slice(page.data.offset, page.data.offset + page.data.limit)
  return answer(c, { ...page.data, count: rows.length, filters, sort, total: hits.length, [options.collection]: rows })
}

function readFilters(text = ''): z.infer<typeof filterShape> | undefined {
  if (!text) return {}
  try {
    return filterShape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** `sort=a,-b`, or repeated; nothing sorts by `id`, a lone `-` does not sort. */
function readSort(c: Context<Bindings>): string[] {
  const given = c.req.queries('sort') ?? ['id']
  return given.flatMap((keys) => keys.split(',')).filter((key) => key !== '' && key !== '-')
}

const sortable = (key: string, { rows, filterKeys }: ListOptions) =>
  (key !== 'q' && filterKeys.includes(key)) || rows.length === 0 || rows.some((row) => at(row, key) !== undefined)

function matches(row: Row, key: string, wanted: unknown, { aliases = {}, searched = [] }: ListOptions): boolean {
  if (key === 'q') return searched.some((path) => fold(at(row, path)).includes(fold(wanted)))
  const value = at(row, aliases[key] ?? key) ?? null
  return value === wanted || (value !== null && wanted !== null && String(value) === String(wanted))
}

const fold = (value: unknown) => String(value ?? '').toLowerCase()

/** The value at a dotted path. */
function at(row: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRow(value) ? value[key] : undefined), row)
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

function by(sort: string[]) {
  return (a: Row, b: Row) => {
    for (const key of sort) {
      const [left, right] = [a, b].map((row) => at(row, key.replace(/^-/, '')) ?? '')
      const order = compare(left, right)
      if (order !== 0) return key.startsWith('-') ? -order : order
    }
    return 0
  }
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
