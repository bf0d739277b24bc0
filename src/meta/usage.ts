import { z } from 'zod'

const counts = z.looseObject({
  call_count: z.number().optional(),
  total_cputime: z.number().optional(),
  total_time: z.number().optional(),
  estimated_time_to_regain_access: z.number().optional(),
})
const businessUsage = z.record(z.string(), z.array(counts))

/** How much of Meta's limits is used up (platform/meta.md 6.3). */
interface Usage {
  /** Per cent of the fullest limit. */
  percent: number
  /** How long Meta says it will refuse us, 0 when it does not. */
  regainMs: number
}

/** Reads `X-App-Usage` and `X-Business-Use-Case-Usage`; undefined when neither is there or readable. */
export function usageOf(headers: Record<string, string>): Usage | undefined {
  const app = parsed(counts, headers['x-app-usage'])
  const business = parsed(businessUsage, headers['x-business-use-case-usage'])
  const all = [...(app ? [app] : []), ...Object.values(business ?? {}).flat()]
  if (all.length === 0) return undefined
  return {
    percent: Math.max(...all.flatMap((c) => [c.call_count ?? 0, c.total_cputime ?? 0, c.total_time ?? 0])),
    regainMs: Math.max(...all.map((c) => (c.estimated_time_to_regain_access ?? 0) * 60_000)),
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

const staleAfterMs = 60_000

/** Slows calls down before the limit is hit: nothing below 80 %, then a wait that grows to two seconds at 100 %. */
export function slowdown(now: () => number): { heard(usage: Usage | undefined): void; waitMs(): number } {
  let percent = 0
  let at = 0
  return {
    heard(usage) {
      if (usage === undefined) return
      percent = usage.percent
      at = now()
    },
    waitMs() {
      if (percent < 80 || now() - at > staleAfterMs) return 0
      return Math.round(200 + (Math.min(percent, 100) - 80) * 90)
    },
  }
}
