import type { Actor } from '../cases/actor.ts'
import type { Acted, Desk } from '../cases/desk.ts'
import type { Act } from '../flows/engine/act.ts'
import type { Clock } from '../time.ts'
import type { DeskReplies } from './desk-replies.ts'
import type { CaseFormRef, Form } from './form.ts'
import { answersForm, openForm } from './forms.ts'
import { itemsCard } from './own-items.ts'
import { plainWords } from './plain-words.ts'
import { refusalText } from './refusal.ts'
import type { Reply } from './reply.ts'
import type { Said } from './talk.ts'

/** How long a form waits for the platforms before it is closed and the questions go on on the card, in ms. */
const patience = 1800

type Values = Record<string, string | string[]>

/** Takes a form about a case that comes back. */
type Submit = (actor: Actor, ref: CaseFormRef, values: Values, said: Said) => Promise<Reply[]>

/** What a form about a case does when it comes back. */
export function submittedForms(options: { desk: Desk; clock: Clock; replies: DeskReplies }): Submit {
  const { desk, clock, replies } = options
  const { textsFor, show, refused } = replies

  const submitOpen = async (actor: Actor, flowId: string, values: Values, said: Said): Promise<Reply[]> => {
    const flow = replies.flowsFor(actor).find(({ id }) => id === flowId)
    const given = flow ? withSkipped(openForm(flow, '', textsFor(actor), clock.now()), values) : values
    const acted = await desk.open(actor, flowId, given, said.key)
    if (!acted.ok) return badField(acted, actor) ?? refused(acted, actor)
    return goOn(actor, acted.case.id)
  }

  const submitAnswers = async (actor: Actor, id: number, values: Values, said: Said): Promise<Reply[]> => {
    const view = await desk.view(actor, id)
    const given = view ? withSkipped(answersForm(view, textsFor(actor)), values) : values
    for (const [question, value] of Object.entries(given)) {
      const deed: Act = value === '' ? { do: 'skip-question', question } : { do: 'answer', question, value }
      const acted = await desk.act(actor, id, deed, `${said.key}:${question}`)
      // An answer given above in the form may have made this question needless.
      if (!acted.ok && acted.why.code === 'not-open') continue
      if (!acted.ok) return badField(acted, actor) ?? refused(acted, actor, id)
    }
    return goOn(actor, id)
  }

  const submitReason = async (
    actor: Actor,
    ref: Extract<CaseFormRef, { form: 'reason' }>,
    values: Values,
    said: Said,
  ) => {
    const given = String(values.reason ?? '')
    const acted = await desk.act(actor, ref.case, { do: ref.verb, step: ref.step, reason: given }, said.key)
    if (acted.ok) return []
    if (acted.why.code !== 'reason-needed') return refused(acted, actor, ref.case)
    return [{ do: 'errors' as const, errors: { reason: textsFor(actor).t('desk.refusals.reason-needed') } }]
  }

  const submitItem = async (actor: Actor, id: number, values: Values, said: Said): Promise<Reply[]> => {
    const text = plainWords(String(values.item ?? ''))
    const acted = await desk.act(actor, id, { do: 'add-item', text }, said.key)
    if (!acted.ok) return badField(acted, actor) ?? refused(acted, actor, id)
    return show(itemsCard(acted.case, textsFor(actor), clock.now()))
  }

  /** After a form: the questions that are still open as the next form, when the platforms are quick. */
  const goOn = async (actor: Actor, id: number): Promise<Reply[]> => {
    await desk.settled(id, patience)
    const texts = textsFor(actor)
    const view = await desk.view(actor, id)
    if (!view) return []
    if (view.plan.question) return [{ do: 'form', form: answersForm(view, texts) }]
    return view.plan.ready ? [] : show(replies.cardOf(view, texts))
  }

  const badField = (acted: Extract<Acted, { ok: false }>, actor: Actor): Reply[] | undefined => {
    const { code, params } = acted.why
    if (code !== 'bad-answer' || typeof params.question !== 'string') return undefined
    return [
      { do: 'errors', errors: { [params.question]: refusalText(acted.why, textsFor(actor), { now: clock.now() }) } },
    ]
  }

  return async (actor, ref, values, said) => {
    if (ref.form === 'open') return submitOpen(actor, ref.flow, values, said)
    if (ref.form === 'answers') return submitAnswers(actor, ref.case, values, said)
    if (ref.form === 'item') return submitItem(actor, ref.case, values, said)
    return submitReason(actor, ref, values, said)
  }
}

/** A form leaves blank fields out; a blank answer to a question that may be skipped skips it. */
function withSkipped(form: Form, values: Values): Values {
  const blank = form.fields.filter(({ id, optional }) => optional && values[id] === undefined)
  return { ...values, ...Object.fromEntries(blank.map(({ id }) => [id, ''] as const)) }
}
