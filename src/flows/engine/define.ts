import type {
  ActionStep,
  ApprovalStep,
  CheckStep,
  Finding,
  Flow,
  Options,
  PlainKind,
  Question,
  QuestionBase,
  Step,
  TaskStep,
  WaitStep,
} from './types.ts'

type Rest<T> = Omit<T, 'id' | 'kind'>
type Asked = Omit<QuestionBase, 'id'>
type Bounds = { min?: number; max?: number }

const plain =
  (kind: PlainKind) =>
  (id: string, rest: Asked): Question => ({ id, kind, ...rest })

/** Questions by kind (procedures.md 0.4). */
export const ask = {
  phone: plain('phone'),
  yesNo: plain('yes-no'),
  date: plain('date'),
  metaId: plain('meta-id'),
  hubId: plain('hub-id'),
  email: plain('email'),
  url: plain('url'),
  confirm: plain('confirm'),
  choice: (id: string, options: Options, rest: Asked): Question => ({ id, kind: 'choice', options, ...rest }),
  choices: (id: string, options: Options, rest: Asked): Question => ({ id, kind: 'choices', options, ...rest }),
  text: (id: string, rest: Asked & Bounds): Question => ({ id, kind: 'text', ...rest }),
  number: (id: string, rest: Asked & Bounds): Question => ({ id, kind: 'number', ...rest }),
}

export const check = (id: string, rest: Rest<CheckStep>): Step => ({ id, kind: 'check', ...rest })
export const task = (id: string, rest: Rest<TaskStep>): Step => ({ id, kind: 'task', ...rest })
export const approval = (id: string, rest: Rest<ApprovalStep>): Step => ({ id, kind: 'approval', ...rest })
export const action = (id: string, rest: Rest<ActionStep>): Step => ({ id, kind: 'action', ...rest })
export const wait = (id: string, rest: Rest<WaitStep>): Step => ({ id, kind: 'wait', ...rest })

type Evidence = NonNullable<Finding['evidence']>

export const pass = (evidence?: Evidence): Finding => (evidence ? { result: 'pass', evidence } : { result: 'pass' })
export const fail = (evidence?: Evidence): Finding => (evidence ? { result: 'fail', evidence } : { result: 'fail' })
export const warn = (evidence?: Evidence): Finding => (evidence ? { result: 'warn', evidence } : { result: 'warn' })
export const unknown = (): Finding => ({ result: 'unknown' })

/**
 * Makes a flow of its parts.
 * @throws Error naming the flow when an id is used twice, an `after` names no step, steps wait for each other, or the
 * subject is no question.
 */
export function defineFlow(flow: Flow): Flow {
  const complain = (problem: string): never => {
    throw new Error(`Flow ${flow.id}: ${problem}`)
  }
  const ids = [...flow.questions, ...flow.steps].map((part) => part.id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice) complain(`the id "${twice}" is used twice`)
  if (!flow.questions.some((question) => question.id === flow.subject)) complain(`no question "${flow.subject}"`)
  const seen = new Set<string>()
  for (const step of flow.steps) {
    const missing = step.after?.find((id) => !seen.has(id))
    if (missing) complain(`"${step.id}" comes after "${missing}", which must be a step above it`)
    seen.add(step.id)
  }
  const gate = flow.destinationAfter
  if (gate !== undefined && !seen.has(gate))
    complain(`no step "${gate}" after which the destination partner takes part`)
  return flow
}
