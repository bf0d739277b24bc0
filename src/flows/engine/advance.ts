import { type By, type CaseEvent, type NewEvent, system } from './events.ts'
import { type CaseState, fold } from './fold.ts'
import { plan } from './plan.ts'
import { settle } from './settle.ts'
import type { Flow } from './types.ts'

/** A case after events, with all events that came of them. */
export interface Advanced {
  state: CaseState
  events: CaseEvent[]
}

/**
 * Adds events to a case, and those that follow by themselves: steps that open, checks whose result changed, tasks and
 * waits that the platforms settled, the end. Pure.
 */
export function advance(
  flow: Flow,
  from: CaseState | undefined,
  fresh: readonly NewEvent[],
  by: By,
  now: number,
): Advanced {
  const events: CaseEvent[] = []
  let state = from
  const add = (event: NewEvent, who: By) => {
    const stamped = { ...event, seq: (state?.seq ?? 0) + 1, at: now, by: who } as CaseEvent
    events.push(stamped)
    state = fold([stamped], state)
    return state
  }
  for (const event of fresh) add(event, by)
  if (!state) throw new Error('A case needs an event')
  // Each step can open, be checked and end once per round of facts, so this ends well before the bound.
  for (let rounds = flow.steps.length * 3 + 3; rounds > 0; rounds -= 1) {
    const next = state.closed ? [] : following(flow, state, now)
    if (next.length === 0) return { state, events }
    for (const event of next) state = add(event, system)
  }
  throw new Error(`Flow ${flow.id} does not settle`)
}

function following(flow: Flow, state: CaseState, now: number): NewEvent[] {
  const current = plan(flow, state, now)
  const events = current.steps.flatMap(settle)
  if (events.length) return events
  const over = current.ready && current.steps.every(({ status }) => status === 'ended')
  return over ? [{ type: 'closed', data: { outcome: 'done' } }] : []
}
