import { z } from 'zod'
import type { Problem } from './facts.ts'

/** What a platform said no with, before anything about the call is added. */
export type Refusal = Pick<Problem, 'kind' | 'code' | 'subcode' | 'words'>

/** What one field of a refusal cannot tell must not hide what the others say. */
const said = z.string().nullish().catch(undefined)

const hubBody = z.looseObject({
  meta: z
    .looseObject({
      developer_message: said,
      details: z.unknown().optional(),
      error_data: z
        .looseObject({ code: z.number().nullish().catch(undefined), real_message: said })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  error: said,
  error_description: said,
})

/** Reads a refusal of the Hub; the status alone decides the kind (platform/360dialog.md 5). */
export function hubRefusal(status: number, body: unknown): Refusal | undefined {
  if (status < 400) return undefined
  const { data } = hubBody.safeParse(body)
  const passedOn = data?.meta?.error_data
  const about = data?.meta?.developer_message ?? data?.error_description ?? data?.error
  const words = passedOn?.real_message ?? [about, ...texts(data?.meta?.details)].filter(Boolean).join(' · ')
  return { kind: byStatus(status), ...code(passedOn?.code), ...(words ? { words } : {}) }
}

/** `details` is a list of texts where it was seen; nobody promises it. */
const texts = (value: unknown): string[] => z.array(z.string()).safeParse(value).data ?? []

const graphBody = z.looseObject({
  error: z.looseObject({
    message: z.string().nullish(),
    code: z.coerce.number().nullish(),
    error_subcode: z.coerce.number().nullish(),
    error_user_msg: z.string().nullish(),
    error_data: z.unknown().optional(),
    is_transient: z.boolean().nullish(),
  }),
})

/** Reads a refusal of Meta; code and subcode decide the kind, then the status (platform/meta.md 6.2). */
export function graphRefusal(status: number, body: unknown): Refusal | undefined {
  const { data } = graphBody.safeParse(body)
  if (data === undefined) return status < 400 ? notDone(body) : { kind: byStatus(status) }
  const { error } = data
  const [first, second] = [error.code ?? undefined, error.error_subcode ?? undefined]
  const words = [error.message, error.error_user_msg, details(error.error_data)].filter(Boolean).join(' · ')
  return {
    kind: graphKind(status, first, second, error.is_transient === true),
    ...code(first),
    ...(second === undefined ? {} : { subcode: second }),
    ...(words === '' ? {} : { words }),
  }
}

/** Meta answers some refusals with HTTP 200 and `success: false`. */
function notDone(body: unknown): Refusal | undefined {
  const refused = z.looseObject({ success: z.literal(false) }).safeParse(body).success
  return refused ? { kind: 'Rejected', words: 'success: false' } : undefined
}

/** Reads a refusal of the Messaging API, which speaks for itself or passes on what Meta said (360dialog.md 6). */
export function messagingRefusal(status: number, body: unknown): Refusal | undefined {
  return graphBody.safeParse(body).success ? graphRefusal(status, body) : hubRefusal(status, body)
}

const limited = new Set([4, 17, 32, 613, 130429, 131056, 133016])
const passing = new Set([1, 2, 131016, 131057, 133004, 2494100])
const absent = new Set([33, 803])
/** Clear refusals that come with HTTP 500: the number must be deregistered, or registered, anew. */
const refused = new Set([131045, 133000])

function graphKind(status: number, code?: number, subcode?: number, transient = false): Problem['kind'] {
  if (transient || has(passing, code) || has(passing, subcode)) return 'Unavailable'
  if (has(refused, code)) return 'Rejected'
  if (has(limited, code) || (code !== undefined && code >= 80000 && code <= 80014)) return 'RateLimited'
  if (code === 0 || code === 190 || code === 3 || code === 10) return 'NotAllowed'
  if (code !== undefined && code >= 200 && code <= 299) return 'NotAllowed'
  if (has(absent, code) || (code === 100 && subcode === 33)) return 'NotFound'
  return byStatus(status)
}

/** Limits of our whole app, not of one account (platform/meta.md 6.2, 6.3). */
export function limitsEveryone(code: number | undefined): boolean {
  return code === 4 || code === 17 || code === 32 || code === 613
}

function byStatus(status: number): Problem['kind'] {
  if (status === 401 || status === 403) return 'NotAllowed'
  if (status === 404) return 'NotFound'
  if (status === 429) return 'RateLimited'
  return status >= 500 ? 'Unavailable' : 'Rejected'
}

function details(data: unknown): string | undefined {
  return typeof data === 'string' ? data : z.looseObject({ details: z.string() }).safeParse(data).data?.details
}

function code(value: number | null | undefined): { code?: number } {
  return value === null || value === undefined ? {} : { code: value }
}

function has(set: Set<number>, value: number | undefined): boolean {
  return value !== undefined && set.has(value)
}
