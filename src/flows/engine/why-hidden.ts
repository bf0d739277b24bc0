import type { Finding, Step, View } from './types.ts'
import { watch, watchInside } from './watch.ts'

/** Something that the condition of a step looked at when it said that the step is no part of the case. */
export type Because =
  | { kind: 'answer'; question: string }
  | { kind: 'step'; step: string }
  /** A value that was found out, named as evidence is: `account_mode`. */
  | { kind: 'fact'; fact: string; value: NonNullable<Finding['evidence']>[string] }
  /** A platform did not tell what decides. */
  | { kind: 'untold' }
  /** How the desk was set up when the case was opened. */
  | { kind: 'set-up' }

/** Why a step is no part of a case, from what its condition reads; nothing when that tells no reason. */
export function whyHidden(step: Step, view: View): Because[] {
  const found = new Map<string, Because>()
  const answer = (id: string) => found.set(`answer ${id}`, { kind: 'answer', question: id })
  const ended = (id: string) => {
    if (id !== step.id) found.set(`step ${id}`, { kind: 'step', step: id })
  }
  const fact = (name: string | undefined, value: unknown) => {
    if (name === undefined || value === undefined) found.set('untold', { kind: 'untold' })
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      found.set(`fact ${snake(name)}`, { kind: 'fact', fact: snake(name), value })
    }
  }
  const watched: View = {
    ...view,
    answers: watch(view.answers, answer),
    answeredAt: watch(view.answeredAt, answer),
    outcomes: watch(view.outcomes, ended),
    endedAt: watch(view.endedAt, ended),
    late: watch(view.late, ended),
    evidence: watchInside(view.evidence, (name, value) => name !== undefined && fact(name, value)),
    facts: watchInside(view.facts, fact),
  }
  step.when?.(
    watch(watched, (key) => {
      if (key === 'enabled' || key === 'payment') found.set('set-up', { kind: 'set-up' })
    }),
  )
  return [...found.values()]
}

/** `accountMode` as evidence names it. */
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
