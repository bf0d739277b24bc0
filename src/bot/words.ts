import { displayPhone } from '../cases/phone.ts'
import type { Side } from '../cases/side.ts'
import { isOtherPartner } from '../cases/sight.ts'
import type { By } from '../flows/engine/events.ts'
import type { Answer, Finding, Flow, Question, Step, View } from '../flows/engine/types.ts'
import type { Texts } from './texts.ts'
import { showValue, showValues } from './values.ts'

/** A text of a flow's part; procedures share theirs under `common`. */
export function partText(
  texts: Texts,
  flow: Flow,
  part: 'steps' | 'questions',
  id: string,
  name: string,
  values?: Finding['evidence'],
): string | undefined {
  const keys = [`${flow.id}.${part}.${id}.${name}`, `common.${part}.${id}.${name}`]
  return texts.has(keys) ? texts.t(keys, showValues(texts, values)) : undefined
}

export const stepTitle = (texts: Texts, flow: Flow, id: string): string =>
  partText(texts, flow, 'steps', id, 'title') ?? id

/** A step as something to do: for reminders, where its title would sound as if it were done. */
export const stepToDo = (texts: Texts, flow: Flow, id: string): string =>
  partText(texts, flow, 'steps', id, 'todo') ?? stepTitle(texts, flow, id)

/** What to do about a step, as it applies to this case. */
export function stepHow(texts: Texts, flow: Flow, step: Step, view: View): string | undefined {
  const variant = step.how?.(view)
  return partText(texts, flow, 'steps', step.id, variant === undefined ? 'how' : `how-${variant}`, step.says?.(view))
}

/**
 * Who did something. The desk reads which partner a person speaks for: a name alone could be anybody's. Partners do not
 * read the names of each other's people.
 */
export function showPerson(by: By, side: Side, texts: Texts): string {
  if (isOtherPartner(side, by)) return texts.t(`desk.people.${by.role}`)
  return side === 'desk' && by.partnerName !== undefined ? `${by.name} (${by.partnerName})` : by.name
}

/** What is said of a case that is done: some procedures can end well in several ways. */
export function doneText(texts: Texts, flow: Flow, view: View): string {
  const ending = flow.ending?.(view)
  return texts.t(ending === undefined ? `${flow.id}.done` : `${flow.id}.done-${ending}`)
}

export const questionLabel = (texts: Texts, flow: Flow, id: string): string =>
  partText(texts, flow, 'questions', id, 'label') ?? id

/** A number as people read it: `+49 30 1234567`. */
export const showPhone = (digits: string): string => displayPhone(digits)

/** Why a call failed: in our words where we know why, else in the platform's. `ours` needs no further explanation. */
export function showFailure(texts: Texts, problem: string): { text: string; ours: boolean } {
  const key = `desk.action-problems.${problem}`
  const ours = /^[a-z-]+$/.test(problem) && texts.has(key)
  return { text: ours ? texts.t(key) : problem, ours }
}

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
  return partText(texts, flow, 'questions', question.id, `options.${option}`) ?? showValue(texts, option)
}

/** A value that a platform gave as evidence: dates and flags in words, everything else as it came. */
export function showEvidence(texts: Texts, fact: string, value: string | number | boolean): string {
  const name = texts.has(`common.facts.${fact}`) ? texts.t(`common.facts.${fact}`) : fact
  return texts.t('desk.case.note.evidence', { fact: name, value: showValue(texts, value) })
}
