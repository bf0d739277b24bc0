import type { FactName } from '../../meta/facts.ts'
import { ask, check, fail, pass, unknown } from '../engine/define.ts'
import type { Finding, Question, Step, View } from '../engine/types.ts'
import { untold } from '../number.ts'
import { taggedFor } from './intent.ts'

/** What has to be known of every WABA that such a case is about. */
const wabaFacts: readonly FactName[] = ['channel', 'client', 'waba', 'account', 'solutions']

/** 14 to 18 digits (procedures.md ms-q-dst). */
const solutionId = /^\d{14,18}$/

/** Asks for the WABA by one of its numbers, its id or its client; `problem` is what speaks against the procedure. */
export const askWaba = (
  ref: string,
  needs: readonly FactName[],
  problem: (view: View) => string | undefined,
): Question =>
  ask.text('waba', {
    ref,
    min: 5,
    max: 60,
    needs: [...new Set([...wabaFacts, ...needs])],
    problem: (view) => subjectProblem(view) ?? problem(view),
  })

/** It has to be known at 360dialog, or at Meta as one that the partner may see. */
function subjectProblem({ busy, readings }: View): string | undefined {
  if (busy !== undefined) return 'busy'
  const states = [readings.channel?.state, readings.account?.state]
  if (states.includes('known')) return undefined
  return states.includes('error') ? untold(readings) : 'not-found'
}

/** The solution that the WABA is to join. Whether it is active is a check: it may become so while the case is open. */
export const askSolution = (ref: string, rest: Pick<Question, 'when' | 'skippable'> = {}): Question =>
  ask.metaId('destination-solution', {
    ref,
    needs: ['solution'],
    finds: ['solution'],
    problem: solutionProblem,
    ...rest,
  })

function solutionProblem(view: View): string | undefined {
  const { answers, readings, facts } = view
  const id = String(answers['destination-solution'] ?? '')
  const fixed = taggedFor(view)
  if (fixed !== undefined && fixed !== id) return 'tagged-already'
  if (!solutionId.test(id)) return 'no-solution-id'
  if (facts.solutions?.some((solution) => solution.id === id && solution.status === 'ACTIVE')) return 'already-in'
  const { solution } = readings
  if (solution?.state === 'absent') return 'no-such-solution'
  return solution?.state === 'error' && solution.problem.kind === 'NotFound' ? 'no-such-solution' : undefined
}

/** The solution by name and id, for the texts. */
export function solutionNamed({ answers, facts }: View): NonNullable<Finding['evidence']> {
  const id = String(answers['destination-solution'] ?? '?')
  const name = facts.solution?.id === id ? facts.solution.name : undefined
  return { solution: name === undefined ? id : `${name} (${id})` }
}

/** The solution is `ACTIVE` (MK-SOL). */
export function solutionActive({ answers, facts: { solution } }: View): Finding {
  if (solution?.status === undefined || solution.id !== answers['destination-solution']) return unknown()
  const { status, pendingRequest } = solution
  const evidence = {
    solution_status: status,
    ...(pendingRequest !== undefined && pendingRequest !== 'NONE' && { solution_request: pendingRequest }),
  }
  return status === 'ACTIVE' ? pass(evidence) : fail(evidence)
}

/** Watched until it is active. */
export const solutionCheck = (ref: string, when?: Step['when']): Step =>
  check('solution-active', {
    ref,
    owner: 'partner',
    needs: ['solution'],
    every: 'slow',
    once: true,
    remind: 'PT24H',
    says: solutionNamed,
    passes: solutionActive,
    ...(when && { when }),
  })
