import type { Actor } from '../cases/actor.ts'
import type { CaseView } from '../cases/case-view.ts'
import type { Desk } from '../cases/desk.ts'
import type { Act } from '../flows/engine/act.ts'
import type { Clock } from '../time.ts'
import type { Attention } from './attention.ts'
import type { Card } from './card.ts'
import type { DeskCommands } from './desk-commands.ts'
import type { DeskReplies } from './desk-replies.ts'
import { answersForm, editForm, reasonForm } from './forms.ts'
import { ownItemsTalk } from './own-items-talk.ts'
import { encodePress, type Press } from './press.ts'
import { questionCard, questionMessage } from './question-card.ts'
import { refusalText } from './refusal.ts'
import type { Reply } from './reply.ts'
import type { Said } from './talk.ts'
import type { Texts } from './texts.ts'

export interface CasePressesOptions {
  desk: Desk
  clock: Clock
  replies: DeskReplies
  attention: Attention
  showCase: DeskCommands['showCase']
}

/** What a button on a case does. */
export interface CasePresses {
  press(actor: Actor, press: Press, id: number, said: Said): Promise<Reply[]>
  /** An answer to a question, which in Telegram may be one that was opened again. */
  answer(actor: Actor, id: number, question: string, value: unknown, said: Said): Promise<Reply[]>
  act(actor: Actor, id: number, deed: Act, said: Said): Promise<Reply[]>
}

export function casePresses({ desk, clock, replies, attention, showCase }: CasePressesOptions): CasePresses {
  const { textsFor, show, toast, refused } = replies

  const act: CasePresses['act'] = async (actor, id, deed, said) => {
    const acted = await desk.act(actor, id, deed, said.key)
    return acted.ok ? [] : refused(acted, actor, id)
  }

  const answer: CasePresses['answer'] = async (actor, id, question, value, said) => {
    const deed: Act = value === undefined ? { do: 'skip-question', question } : { do: 'answer', question, value }
    const acted = await desk.act(actor, id, deed, said.key)
    const focused = await attention.caseOf(actor)
    if (!acted.ok) {
      const text = refusalText(acted.why, textsFor(actor), { now: clock.now(), case: id, name: actor.name })
      return acted.why.code === 'bad-answer' ? show({ title: text }) : toast(text, true)
    }
    if (focused !== id) return []
    await attention.attend(actor, acted.case)
    return [{ do: 'replace', card: questionMessage(acted.case, textsFor(actor)) }]
  }

  const questions = async (actor: Actor, id: number, edit: boolean): Promise<Reply[]> => {
    const texts = textsFor(actor)
    const view = await desk.view(actor, id)
    if (!view || view.state.closed) return showCase(actor, id)
    // Several of a list are chosen in a form, on every surface.
    if (actor.surface === 'slack' || (!edit && view.plan.question?.question.kind === 'choices')) {
      const form = edit ? editForm(view, texts) : answersForm(view, texts)
      return form.fields.length ? [{ do: 'form', form }] : showCase(actor, id)
    }
    await attention.attend(actor, edit ? undefined : view)
    return show(edit ? editCard(view, texts) : questionMessage(view, texts))
  }

  const askAgain = async (actor: Actor, id: number, question: string): Promise<Reply[]> => {
    const view = await desk.view(actor, id)
    const planned = view?.plan.questions.find((each) => each.question.id === question)
    if (!view || !planned || planned.status === 'known' || view.state.closed) return showCase(actor, id)
    await attention.askAgain(actor, { case: id, question })
    const prefill = planned.answer ?? planned.prefill
    const again = { ...planned, ...(prefill !== undefined && { prefill }) }
    return [{ do: 'replace', card: questionCard(view, again, textsFor(actor), true) }]
  }

  const keep = async (actor: Actor, id: number): Promise<Reply[]> => {
    await attention.forget(actor)
    const view = await desk.view(actor, id)
    return view ? [{ do: 'replace', card: questionMessage(view, textsFor(actor)) }] : showCase(actor, id)
  }

  /** Asks for the reason only of somebody who may decide at all, and only while there is something to decide. */
  const reason = async (
    actor: Actor,
    id: number,
    verb: 'decline' | 'skip',
    step: string,
    said: Said,
  ): Promise<Reply[]> => {
    const acted = await desk.act(actor, id, { do: verb, step, reason: '' }, said.key)
    if (acted.ok) return []
    const view = acted.why.code === 'reason-needed' ? await desk.view(actor, id) : undefined
    if (!view) return refused(acted, actor, id)
    return [{ do: 'form', form: reasonForm(view, verb, step, textsFor(actor)) }]
  }

  const items = ownItemsTalk({ desk, clock, replies, showCase })

  const press: CasePresses['press'] = async (actor, pressed, id, said) => {
    const { verb, target = '', value } = pressed
    switch (verb) {
      case 'answer':
        return answer(actor, id, target, value, said)
      case 'skip-question':
        return answer(actor, id, target, undefined, said)
      case 'tick':
      case 'untick':
      case 'attest':
      case 'approve':
      case 'start':
        return act(actor, id, { do: verb, step: target }, said)
      case 'decline':
      case 'skip':
        return reason(actor, id, verb, target, said)
      case 're-check':
      case 'take':
      case 'cancel':
        return act(actor, id, { do: verb }, said)
      case 'questions':
        return questions(actor, id, false)
      case 'edit':
        return questions(actor, id, true)
      case 'ask':
        return askAgain(actor, id, target)
      case 'keep':
        return keep(actor, id)
      case 'items':
      case 'remove-items':
      case 'add-item':
      case 'tick-item':
      case 'untick-item':
      case 'remove-item':
        return items(actor, pressed, id, said)
      case 'details':
        return showCase(actor, id, true)
      default:
        return showCase(actor, id)
    }
  }

  return { press, answer, act }
}

/** The answers that can be changed, as buttons. */
function editCard(view: CaseView, texts: Texts): Card {
  const { id, state } = view
  const form = editForm(view, texts)
  return {
    title: form.title,
    buttons: form.fields.map((field) => ({
      label: field.label,
      press: encodePress({ verb: 'ask', case: id, seq: state.seq, target: field.id }),
    })),
  }
}
