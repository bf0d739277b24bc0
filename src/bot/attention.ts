import { type Actor, homeOf } from '../cases/actor.ts'
import type { CaseView } from '../cases/case-view.ts'
import type { Desk } from '../cases/desk.ts'
import { isAsked } from './case-card.ts'
import type { Conversations, Focus } from './conversation.ts'

/** Which question the next words of a person answer. */
export interface Attention {
  /** What the new partner writes next answers its question: the case was opened in another room, which has its own. */
  attend(actor: Actor, view: CaseView | undefined): Promise<void>
  /** What this person writes next answers that question, which was opened again. */
  askAgain(actor: Actor, focus: Focus): Promise<void>
  forget(actor: Actor): Promise<void>
  /** The case that this person was asked about last, if that still is so. */
  caseOf(actor: Actor): Promise<number | undefined>
  /** The question that was opened again, while it can be answered and nothing is said about another case. */
  focusOf(actor: Actor, about: number | undefined): Promise<Focus | undefined>
}

export function attention(options: { desk: Pick<Desk, 'view'>; conversations: Conversations }): Attention {
  const { desk, conversations } = options
  const set = (actor: Actor, focus: Focus | undefined) => conversations.setFocus(homeOf(actor), actor.id, focus)
  const focused = (actor: Actor) => conversations.focus(homeOf(actor), actor.id)
  return {
    async attend(actor, view) {
      const question = view?.side === 'destination-partner' && asks(view) ? view.plan.question?.question.id : undefined
      await set(actor, view && question !== undefined ? { case: view.id, question } : undefined)
    },

    askAgain: set,
    forget: (actor) => set(actor, undefined),
    caseOf: async (actor) => (await focused(actor))?.case,

    async focusOf(actor, about) {
      const focus = await focused(actor)
      if (!focus || (about !== undefined && about !== focus.case)) return undefined
      const view = await desk.view(actor, focus.case)
      const planned = view?.plan.questions.find(({ question }) => question.id === focus.question)
      if (view && !view.state.closed && planned && planned.status !== 'known') return focus
      await set(actor, undefined)
      return undefined
    },
  }
}

/** A question is open that is for this person. */
export const asks = (view: CaseView): boolean => view.plan.question !== undefined && isAsked(view, view.plan.question)
