import type { Refusal } from './refusals.ts'

interface Planned {
  path: string
  error: Refusal
  times: number
}

/** Errors of the Graph by code, for those that nothing in the little world leads to. */
export interface GraphErrors {
  /** The next `times` calls whose path contains `path` get this error. */
  add(planned: Planned): void
  /** The error for this call, if any; counts it down. */
  take(path: string): Refusal | undefined
}

export function graphErrors(): GraphErrors {
  let all: Planned[] = []
  return {
    add: (planned) => void all.push({ ...planned }),
    take(path) {
      const hit = all.find((one) => path.includes(one.path))
      if (!hit) return undefined
      hit.times -= 1
      all = all.filter(({ times }) => times > 0)
      return hit.error
    },
  }
}
