import type { Taken } from './deliver.ts'

/** What a control call answers about the app. `ms` is how long the app took to acknowledge. */
export type Outcome =
  | { ok: true; acknowledged: true; ms: number }
  | { ok: false; error: string; ms?: number }
  /** Texts by block id; the modal stays open. */
  | { ok: false; errors: Record<string, string>; ms?: number }

export const outcome = (taken: Taken): Outcome =>
  taken.ok ? { ok: true, acknowledged: true, ms: taken.ms } : { ok: false, error: taken.error, ms: taken.ms }
