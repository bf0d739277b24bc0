import { z } from 'zod'
import type { Call, Change, Http, Log } from '../http.ts'
import { maybeText } from '../loose.ts'
import { pathOf } from '../path.ts'
import { PlatformError } from '../problem.ts'

/** One node: which fields to ask for, and how to read what comes. Every field but `id` may be missing. */
export interface Node<T> {
  fields: readonly string[]
  schema: z.ZodType<T>
}

type Params = Record<string, string | number | undefined>

/** What every group of the Graph client talks through. Ids are checked before they become part of a path. */
export interface GraphLine {
  /** One node, with the fields that this version serves. */
  node<T>(id: string, node: Node<T>): Promise<T>
  /** Every node at an edge, page by page. */
  walk<T>(id: string, edge: string, node: Node<T>, params?: Params): AsyncGenerator<T>
  get<T>(segments: string[], call: Call<T> & { safe?: boolean }): Promise<T>
  post<T>(segments: string[], call: Change<T>): Promise<T>
  delete<T>(segments: string[], call: Change<T>): Promise<T>
  /** A change that answers no more than `{"success": true}`. */
  change(segments: string[], call?: Omit<Change<unknown>, 'schema'>): Promise<void>
  remove(segments: string[], call?: Omit<Change<unknown>, 'schema'>): Promise<void>
}

const mostPages = 200

export function graphLine({ http, version, log }: { http: Http; version: string; log?: Log | undefined }): GraphLine {
  const notServed = new Set<string>()
  /** Meta counts calls per WABA; the node of the path is what we know, and the answer names the WABA. */
  const about = ([id = ''] = [] as string[]) => ({ account: id })

  /**
   * Asks for the node's fields. Versions drop fields and refuse the whole read when one is asked for; such a field is left
   * out from then on, and is unknown to everyone who asks.
   */
  async function get<T>(
    segments: string[],
    node: Node<unknown>,
    schema: z.ZodType<T>,
    params: Params = {},
  ): Promise<T> {
    const fields = node.fields.filter((field) => !notServed.has(field))
    try {
      const asked = { fields: fields.join(','), ...params }
      return await http.get(pathOf('graph', ...segments), { schema, params: asked, ...about(segments) })
    } catch (error) {
      const field = refusedField(error)
      if (field === undefined || !fields.includes(field)) throw error
      log?.warn({ field, version }, 'Meta does not serve this field any more')
      notServed.add(field)
      return get(segments, node, schema, params)
    }
  }

  async function* walk<T>(id: string, name: string, node: Node<T>, params: Params = {}): AsyncGenerator<T> {
    const schema = edge(node.schema)
    let after: string | undefined
    for (let turn = 0; turn < mostPages; turn += 1) {
      const page = await get([id, name], node, schema, { limit: 100, ...params, after })
      yield* page.data
      if (page.after === undefined) return
      if (page.after === after) break
      after = page.after
    }
    throw new PlatformError({
      kind: 'Unavailable',
      asked: `GET graph /${id}/${name}`,
      answered: 'a list without an end',
    })
  }

  const post: GraphLine['post'] = async (segments, call) =>
    http.post(pathOf('graph', ...segments), { ...about(segments), ...call })
  const remove: GraphLine['delete'] = async (segments, call) =>
    http.delete(pathOf('graph', ...segments), { ...about(segments), ...call })
  return {
    node: async (id, node) => get([id], node, node.schema),
    walk,
    get: async (segments, call) => http.get(pathOf('graph', ...segments), { ...about(segments), ...call }),
    post,
    delete: remove,
    change: async (segments, call) => {
      await post(segments, { ...call, schema: success })
    },
    remove: async (segments, call) => {
      await remove(segments, { ...call, schema: success })
    },
  }
}

/** `{"success": true}`; what says `false` is taken for a refusal before it gets here. */
const success = z.looseObject({ success: z.literal(true) })

/** The id of what was made. */
export const madeId = z
  .looseObject({ id: z.union([z.string().min(1), z.number()]).transform(String) })
  .transform((row) => row.id)

/** One page of an edge; the way on is a cursor, because the ready-made `next` address carries the token. */
function edge<T>(schema: z.ZodType<T>) {
  return z
    .looseObject({
      data: z.array(schema),
      paging: z.looseObject({ cursors: z.looseObject({ after: maybeText }).nullish(), next: maybeText }).nullish(),
    })
    .transform(({ data, paging }) => ({
      data,
      after: paging?.next === undefined ? undefined : paging.cursors?.after,
    }))
}

function refusedField(error: unknown): string | undefined {
  if (!(error instanceof PlatformError) || error.problem.code !== 100) return undefined
  return /nonexisting field \((\w+)\)/i.exec(error.problem.words ?? '')?.[1]
}

/** All of a walk. */
export async function everyone<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of walk) found.push(one)
  return found
}
