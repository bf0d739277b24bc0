import type { FactName, Readings } from '../../meta/facts.ts'
import { destinationFacts, destinationQuestion } from './destination.ts'
import type { By, CaseEvent, EventData } from './events.ts'
import type { Answer, Finding, Outcome } from './types.ts'

/** Everything a case is, folded from its events. Plain JSON, so that it can be kept beside them as a snapshot. */
export interface CaseState {
  /** Number of the last event. */
  seq: number
  flow: string
  version: number
  openedAt: number
  openedBy: By
  origin?: NonNullable<EventData<'opened'>['origin']>
  /** Our id of the partner whose case it is. */
  partner?: string
  /** The partner was found by the number, not given by who opened the case. */
  partnerFound?: boolean
  /** Our id of the partner that the number goes to, in flows with two sides. */
  destination?: string
  payment?: 'direct' | 'partner'
  partners?: readonly string[]
  /** What the desk's set-up switched on when the case was opened. */
  enabled?: readonly string[]
  /** Digits of the subject, once the platforms confirmed it. */
  phone?: string
  /** Another open case about the same number, as people say it. */
  busy?: string
  answers: Record<string, Given>
  readings: Readings
  lookedUpAt?: number
  steps: Record<string, StepState>
  /** What people added to the checklist themselves, the oldest first. */
  items?: readonly OwnItem[]
  assignee?: By
  /** Last act of a person. */
  touchedAt: number
  nudgedAt?: number
  /** When each kind of news from a platform was last written down. */
  noted?: Record<string, number>
  closed?: { outcome: EventData<'closed'>['outcome']; reason?: string; by: By; at: number }
}

export interface Given {
  /** `null`: skipped. */
  value: Answer | null
  by: By
  at: number
}

/** How a step ended. `evidence` is what proves it; later steps may read it. */
export interface Ended {
  outcome: Outcome
  by: By
  at: number
  reason?: string
  evidence?: NonNullable<Finding['evidence']>
}

/** An item that a person added to a case: no step waits for it, and it keeps no case from closing. */
export interface OwnItem {
  /** Number of the event that added it. */
  id: number
  text: string
  /** Our id of the partner that sees it, beside the desk. */
  partner?: string
  by: By
  at: number
  ticked?: { by: By; at: number }
}

export interface StepState {
  openedAt?: number
  ended?: Ended
  finding?: Finding & { at: number }
  remindedAt?: number
  reminders?: number
  escalatedAt?: number
  action?: { status: 'started' | 'failed' | 'unclear'; attempt: number; at: number; by: By; problem?: string }
}

/**
 * Folds events into the state of a case; goes on from `from` when given. Steps, questions and kinds of events that
 * today's code does not know are kept or passed over, never an error.
 */
export function fold(events: readonly CaseEvent[], from?: CaseState): CaseState {
  let state = from ?? blank
  for (const event of events) state = apply(state, event)
  return state
}

const blank: CaseState = {
  seq: 0,
  flow: '',
  version: 0,
  openedAt: 0,
  openedBy: { role: 'system', id: 'system', name: 'Portdesk' },
  answers: {},
  readings: {},
  steps: {},
  touchedAt: 0,
}

