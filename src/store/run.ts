import type { Orm } from './db.ts'

export type Row = Record<string, unknown>

/** What both drivers answer to a plain statement. */
export interface Answer {
  rows: Row[]
  fields: { name: string; dataTypeID: number }[]
}

/** PostgreSQL's type numbers of the columns whose JavaScript shape the two drivers disagree about. */
const BIGINT = 20
const NUMERIC = 1700
const TIMESTAMPTZ = 1184

/**
 * Runs one plain statement on a database or transaction handle, with the same row shapes on both drivers. A server keeps
 * a statement that has a name parsed and planned, for each connection.
 */
export async function runOn(on: Orm, sql: string, params: unknown[] = [], name?: string): Promise<Row[]> {
  const query = on._.session.prepareQuery({ sql, params }, undefined, name, false)
  const answer: unknown = await query.execute()
  if (!isAnswer(answer)) throw new Error('The database driver answered in an unknown shape')
  return rowsOf(answer)
}

/** The rows of an answer with the same shapes on both drivers. */
export function rowsOf({ rows, fields }: Answer): Row[] {
  for (const { name, dataTypeID } of fields) {
    if (dataTypeID !== BIGINT && dataTypeID !== NUMERIC && dataTypeID !== TIMESTAMPTZ) continue
    const read = dataTypeID === TIMESTAMPTZ ? asDate : asNumber
    for (const row of rows) row[name] = read(row[name])
  }
  return rows
}

function asDate(value: unknown): unknown {
  return typeof value === 'string' ? new Date(value) : value
}

/** Whole numbers only: a text stays a text when a number could not hold all of it. */
function asNumber(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'bigint') return value
  const text = String(value)
  return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'rows' in value && 'fields' in value
}
