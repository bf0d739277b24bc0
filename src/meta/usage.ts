import { z } from 'zod'

const counts = z.looseObject({
  call_count: z.number().optional(),
  total_cputime: z.number().optional(),
  total_time: z.number().optional(),
  estimated_time_to_regain_access: z.number().optional(),
})
const businessUsage = z.record(z.string(), z.array(counts))

/** How much of one of Meta's limits is used up (platform/meta.md 6.3). */
export interface Usage {
  /** The WABA or business whose limit it is; undefined for the limit of our app. */
  account?: string
  /** Per cent of the fullest count. */
  percent: number
  /** How long Meta says it will refuse us, 0 when it does not. */
  regainMs: number
}

/** Reads `X-App-Usage` and `X-Business-Use-Case-Usage`: one entry for each limit that they name. */
export function usageOf(headers: Record<string, string>): Usage[] {
  const app = parsed(counts, headers['x-app-usage'])
  const business = parsed(businessUsage, headers['x-business-use-case-usage'])
  return [
    ...(app ? [measured([app])] : []),
    ...Object.entries(business ?? {}).map(([account, all]) => ({ account, ...measured(all) })),
  ]
}

function measured(all: z.infer<typeof counts>[]) {
  return {
    percent: Math.max(0, ...all.flatMap((c) => [c.call_count ?? 0, c.total_cputime ?? 0, c.total_time ?? 0])),
    regainMs: Math.max(0, ...all.map((c) => (c.estimated_time_to_regain_access ?? 0) * 60_000)),
  }
}

function parsed<T>(schema: z.ZodType<T>, header: string | undefined): T | undefined {
  if (header === undefined) return undefined
  try {
    return schema.safeParse(JSON.parse(header)).data
  } catch {
    return undefined
  }
}
