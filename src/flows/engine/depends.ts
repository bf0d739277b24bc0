import type { CaseState } from './fold.ts'
import type { Flow, Question, Step, View } from './types.ts'
import { viewOf } from './view.ts'
import { watch } from './watch.ts'

/** What a change of one answer opens again. */
export interface Reopens {
  questions: string[]
  steps: string[]
  /** The subject changed: what the platforms said is about something else. */
  facts: boolean
}

/**
 * Finds what depends on an answer by watching which answers, facts and outcomes each rule reads, and follows that to the
 * end. A change of the subject opens every step again: what people did or decided was about something else.
 */
export function dependents(flow: Flow, state: CaseState, question: string, now: number): Reopens {
  const view = viewOf(flow, state, now)
  const subject = question === flow.subject
  const finds = flow.questions.find(({ id }) => id === question)?.finds ?? []
  const found = subject ? ['facts'] : finds.map((name) => `facts:${name}`)
  const changed = new Set([`answers:${question}`, ...found])
  const questions = new Set<string>()
  const steps = new Set<string>(subject ? flow.steps.map((step) => step.id) : [])
  for (const id of steps) changed.add(`outcomes:${id}`)
  const reads = [
    ...flow.questions.map((part) => ({
      part: `answers:${part.id}`,
      id: part.id,
      into: questions,
      keys: readsOf(part, view),
    })),
    ...flow.steps.map((part) => ({ part: `outcomes:${part.id}`, id: part.id, into: steps, keys: readsOf(part, view) })),
  ]
  for (let grew = true; grew; ) {
    grew = false
    for (const { part, id, into, keys } of reads) {
      if (into.has(id) || part === `answers:${question}` || ![...keys].some((key) => changed.has(key))) continue
      into.add(id)
      changed.add(part)
      grew = true
    }
  }
  return {
    questions: [...questions].filter((id) => state.answers[id] !== undefined),
    steps: [...steps].filter((id) => state.steps[id] !== undefined),
    facts: subject,
  }
}

const ruleNames = [
  'when',
  'known',
  'prefill',
  'problem',
  'options',
  'shows',
  'owner',
  'within',
  'passes',
  'done',
  'until',
] as const

function readsOf(part: Question | Step, view: View): Set<string> {
  const keys = new Set<string>()
  const fact = (name: string) => keys.add('facts').add(`facts:${name}`)
  const watched: View = {
    ...view,
    answers: watch(view.answers, (key) => keys.add(`answers:${key}`)),
    answeredAt: watch(view.answeredAt, (key) => keys.add(`answers:${key}`)),
    outcomes: watch(view.outcomes, (key) => keys.add(`outcomes:${key}`)),
    evidence: watch(view.evidence, (key) => keys.add(`outcomes:${key}`)),
    endedAt: watch(view.endedAt, (key) => keys.add(`outcomes:${key}`)),
    late: watch(view.late, (key) => keys.add(`outcomes:${key}`)),
    facts: watch(view.facts, fact),
    readings: watch(view.readings, fact),
  }
  const rules = part as unknown as Record<string, unknown>
  for (const name of ruleNames) {
    const rule = rules[name]
    if (typeof rule === 'function') rule(watched)
  }
  return keys
}
