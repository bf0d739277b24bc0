import type { By, CaseEvent } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import { seesItem } from '../flows/engine/own-items.ts'
import type { Plan } from '../flows/engine/plan.ts'
import type { Flow, PartnerSide, Question, Step, View } from '../flows/engine/types.ts'
import type { Side } from './side.ts'

/** Whether a step is shown to that side: the desk sees everything, a partner what `for` says. */
export function seesStep(side: Side, step: Step, view: View): boolean {
  if (side === 'desk') return true
  const sides: readonly PartnerSide[] | undefined = typeof step.for === 'function' ? step.for(view) : step.for
  if (sides) return sides.includes(side)
  const owner = typeof step.owner === 'function' ? step.owner(view) : step.owner
  return side === 'partner' || owner === 'destination-partner'
}

/** Whether a question and its answer are shown to that side: one that only the other partner may answer is not. */
export function seesQuestion(side: Side, { by = ['partner', 'support'] }: Question): boolean {
  if (side === 'desk') return true
  return side === 'partner'
    ? by.includes('partner') || !by.includes('destination-partner')
    : by.includes('destination-partner')
}

/** The plan of a case as far as one side sees it. */
export function planFor(side: Side, plan: Plan): Plan {
  if (side === 'desk') return plan
  const { question: _, ...rest } = plan
  const questions = plan.questions.filter((planned) => seesQuestion(side, planned.question))
  const pending = questions.find(({ status }) => status === 'open' || status === 'waiting')
  const steps = plan.steps.filter(({ step }) => seesStep(side, step, plan.view))
  return {
    ...rest,
    questions,
    ...(pending?.status === 'open' && { question: pending }),
    ready: pending === undefined,
    steps,
    hidden: plan.hidden.filter((step) => seesStep(side, step, plan.view)),
    progress: { done: steps.filter(({ status }) => status === 'ended').length, total: steps.length },
  }
}

/** The state of a case as far as one side sees it: without the answers and the reasons of the other partner. */
export function stateFor(side: Side, flow: Flow, state: CaseState): CaseState {
  if (side === 'desk') return state
  const seen = flow.questions.filter((question) => question.id === flow.subject || seesQuestion(side, question))
  const answers = Object.fromEntries(
    seen.flatMap(({ id }) => {
      const given = state.answers[id]
      return given ? [[id, given] as const] : []
    }),
  )
  const closed = state.closed && (isOpenTo(side, state.closed) ? state.closed : withoutReason(state.closed))
  const { items: all, ...own } = side === 'partner' ? state : withoutPartnersOwn(state)
  const items = all?.filter((item) => seesItem(side, item, state))
  return { ...own, answers, ...(items?.length && { items }), ...(closed && { closed }) }
}

/** A decline is for everybody who hears of it; why somebody cancelled is not for the other partner. */
const isOpenTo = (side: Side, { outcome, by }: Pick<NonNullable<CaseState['closed']>, 'outcome' | 'by'>) =>
  outcome === 'declined' || !isOtherPartner(side, by)

function withoutReason({ reason: _, ...closed }: NonNullable<CaseState['closed']>) {
  return closed
}

/** What was found out with the partner's own key, and which other cases it has, is not the destination partner's. */
function withoutPartnersOwn({ busy: _busy, ...state }: CaseState): CaseState {
  return { ...state, readings: {} }
}

/** Whether somebody is of the other partner: neither name nor words of theirs are for this side. */
export function isOtherPartner(side: Side, { role }: Pick<By, 'role'>): boolean {
  if (side === 'desk') return false
  return side === 'partner' ? role === 'destination-partner' : role === 'partner'
}

/**
 * Whether somebody's words are for that side. The partners' go to the desk alone; the desk's go to the partner, or to the
 * destination partner where they are addressed to it.
 */
export function hearsWords(side: Side, { role }: Pick<By, 'role'>, to?: 'destination-partner'): boolean {
  const fromPartner = role === 'partner' || role === 'destination-partner'
  if (side === 'desk') return fromPartner
  return !fromPartner && side === (to ?? 'partner')
}

/** What an event carries, for one side: why the other partner did something is not told, but for a decline. */
export function dataFor(side: Side, { by, data }: CaseEvent): Record<string, unknown> {
  const declined = 'decision' in data || ('outcome' in data && data.outcome === 'declined')
  if (!('reason' in data) || declined || !isOtherPartner(side, by)) return { ...data }
  const { reason: _, ...rest } = data
  return rest
}

/** Whether an event of a case's history is about something that this side sees. */
export function seesEvent(side: Side, flow: Flow, view: View, event: CaseEvent): boolean {
  if (side === 'desk') return true
  if (event.type === 'answered' || event.type === 'nudged') {
    const question = flow.questions.find(({ id }) => id === event.data.question)
    return question ? seesQuestion(side, question) : side === 'partner'
  }
  if (event.type === 'said') return hearsWords(side, event.by, event.data.to) || event.by.role === side
  if ('step' in event.data) {
    const { step: id } = event.data
    const step = flow.steps.find((each) => each.id === id)
    return step ? seesStep(side, step, view) : side === 'partner'
  }
  if (event.type === 'closed') return true
  if (event.type === 'noted') return side === 'partner' && event.data.shared
  return side === 'partner'
}
