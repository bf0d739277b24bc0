import type { NewEvent } from './events.ts'
import type { PlannedStep } from './plan.ts'
import type { Finding } from './types.ts'

/** What a step does by itself: it opens, its result changed, the platforms or the time ended it. */
export function settle({ step, status, state, finding }: PlannedStep): NewEvent[] {
  if (status === 'blocked') return []
  const events: NewEvent[] = []
  const id = step.id
  if (state.openedAt === undefined) events.push({ type: 'step-opened', data: { step: id } })
  if (!finding) return events
  const evidence = finding.evidence && { evidence: { ...finding.evidence } }
  if (step.kind === 'check' && !sameFinding(state.finding, finding)) {
    events.push({ type: 'checked', data: { step: id, result: finding.result, ...evidence } })
  }
  if (finding.result !== 'pass' || status === 'ended') return events
  if (step.kind === 'task') events.push({ type: 'ticked', data: { step: id, ...evidence } })
  if (step.kind === 'wait') events.push({ type: 'arrived', data: { step: id, ...evidence } })
  return events
}

/** Compares by key: a database may hand back the keys of JSON in another order. */
function sameFinding(known: Finding | undefined, finding: Finding): boolean {
  const before = known?.evidence ?? {}
  const after = finding.evidence ?? {}
  const keys = Object.keys(after)
  if (known?.result !== finding.result || Object.keys(before).length !== keys.length) return false
  return keys.every((key) => before[key] === after[key])
}
