import { z } from 'zod'
import type { Told } from './notice.ts'
import { splitHub, splitMeta } from './split.ts'

const toldSchema = z.discriminatedUnion('source', [
  z.object({
    source: z.literal('meta'),
    entry: z.string().optional(),
    time: z.number().optional(),
    field: z.string(),
    value: z.unknown(),
  }),
  z.object({ source: z.literal('hub'), id: z.string().optional(), event: z.string(), data: z.unknown() }),
  z.object({ source: z.literal('poll'), event: z.string(), data: z.unknown() }),
])

/**
 * The changes in a payload as a person has it at hand: a post of Meta or of the Hub, one change of it, a change as the
 * inbox keeps it, with its `source`, or a list of these. `undefined` when it is none of them.
 */
export function toldIn(payload: unknown): Told[] | undefined {
  if (Array.isArray(payload)) {
    const parts = payload.map(toldIn)
    return parts.length > 0 && parts.every((part) => part === undefined)
      ? undefined
      : parts.flatMap((part) => part ?? [])
  }
  const kept = toldSchema.safeParse(payload)
  if (kept.success) return [kept.data]
  const changes = splitMeta(payload) ?? splitHub(payload)
  return changes?.map(({ source, body }) => toldSchema.parse({ ...JSON.parse(body), source }))
}
