import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A keyed table of plain JSON values. Iterates in the order in which keys were first set. */
export interface Table<T> {
  get(key: string): T | undefined
  set(key: string, value: T): void
  delete(key: string): void
  values(): T[]
}

export interface Journal {
  /** The table of that name; every caller that names it gets the same one. */
  table<T>(name: string): Table<T>
}

type Line = [table: string, key: string, value?: unknown]

/**
 * The sandbox's memory: tables that are written to an append-only file before a fake platform answers, so that the
 * outside world outlives a `kill -9` as the real one would. Without a file it lives in memory only.
 */
export function openJournal(file?: string): Journal {
  const tables = new Map<string, Map<string, unknown>>()
  const rows = (name: string) => {
    const known = tables.get(name)
    if (known) return known
    const made = new Map<string, unknown>()
    tables.set(name, made)
    return made
  }
  if (file) restore(file, rows, tables)
  const write = (line: Line) => {
    if (file) appendFileSync(file, `${JSON.stringify(line)}\n`)
  }
  return {
    table<T>(name: string): Table<T> {
      const map = rows(name) as Map<string, T>
      return {
        get: (key) => map.get(key),
        set(key, value) {
          map.set(key, value)
          write([name, key, value])
        },
        delete(key) {
          if (map.delete(key)) write([name, key])
        },
        values: () => [...map.values()],
      }
    },
  }
}

/** Reads the file (a torn last line is dropped) and rewrites it with one line per row. */
function restore(
  file: string,
  rows: (name: string) => Map<string, unknown>,
  tables: Map<string, Map<string, unknown>>,
) {
  mkdirSync(dirname(file), { recursive: true })
  if (existsSync(file)) {
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      const line = parse(text)
      if (!line) continue
      const [table, key, value] = line
      if (line.length === 3) rows(table).set(key, value)
      else rows(table).delete(key)
    }
  }
  const lines = [...tables].flatMap(([name, map]) => [...map].map(([key, value]) => JSON.stringify([name, key, value])))
  writeFileSync(`${file}.new`, lines.length ? `${lines.join('\n')}\n` : '')
  renameSync(`${file}.new`, file)
}

function parse(text: string): Line | undefined {
  try {
    return text ? (JSON.parse(text) as Line) : undefined
  } catch {
    return undefined
  }
}
