import type { CaseView } from '../cases/case-view.ts'
import { viewCase } from '../cases/case-view.ts'
import { caseLabel } from '../cases/label.ts'
import { system } from '../flows/engine/events.ts'
import { fold } from '../flows/engine/fold.ts'
import type { Flow } from '../flows/engine/types.ts'
import { isAsked } from './case-card.ts'
import type { Form } from './form.ts'
import { questionField } from './question-card.ts'
import type { Texts } from './texts.ts'
import { stepTitle } from './words.ts'

/** The first form of a new case: its number, and everything else that hangs on nothing. */
export function openForm(flow: Flow, number: string, texts: Texts, now: number): Form {
  const opened = {
    type: 'opened' as const,
    data: { flow: flow.id, version: flow.version },
    seq: 1,
    at: now,
    by: system,
  }
  const view = viewCase(flow, { id: 0, state: fold([opened]) }, 'support', now)
  const free = view.plan.questions.filter(
    ({ question }) =>
      question.id === flow.subject ||
      !(question.needs || question.when || question.prefill || question.known || question.shows),
  )
  return {
    ref: { form: 'open', flow: flow.id },
    title: texts.t(`${flow.id}.title`),
    intro: [texts.t(`${flow.id}.about`)],
    fields: free.map((planned) => {
      const field = questionField(view, planned, texts)
      return field.id === flow.subject && number ? { ...field, value: number } : field
    }),
    submit: texts.t('desk.form.start'),
    cancel: texts.t('desk.form.cancel'),
  }
}

/** Every question of a case that a person can answer now. */
export function answersForm(view: CaseView, texts: Texts): Form {
  const open = view.plan.questions.filter((planned) => planned.status === 'open' && isAsked(view, planned))
  return form(view, 'answers', open, texts)
}

/** The given answers of a case, to change them. What was agreed to is asked again when something behind it changes. */
export function editForm(view: CaseView, texts: Texts): Form {
  const given = view.plan.questions.filter(
    ({ question, status }) => (status === 'answered' || status === 'skipped') && question.kind !== 'confirm',
  )
  return form(view, 'edit', given, texts)
}

function form(view: CaseView, name: 'answers' | 'edit', questions: CaseView['plan']['questions'], texts: Texts): Form {
  return {
    ref: { form: 'answers', case: view.id },
    title: texts.t(`desk.form.${name}`, { case: caseLabel(view.id) }),
    fields: questions.map((planned) => questionField(view, planned, texts)),
    submit: texts.t('desk.form.submit'),
    cancel: texts.t('desk.form.cancel'),
  }
}

/** Why a step is declined or skipped. */
export function reasonForm(view: CaseView, verb: 'decline' | 'skip', step: string, texts: Texts): Form {
  const say = (key: string) => texts.t(`desk.form.${verb}.${key}`)
  return {
    ref: { form: 'reason', verb, case: view.id, step },
    title: say('title'),
    intro: [`${caseLabel(view.id)} · ${stepTitle(texts, view.flow, step)}`],
    fields: [
      { id: 'reason', kind: 'long-text', label: say('label'), ...(verb === 'decline' && { hint: say('hint') }) },
    ],
    submit: say('submit'),
    cancel: texts.t('desk.form.cancel'),
  }
}
