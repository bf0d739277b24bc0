import type { CaseView } from '../cases/case-view.ts'
import { caseLabel } from '../cases/label.ts'
import { optionsOf } from '../flows/engine/answer.ts'
import type { PlannedQuestion } from '../flows/engine/plan.ts'
import { allows } from '../flows/engine/rights.ts'
import type { Button, Card } from './card.ts'
import { cancelButton, closedText, isAsked, problemText, subjectShown } from './case-card.ts'
import type { FormField } from './form.ts'
import { encodePress } from './press.ts'
import { sided } from './sided.ts'
import type { Texts } from './texts.ts'
import { partText, questionLabel, showAnswer, showOption, showPhone } from './words.ts'

/** What the message of a case's questions shows right now; the same words mean the same message. */
export function questionKey(view: CaseView): string {
  const { state, plan } = view
  if (state.closed) return 'closed'
  if (isAnswered(view)) return 'ready'
  if (!plan.question) return 'looking'
  const { question, problem, given } = plan.question
  return `ask:${question.id}:${problem ?? ''}:${given?.at ?? ''}`
}

/** The message that leads through the questions, one at a time. */
export function questionMessage(view: CaseView, texts: Texts): Card {
  const { id, flow, state, plan } = view
  const title = `${caseLabel(id)} · ${texts.t(`${flow.id}.title`)}`
  if (state.closed) return { title, text: [closedText(view, texts)] }
  if (isAnswered(view)) return { title, text: [texts.t('desk.question.done')] }
  if (plan.question) return questionCard(view, plan.question, texts)
  return { title, text: [texts.t('desk.question.looking', { number: subjectShown(view) ?? '' })] }
}

/** Nothing is asked of the people of this view, whatever another side still has to answer. */
const isAnswered = (view: CaseView): boolean =>
  view.plan.ready || (view.plan.question !== undefined && !isAsked(view, view.plan.question))

/** What stays of a question once it is answered: its label and the answer. */
export function answeredCard({ flow, plan }: CaseView, question: string, texts: Texts): Card | undefined {
  const planned = plan.questions.find((each) => each.question.id === question)
  if (!planned) return undefined
  const label = questionLabel(texts, flow, question)
  const value =
    planned.answer === undefined || planned.status === 'skipped'
      ? texts.t('desk.case.answer-skipped')
      : showAnswer(texts, flow, planned.question, planned.answer)
  return { title: texts.t('desk.question.answered', { label, value }) }
}

/** One question with its answers as buttons. `again` offers the way back to the pending one instead of the case's end. */
export function questionCard(view: CaseView, planned: PlannedQuestion, given: Texts, again = false): Card {
  const { id, flow, plan, side } = view
  const texts = sided(side, flow, given)
  const { question, problem, shows } = planned
  const n = plan.questions.findIndex((each) => each.question.id === question.id) + 1
  const hint = partText(texts, flow, 'questions', question.id, 'hint', shows)
  const wrong = problem ? [problemText(texts, view, planned, problem)] : []
  return {
    title: partText(texts, flow, 'questions', question.id, 'ask', shows) ?? question.id,
    text: [...wrong, ...(hint && !wrong.length ? [hint] : [])],
    buttons: [...answerButtons(view, planned, texts), ...wayButtons(view, planned, texts, again)],
    footer: [
      `${caseLabel(id)} · ${texts.t(`${flow.id}.title`)} · ${texts.t('desk.question.progress', { n, total: plan.questions.length })}`,
    ],
  }
}

function answerButtons(
  { id, state, flow, plan }: CaseView,
  { question, prefill }: PlannedQuestion,
  texts: Texts,
): Button[] {
  const button = (label: string, value: string): Button => ({
    label:
      String(prefill) === value || (prefill === true && value === 'yes') || (prefill === false && value === 'no')
        ? `${label} ✓`
        : label,
    press: encodePress({ verb: 'answer', case: id, seq: state.seq, target: question.id, value }),
  })
  if (question.kind === 'yes-no')
    return [button(texts.t('desk.buttons.yes'), 'yes'), button(texts.t('desk.buttons.no'), 'no')]
  if (question.kind === 'confirm') return [button(texts.t('desk.buttons.yes'), 'yes')]
  if (question.kind === 'choices') {
    const press = encodePress({ verb: 'questions', case: id, seq: state.seq })
    return [{ label: texts.t('desk.buttons.answer', { count: 1 }), press, style: 'primary' }]
  }
  // An id that is suggested is taken with one tap; nobody knows ids by heart.
  if (question.kind === 'meta-id' && prefill !== undefined) return [button(String(prefill), String(prefill))]
  if (question.kind !== 'choice') return []
  return optionsOf(question, plan.view).map((option) => button(showOption(texts, flow, question, option), option))
}

function wayButtons(view: CaseView, { question }: PlannedQuestion, texts: Texts, again: boolean): Button[] {
  const { id, state, plan, role } = view
  const press = (verb: 'skip-question' | 'ask' | 'keep', target?: string) =>
    encodePress({ verb, case: id, seq: state.seq, ...(target && { target }) })
  const buttons: Button[] = []
  if (question.skippable)
    buttons.push({ label: texts.t('desk.buttons.skip-question'), press: press('skip-question', question.id) })
  if (again) buttons.push({ label: texts.t('desk.buttons.keep'), press: press('keep') })
  const editable = plan.questions.filter(({ status }) => status === 'answered' || status === 'skipped')
  const before = editable
    .filter((each) => plan.questions.indexOf(each) < plan.questions.findIndex((q) => q.question.id === question.id))
    .at(-1)
  if (before && !plan.ready)
    buttons.push({ label: texts.t('desk.buttons.back'), press: press('ask', before.question.id) })
  if (!again && allows(['partner', 'support'], role)) buttons.push(cancelButton(view, texts))
  return buttons
}

/** A question as a field of a form. */
export function questionField(view: CaseView, planned: PlannedQuestion, texts: Texts): FormField {
  const { flow, plan } = view
  const { question, prefill, answer, problem, shows } = planned
  const value = answer ?? prefill
  const hint = partText(texts, flow, 'questions', question.id, 'hint', shows)
  const placeholder = partText(texts, flow, 'questions', question.id, 'placeholder')
  const yesNo = [
    { value: 'yes', label: texts.t('desk.buttons.yes') },
    { value: 'no', label: texts.t('desk.buttons.no') },
  ]
  const options =
    question.kind === 'yes-no'
      ? yesNo
      : question.kind === 'confirm'
        ? yesNo.slice(0, 1)
        : optionsOf(question, plan.view).map((option) => ({
            value: option,
            label: showOption(texts, flow, question, option),
          }))
  const kind = options.length
    ? question.kind === 'choices'
      ? 'choices'
      : 'choice'
    : question.kind === 'date'
      ? 'date'
      : 'text'
  return {
    id: question.id,
    kind,
    label: partText(texts, flow, 'questions', question.id, 'ask', shows) ?? question.id,
    ...(hint && { hint }),
    ...(placeholder && kind === 'text' && { placeholder }),
    ...(options.length && { options }),
    ...(value !== undefined && { value: fieldValue(value, question.kind === 'phone') }),
    ...(question.skippable && { optional: true }),
    ...(problem && { error: problemText(texts, view, planned, problem) }),
  }
}

function fieldValue(value: NonNullable<PlannedQuestion['answer']>, phone: boolean): string | string[] {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object') return [...value]
  return phone ? showPhone(String(value)) : String(value)
}