function apply(before: CaseState, event: CaseEvent): CaseState {
  const state = { ...before, seq: event.seq, ...(event.by.role !== 'system' && { touchedAt: event.at }) }
  const { by, at } = event
  const step = (id: string, change: (old: StepState) => StepState) => {
    state.steps = { ...state.steps, [id]: change(state.steps[id] ?? {}) }
    return state
  }
  const end = (
    id: string,
    outcome: Outcome,
    { reason, evidence }: { reason?: string | undefined; evidence?: Finding['evidence'] | undefined } = {},
  ) =>
    step(id, ({ action: _, ...old }) => ({
      ...old,
      ended: { outcome, by, at, ...(reason !== undefined && { reason }), ...(evidence && { evidence }) },
    }))

  switch (event.type) {
    case 'opened': {
      const { flow, version, ...rest } = event.data
      return Object.assign(state, { flow, version, openedAt: at, openedBy: by, touchedAt: at }, rest)
    }
    case 'answered':
      return answered(state, event.data, by, at)
    case 'looked-up': {
      const { readings, ...found } = event.data
      const { busy: _, destination: _to, ...rest } = state
      if (found.partner !== undefined && state.partner === undefined) rest.partnerFound = true
      return { ...rest, ...found, readings: latest(state.readings, readings), lookedUpAt: at } as CaseState
    }
    case 'step-opened':
      return step(event.data.step, (old) => ({ ...old, openedAt: at }))
    case 'checked': {
      const { step: id, ...finding } = event.data
      return step(id, (old) => checked(old, finding as Finding, at))
    }
    case 'attested':
      return end(event.data.step, 'declared')
    case 'ticked':
    case 'action-done':
      return end(event.data.step, 'done', event.data)
    case 'arrived':
      return end(event.data.step, by.role === 'system' ? 'passed' : 'declared', event.data)
    case 'unticked':
      return step(event.data.step, ({ finding }) => ({ openedAt: at, ...(finding && { finding }) }))
    case 'skipped':
      return end(event.data.step, 'skipped', event.data)
    case 'decided':
      return end(event.data.step, event.data.decision, event.data)
    case 'action-started':
      return step(event.data.step, (old) => ({
        ...old,
        action: { status: 'started', attempt: event.data.attempt, at, by },
      }))
    case 'action-failed':
      return step(event.data.step, (old) => ({
        ...old,
        action: { status: 'failed', attempt: old.action?.attempt ?? 1, at, by, problem: event.data.problem },
      }))
    case 'action-unclear':
      return step(event.data.step, (old) => ({
        ...old,
        action: { status: 'unclear', attempt: old.action?.attempt ?? 1, at, by },
      }))
    case 'reminded':
      return step(event.data.step, (old) => ({ ...old, remindedAt: at, reminders: (old.reminders ?? 0) + 1 }))
    case 'escalated':
      return step(event.data.step, (old) => ({ ...old, escalatedAt: at, remindedAt: at }))
    case 'nudged':
      return { ...state, nudgedAt: at }
    case 'noted':
      return { ...state, noted: { ...state.noted, [event.data.kind]: at } }
    case 'assigned':
      return { ...state, assignee: event.data.to }
    case 'item-added':
      return { ...state, items: [...(state.items ?? []), { id: event.seq, ...event.data, by, at }] as OwnItem[] }
    case 'item-ticked':
      return withItem(state, event.data.item, (old) => ({ ...old, ticked: { by, at } }))
    case 'item-unticked':
      return withItem(state, event.data.item, ({ ticked: _, ...old }) => old)
    case 'item-removed':
      return state.items ? { ...state, items: state.items.filter(({ id }) => id !== event.data.item) } : state
    case 'closed':
      return { ...state, closed: { ...event.data, by, at } as NonNullable<CaseState['closed']> }
    default:
      return state
  }
}

/** One that is gone, or that nobody ever added, changes nothing. */
function withItem(state: CaseState, id: number, change: (old: OwnItem) => OwnItem): CaseState {
  if (!state.items?.some((item) => item.id === id)) return state
  return { ...state, items: state.items.map((item) => (item.id === id ? change(item) : item)) }
}

/** What could not be found out this time does not wipe out what was known before; `asOf` tells its age. */
function latest(before: Readings, fresh: Readings): Readings {
  const kept = Object.entries(before).filter(([name, old]) => {
    const state = fresh[name as FactName]?.state
    return old?.state === 'known' && (state === 'error' || state === 'unknown')
  })
  return { ...before, ...fresh, ...Object.fromEntries(kept) }
}

/** A failed check was not passed, whatever a person said. What opens again has its time limit and reminders anew. */
function checked(old: StepState, found: Finding, at: number): StepState {
  const finding = { ...found, at }
  const over = old.finding?.result === 'pass' || old.ended !== undefined
  const stays = found.result === 'pass' || (found.result !== 'fail' && old.ended !== undefined)
  return over && !stays ? { openedAt: at, finding } : { ...old, finding }
}

function answered(before: CaseState, data: EventData<'answered'>, by: By, at: number): CaseState {
  const { question, value, reopens, forgets = [] } = data
  const state = without(question === destinationQuestion ? withoutDestination(before) : before, forgets)
  const answers = { ...state.answers, [question]: { value, by, at } }
  if (!reopens) return { ...state, answers }
  for (const id of reopens.questions) delete answers[id]
  const steps = { ...state.steps }
  for (const id of reopens.steps) delete steps[id]
  if (!reopens.facts) return { ...state, answers, steps }
  const { phone: _phone, busy: _busy, lookedUpAt: _at, ...rest } = state
  return { ...rest, answers, steps, readings: {} }
}

/** What an answer leads to is found out anew. */
function without(state: CaseState, facts: readonly string[]): CaseState {
  if (facts.length === 0) return state
  const readings = Object.fromEntries(Object.entries(state.readings).filter(([name]) => !facts.includes(name)))
  return { ...state, readings }
}

/** Another partner may have been named: who takes part, and what the new partner's Hub said, is found out again. */
function withoutDestination({ destination: _, ...state }: CaseState): CaseState {
  const kept = Object.entries(state.readings).filter(([name]) => !destinationFacts.some((fact) => fact === name))
  return { ...state, readings: Object.fromEntries(kept) }
}
