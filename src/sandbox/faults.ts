import { z } from 'zod'

export const faultSchema = z.object({
  system: z.enum(['slack', 'telegram', 'hub', 'graph']),
  /** Part of the path; empty matches every path of the system. */
  path: z.string().default(''),
  kind: z.enum(['delay', '401', '403', '404', '429', '500', 'html', 'cut', 'done-but-500']),
  /** How many requests it hits; without it, all until it is cleared. */
  times: z.number().int().positive().optional(),
  /** Milliseconds for `delay`. */
  ms: z.number().int().positive().default(3000),
  /** Seconds for the `Retry-After` of `429`. */
  retryAfter: z.number().int().nonnegative().default(1),
})

/** A fault that a person switched on: what the fake platform does instead of (or after) answering. */
export type Fault = z.infer<typeof faultSchema>

export interface Faults {
  add(fault: Fault): void
  clear(): void
  list(): Fault[]
  /** The fault for this request, if any; counts it down. */
  take(system: Fault['system'], path: string): Fault | undefined
}

export function faultSwitch(): Faults {
  let faults: Fault[] = []
  return {
    add: (fault) => void faults.push({ ...fault }),
    clear: () => {
      faults = []
    },
    list: () => faults.map((fault) => ({ ...fault })),
    take(system, path) {
      const hit = faults.find((fault) => fault.system === system && path.includes(fault.path))
      if (hit?.times !== undefined) {
        hit.times -= 1
        if (hit.times === 0) faults = faults.filter((fault) => fault !== hit)
      }
      return hit
    },
  }
}
