import type { Orm } from './db.ts'

export type Row = Record<string, unknown>

/** What the driver answers to a plain statement. */
interface Answer {
  rows: Row[]
  fields: { name: string; dataTypeID: number }[]
}

/** PostgreSQL's type numbers of the columns that come as text. */
const BIGINT = 20
const NUMERIC = 1700
const TIMESTAMPTZ = 1184

/**
 * Runs one plain statement on a database or transaction handle. A statement that has a name stays parsed and planned, for
 * each connection.
 */
export async function runOn(on: Orm, sql: string, params: unknown[] = [], name?: string): Promise<Row[]> {
  const query = on._.session.prepareQuery({ sql, params }, undefined, name, false)
  const answer: unknown = await query.execute()
  if (!isAnswer(answer)) throw new Error('The database driver answered in an unknown shape')
  for (const { name, dataTypeID } of answer.fields) {
    if (dataTypeID !== BIGINT && dataTypeID !== NUMERIC && dataTypeID !== TIMESTAMPTZ) continue
    const read = dataTypeID === TIMESTAMPTZ ? asDate : asNumber
    for (const row of answer.rows) row[name] = read(row[name])
  }
  return answer.rows
}

function asDate(value: unknown): unknown {
  return typeof value === 'string' ? new Date(value) : value
}

/** Whole numbers only: a text stays a text when a number could not hold all of it. */
function asNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+$/.test(value) && Number.isSafeInteger(Number(value))
    ? Number(value)
    : value
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'rows' in value && 'fields' in value
}
