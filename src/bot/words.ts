import { displayPhone } from '../cases/phone.ts'
import type { Answer, Flow, Question, Step, View } from '../flows/engine/types.ts'
import type { Texts } from './texts.ts'

/** A text of a flow's part; procedures share theirs under `common`. */
export function partText(
  texts: Texts,
  flow: Flow,
  part: 'steps' | 'questions',
  id: string,
  name: string,
): string | undefined {
  const keys = [`${flow.id}.${part}.${id}.${name}`, `common.${part}.${id}.${name}`]
  return texts.has(keys) ? texts.t(keys) : undefined
}

export const stepTitle = (texts: Texts, flow: Flow, id: string): string =>
  partText(texts, flow, 'steps', id, 'title') ?? id

/** What to do about a step, as it applies to this case. */
export function stepHow(texts: Texts, flow: Flow, step: Step, view: View): string | undefined {
  const variant = step.how?.(view)
  return partText(texts, flow, 'steps', step.id, variant === undefined ? 'how' : `how-${variant}`)
}

export const questionLabel = (texts: Texts, flow: Flow, id: string): string =>
  partText(texts, flow, 'questions', id, 'label') ?? id

/** A number as people read it: `+49 30 1234567`. */
export const showPhone = (digits: string): string => displayPhone(digits)

/** An answer as people read it. */
export function showAnswer(texts: Texts, flow: Flow, question: Question, answer: Answer): string {
  if (typeof answer === 'boolean') return texts.t(answer ? 'common.values.true' : 'common.values.false')
  if (typeof answer === 'number') return String(answer)
  if (typeof answer !== 'string') return answer.map((one) => showOption(texts, flow, question, one)).join(', ')
  if (question.kind === 'phone') return showPhone(answer)
  if (question.kind === 'date') return texts.date(answer)
  return question.kind === 'choice' ? showOption(texts, flow, question, answer) : answer
}

export function showOption(texts: Texts, flow: Flow, question: Question, option: string): string {
  return partText(texts, flow, 'questions', question.id, `options.${option}`) ?? option
}

/** A value that a platform gave as evidence: dates and flags in words, everything else as it came. */
export function showEvidence(texts: Texts, fact: string, value: string | number | boolean): string {
  const name = texts.has(`common.facts.${fact}`) ? texts.t(`common.facts.${fact}`) : fact
  const known = `common.values.${value}`
  const at = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN
  const shown = texts.has(known) ? texts.t(known) : Number.isNaN(at) ? String(value) : texts.time(at)
  return texts.t('desk.case.note.evidence', { fact: name, value: shown })
}
