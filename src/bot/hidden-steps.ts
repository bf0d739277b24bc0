import type { CaseView } from '../cases/case-view.ts'
import { seesQuestion, seesStep } from '../cases/sight.ts'
import type { Step } from '../flows/engine/types.ts'
import { type Because, whyHidden } from '../flows/engine/why-hidden.ts'
import type { Item } from './card.ts'
import type { Texts } from './texts.ts'
import { partText, questionLabel, showAnswer, showEvidence, stepTitle } from './words.ts'

/** So many steps share a line at most. */
const together = 6

/** The steps that are no part of a case and why; those with the same reason share a line. Pure. */
export function hiddenSteps(view: CaseView, texts: Texts): Item[] {
  const byReason = Map.groupBy(view.plan.hidden, (step) => reasonOf(view, step, texts))
  return [...byReason].flatMap(([reason, steps]) => {
    const titles = steps.map(({ id }) => stepTitle(texts, view.flow, id))
    const lines = Array.from({ length: Math.ceil(titles.length / together) }, (_, n) =>
      titles.slice(n * together, (n + 1) * together).join(' · '),
    )
    return lines.map((title): Item => ({ mark: 'hidden', title, notes: [reason] }))
  })
}

/** In the procedure's own words, or from what its condition looked at: as far as this side sees that. */
function reasonOf(view: CaseView, step: Step, texts: Texts): string {
  const own = partText(texts, view.flow, 'steps', step.id, 'hidden', step.says?.(view.plan.view))
  const all = own === undefined ? whyHidden(step, view.plan.view) : []
  const told = all.filter(({ kind }) => kind !== 'untold')
  const reasons = (told.length ? told : all).flatMap((because) => inWords(view, because, texts) ?? [])
  if (own === undefined && reasons.length === 0) return texts.t('desk.case.hidden.plain')
  const list = new Intl.ListFormat(texts.language, { type: 'conjunction' }).format(new Set(reasons))
  return texts.t('desk.case.hidden.because', { reasons: own ?? list })
}

function inWords({ flow, plan, side }: CaseView, because: Because, texts: Texts): string | undefined {
  const say = (key: string, params: Record<string, string> = {}) => texts.t(`desk.case.hidden.${key}`, params)
  switch (because.kind) {
    case 'answer': {
      const question = flow.questions.find(({ id }) => id === because.question)
      if (!question || !seesQuestion(side, question)) return undefined
      const label = questionLabel(texts, flow, question.id)
      const given = plan.view.answers[question.id]
      return given === undefined
        ? say('no-answer', { label })
        : say('answer', { label, value: showAnswer(texts, flow, question, given) })
    }
    case 'step': {
      const step = flow.steps.find(({ id }) => id === because.step)
      if (!step || !seesStep(side, step, plan.view)) return undefined
      const outcome = plan.view.outcomes[step.id]
      const title = stepTitle(texts, flow, step.id)
      return outcome === undefined
        ? say('step-open', { step: title })
        : say('step', { step: title, outcome: texts.t(`desk.outcomes.${outcome}`) })
    }
    case 'fact':
      // What the partner's own key told is not the new partner's.
      if (side === 'destination-partner' || !texts.has(`common.facts.${because.fact}`)) return undefined
      return say('fact', { fact: showEvidence(texts, because.fact, because.value) })
    case 'untold':
      return say('untold')
    case 'set-up':
      return say('set-up')
  }
}
