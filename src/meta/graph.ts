import type { z } from 'zod'
import type { Account, Business, PhoneNumber } from './facts.ts'
import type { Node } from './graph-shapes.ts'
import * as shapes from './graph-shapes.ts'
import { type Log, platformHttp } from './http.ts'
import { pathOf } from './path.ts'
import { PlatformError } from './problem.ts'

export interface GraphOptions {
  /** Without a version. */
  baseUrl: string
  version?: string
  token: string
  now: () => number
  log?: Log | undefined
  sleep?: (ms: number) => Promise<unknown>
}

/** What our token may see at Meta. Throws `PlatformError`, also when a node is not there or not visible. */
export interface Graph {
  /** MK-PN. */
  phoneNumber(id: string): Promise<PhoneNumber>
  /** MK-PNS, all pages. */
  phoneNumbersOfWaba(wabaId: string): Promise<PhoneNumber[]>
  /** MK-WABA. */
  account(wabaId: string): Promise<Account>
  /** MK-BIZ. */
  business(id: string): Promise<Business>
}

const mostPages = 50

/** A client of Meta's Graph API (procedures.md 0.5). */
export function graphClient(options: GraphOptions): Graph {
  const { baseUrl, version = 'v26.0', token, now, log, sleep } = options
  const auth = () => ({ authorization: `Bearer ${token}` })
  const http = platformHttp({
    platform: 'graph',
    baseUrl: `${baseUrl}/${version}`,
    auth,
    now,
    log,
    ...(sleep === undefined ? {} : { sleep }),
  })
  const at = (...segments: string[]) => pathOf('graph', ...segments)
  const notServed = new Set<string>()

  /**
   * Asks for the node's fields. Versions drop fields and refuse the whole read when one is asked for; such a field is left
   * out from then on, and is unknown to everyone who asks.
   */
  async function get<T>(path: string, node: Node<unknown>, schema: z.ZodType<T>, params = {}): Promise<T> {
    const fields = node.fields.filter((field) => !notServed.has(field))
    try {
      return await http.get(path, { schema, params: { fields: fields.join(','), ...params } })
    } catch (error) {
      const field = refusedField(error)
      if (field === undefined || !fields.includes(field)) throw error
      log?.warn({ field, version }, 'Meta does not serve this field any more')
      notServed.add(field)
      return get(path, node, schema, params)
    }
  }

  const read = async <T>(node: Node<T>, id: string) => get(at(id), node, node.schema)

  return {
    phoneNumber: (id) => read(shapes.phoneNumber, id),
    async phoneNumbersOfWaba(wabaId) {
      const found: PhoneNumber[] = []
      let after: string | undefined
      for (let turn = 0; turn < mostPages; turn += 1) {
        const params = { limit: 100, after }
        const schema = shapes.edge(shapes.phoneNumber.schema)
        const page = await get(at(wabaId, 'phone_numbers'), shapes.phoneNumber, schema, params)
        found.push(...page.data)
        after = page.after
        if (after === undefined) break
      }
      return found
    },
    account: (wabaId) => read(shapes.account, wabaId),
    business: (id) => read(shapes.business, id),
  }
}

function refusedField(error: unknown): string | undefined {
  if (!(error instanceof PlatformError) || error.problem.code !== 100) return undefined
  return /nonexisting field \((\w+)\)/i.exec(error.problem.words ?? '')?.[1]
}
