import { type PGlite, parse, protocol } from '@electric-sql/pglite'
import type { Answer } from './run.ts'

const { serialize } = protocol
type Value = string | Uint8Array | null

/** PostgreSQL's type number of text. */
const text = 25
/** From so many characters on, text is worth a buffer of its own. */
const longText = 256

/** A statement that the embedded database has parsed and planned. */
interface Prepared {
  name: string
  /** PostgreSQL's type numbers of the parameters. */
  types: number[]
}

/**
 * Runs plain statements on the embedded database, each parsed and planned once for the life of the process: inside WASM
 * that costs several times what running a short statement does. Waits its turn like PGlite's own `query`; not for use
 * inside a transaction. Every text stays prepared for good, so values belong into the parameters.
 */
export function preparing(pglite: PGlite): (sql: string, params: readonly unknown[]) => Promise<Answer> {
  const known = new Map<string, Prepared>()

  const prepare = async (sql: string): Promise<Prepared> => {
    const name = `s${known.size}`
    try {
      await pglite.execProtocol(serialize.parse({ name, text: sql }))
      const { messages } = await pglite.execProtocol(serialize.describe({ type: 'S', name }))
      const prepared = { name, types: parse.parseDescribeStatementResults(messages) }
      known.set(sql, prepared)
      return prepared
    } finally {
      await pglite.execProtocol(serialize.sync())
    }
  }

  const written = (value: unknown, type: number | undefined): Value => {
    if (value === null || value === undefined) return null
    const serializer = type === undefined ? undefined : pglite.serializers[type]
    const plain = serializer ? serializer(value) : String(value)
    // PGlite counts the bytes of a text character by character; as bytes it is taken as it is.
    return type === text && plain.length > longText ? Buffer.from(plain) : plain
  }

  return (sql, params) =>
    pglite._runExclusiveTransaction(() =>
      pglite._runExclusiveQuery(async () => {
        const { name, types } = known.get(sql) ?? (await prepare(sql))
        const values = params.map((value, index) => written(value, types[index]))
        const run = Buffer.concat([
          serialize.bind({ statement: name, values }),
          serialize.describe({ type: 'P' }),
          serialize.execute({}),
          serialize.sync(),
        ])
        const { messages } = await pglite.execProtocol(run)
        const [answer] = parse.parseResults(messages, pglite.parsers)
        return answer as Answer
      }),
    )
}
