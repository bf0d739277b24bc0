import type { Actor } from '../cases/actor.ts'
import type { CaseView } from '../cases/case-view.ts'
import type { Acted, Desk } from '../cases/desk.ts'
import { caseLabel, readCaseLabel } from '../cases/label.ts'
import type { Act } from '../flows/engine/act.ts'
import { allows } from '../flows/engine/rights.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { Clock } from '../time.ts'
import type { Card } from './card.ts'
import { caseCard, isAsked } from './case-card.ts'
import { casesCard } from './cases-card.ts'
import type { Conversations } from './conversation.ts'
import { explainCard } from './explain-card.ts'
import type { Form, FormRef } from './form.ts'
import { answersForm, editForm, openForm, reasonForm } from './forms.ts'
import { numbersTalk } from './numbers-talk.ts'
import { plainWords } from './plain-words.ts'
import { encodePress, type Press } from './press.ts'
import { questionCard, questionMessage } from './question-card.ts'
import { refusalText } from './refusal.ts'
import type { Reply } from './reply.ts'
import { statusCard } from './status-card.ts'
import type { Command, Said, Talk } from './talk.ts'
import type { Texts, TextsOf } from './texts.ts'

/** How long a form waits for the platforms before it is closed and the questions go on on the card, in ms. */
const patience = 1800

export interface DeskTalkOptions {
  desk: Desk
  textsOf: TextsOf
  conversations: Conversations
  clock: Clock
  partnerName: (id: string | undefined) => string | undefined
}

/** The conversation on top of the desk. */
export function deskTalk(options: DeskTalkOptions): Talk {
  const { desk, textsOf, conversations, clock, partnerName } = options
  const textsFor = (actor: Actor) => textsOf(actor.language, actor.timeZone)
  const toast = (text: string, alert = false): Reply[] => [{ do: 'toast', text, ...(alert && { alert }) }]
  const numbers = numbersTalk({ desk, clock, textsFor })
  const show = (card: Card): Reply[] => [{ do: 'show', card }]

  const cardOf = (view: CaseView, texts: Texts, details = false) =>
    caseCard(view, { texts, now: clock.now(), partnerName: partnerName(view.state.partner), details })

  const refused = (acted: Extract<Acted, { ok: false }>, actor: Actor, id?: number): Reply[] => {
    const context = { now: clock.now(), name: actor.name, ...(id !== undefined && { case: id }) }
    return toast(refusalText(acted.why, textsFor(actor), context), true)
  }

  const help = (actor: Actor, unknown?: string): Reply[] => {
    const texts = textsFor(actor)
    const say = (key: string) => texts.t(`desk.help.${key}`)
    const desk_ = actor.role !== 'partner'
    const prefix = actor.surface === 'slack' ? '/portdesk ' : '/'
    const lines = [0, 1, 2, 3, 4, 5].map((n) => `${prefix}${texts.t(`desk.help.commands.${n}`)}`)
    return show({
      title: say('title'),
      text: [
        ...(unknown ? [texts.t('desk.help.unknown', { word: unknown })] : []),
        say(desk_ ? 'desk' : 'partner'),
        lines.join('\n'),
        say(desk_ ? 'notes' : 'reply'),
      ],
      buttons: [
        ...flowButtons(actor, texts),
        { label: texts.t('desk.buttons.numbers'), press: encodePress({ verb: 'numbers' }) },
        { label: texts.t('desk.buttons.cases'), press: encodePress({ verb: 'cases' }) },
      ],
    })
  }

  const flowsFor = (actor: Actor) => desk.flows.filter((flow) => allows(flow.startedBy, actor.role))
  const flowButtons = (actor: Actor, texts: Texts, number?: string) =>
    flowsFor(actor).map((flow) => ({
      label: texts.t(`${flow.id}.title`),
      press: encodePress({ verb: 'new', target: flow.id, ...(number && { value: number }) }),
    }))

  const startNew = async (actor: Actor, flow: Flow, number: string, said: Said): Promise<Reply[]> => {
    const texts = textsFor(actor)
    if (actor.surface === 'slack') return [{ do: 'form', form: openForm(flow, number, texts, clock.now()) }]
    await forget(actor)
    const acted = await desk.open(actor, flow.id, number ? { [flow.subject]: number } : {}, said.key)
    if (!acted.ok) return refused(acted, actor)
    return []
  }

  const newCase = async (actor: Actor, text: string, said: Said): Promise<Reply[]> => {
    const texts = textsFor(actor)
    const [word = '', ...rest] = text.trim().split(/\s+/)
    const flow = flowsFor(actor).find(({ id }) => id === word.toLowerCase())
    if (flow) return startNew(actor, flow, rest.join(' '), said)
    const number = /\d/.test(text) ? text.replace(/\D/g, '').slice(0, 15) : ''
    return show({
      title: texts.t('desk.new.title'),
      buttons: flowButtons(actor, texts, number),
    })
  }

  const status = async (actor: Actor, text: string, details = false): Promise<Card> => {
    const texts = textsFor(actor)
    return statusCard(await desk.status(actor, text.trim()), text.trim(), texts, clock.now(), details)
  }

  const cases = async (actor: Actor): Promise<Reply[]> => {
    const views = await desk.list(actor)
    const texts = textsFor(actor)
    const replies = show(casesCard(views, texts, clock.now()))
    const parked =
      actor.surface === 'telegram' ? views.find((view) => asks(view) && view.state.openedBy.id === actor.id) : undefined
    return parked ? [...replies, { do: 'show', card: questionMessage(parked, texts) }] : replies
  }

  const showCase = async (actor: Actor, id: number | undefined, details = false): Promise<Reply[]> => {
    const texts = textsFor(actor)
    if (id === undefined) return show({ title: texts.t('desk.cases.usage') })
    const view = await desk.view(actor, id)
    if (!view) return show({ title: texts.t('desk.refusals.not-found', { case: caseLabel(id) }) })
    const asking = actor.surface === 'telegram' && asks(view) && view.side === 'partner'
    if (!asking) return show(cardOf(view, texts, details))
    await forget(actor)
    return show(questionMessage(view, texts))
  }

  const cancel = async (actor: Actor, text: string): Promise<Reply[]> => {
    const texts = textsFor(actor)
    const id = readCaseLabel(text)
    if (id !== undefined) return showCase(actor, id)
    const own = (await desk.list(actor)).filter(({ state }) => state.openedBy.id === actor.id)
    if (own.length === 0) return show({ title: texts.t('desk.cancel.nothing') })
    return show({ ...casesCard(own, texts, clock.now()), title: texts.t('desk.cancel.which') })
  }

  const act = async (actor: Actor, id: number, deed: Act, said: Said): Promise<Reply[]> => {
    const acted = await desk.act(actor, id, deed, said.key)
    return acted.ok ? [] : refused(acted, actor, id)
  }

  /** An answer to a question, which in Telegram may be one that was opened again. */
  const answer = async (actor: Actor, id: number, question: string, value: unknown, said: Said): Promise<Reply[]> => {
    const deed: Act = value === undefined ? { do: 'skip-question', question } : { do: 'answer', question, value }
    const acted = await desk.act(actor, id, deed, said.key)
    const focus = await conversations.focus(actor.room, actor.id)
    if (!acted.ok) {
      const text = refusalText(acted.why, textsFor(actor), { now: clock.now(), case: id, name: actor.name })
      return acted.why.code === 'bad-answer' ? show({ title: text }) : toast(text, true)
    }
    if (!focus || focus.case !== id) return []
    await attend(actor, acted.case)
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
    await attend(actor, edit ? undefined : view)
    return show(edit ? editCard(view, texts) : questionMessage(view, texts))
  }

  const askAgain = async (actor: Actor, id: number, question: string): Promise<Reply[]> => {
    const texts = textsFor(actor)
    const view = await desk.view(actor, id)
    const planned = view?.plan.questions.find((each) => each.question.id === question)
    if (!view || !planned || planned.status === 'known' || view.state.closed) return showCase(actor, id)
    await conversations.setFocus(actor.room, actor.id, { case: id, question })
    const prefill = planned.answer ?? planned.prefill
    return [
      {
        do: 'replace',
        card: questionCard(view, { ...planned, ...(prefill !== undefined && { prefill }) }, texts, true),
      },
    ]
  }

  /** What the new partner writes next answers its question: the case was opened in another room, which has its own. */
  const attend = async (actor: Actor, view: CaseView | undefined) => {
    const question = view?.side === 'destination-partner' && asks(view) ? view.plan.question?.question.id : undefined
    if (!view || question === undefined) return forget(actor)
    await conversations.setFocus(actor.room, actor.id, { case: view.id, question })
  }

  const forget = (actor: Actor) => conversations.setFocus(actor.room, actor.id, undefined)

  /** The question that was opened again, while it can be answered and nothing is said about another case. */
  const focusOf = async (actor: Actor, about: number | undefined) => {
    const focus = await conversations.focus(actor.room, actor.id)
    if (!focus || (about !== undefined && about !== focus.case)) return undefined
    const view = await desk.view(actor, focus.case)
    const planned = view?.plan.questions.find(({ question }) => question.id === focus.question)
    if (view && !view.state.closed && planned && planned.status !== 'known') return focus
    await forget(actor)
    return undefined
  }

  const keep = async (actor: Actor, id: number): Promise<Reply[]> => {
    await forget(actor)
    const view = await desk.view(actor, id)
    return view ? [{ do: 'replace', card: questionMessage(view, textsFor(actor)) }] : showCase(actor, id)
  }

  const pressCase = async (actor: Actor, press: Press, id: number, said: Said): Promise<Reply[]> => {
    const { verb, target = '', value } = press
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
      case 'details':
        return showCase(actor, id, true)
      default:
        return showCase(actor, id)
    }
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

  const submitOpen = async (
    actor: Actor,
    flowId: string,
    values: Record<string, unknown>,
    said: Said,
  ): Promise<Reply[]> => {
    const flow = flowsFor(actor).find(({ id }) => id === flowId)
    const given = flow ? withSkipped(openForm(flow, '', textsFor(actor), clock.now()), values) : values
    const acted = await desk.open(actor, flowId, given, said.key)
    if (!acted.ok) return badField(acted, actor) ?? refused(acted, actor)
    return goOn(actor, acted.case.id)
  }

  /** After a form: the questions that are still open as the next form, when the platforms are quick. */
  const goOn = async (actor: Actor, id: number): Promise<Reply[]> => {
    await desk.settled(id, patience)
    const texts = textsFor(actor)
    const view = await desk.view(actor, id)
    if (!view) return []
    if (view.plan.question) return [{ do: 'form', form: answersForm(view, texts) }]
    return view.plan.ready ? [] : show(cardOf(view, texts))
  }

  const badField = (acted: Extract<Acted, { ok: false }>, actor: Actor): Reply[] | undefined => {
    const { code, params } = acted.why
    if (code !== 'bad-answer' || typeof params.question !== 'string') return undefined
    return [
      { do: 'errors', errors: { [params.question]: refusalText(acted.why, textsFor(actor), { now: clock.now() }) } },
    ]
  }

  const submitAnswers = async (
    actor: Actor,
    id: number,
    values: Record<string, string | string[]>,
    said: Said,
  ): Promise<Reply[]> => {
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

  return {
    async command(actor, command: Command, text, said) {
      switch (command) {
        case 'status':
          return text.trim() ? show(await status(actor, text)) : numbers.list(actor)
        case 'export':
          return numbers.export(actor, text)
        case 'new':
          return newCase(actor, text, said)
        case 'cases':
          return cases(actor)
        case 'case':
          return showCase(actor, readCaseLabel(text))
        case 'explain':
          return show(explainCard(text, textsFor(actor), flowsFor(actor)))
        case 'cancel':
          return cancel(actor, text)
        default:
          return help(actor, text.trim() || undefined)
      }
    },

    async press(actor, press, said) {
      if (press.verb === 'never') return []
      if (press.verb === 'help') return help(actor)
      if (press.verb === 'cases') return cases(actor)
      if (press.verb === 'numbers' || (press.verb === 'status' && !press.target)) return numbers.list(actor, press)
      if (press.verb === 'export') return numbers.export(actor, press.target ?? '')
      if (press.verb === 'status') return show(await status(actor, press.target ?? ''))
      if (press.verb === 'new') {
        const flow = flowsFor(actor).find(({ id }) => id === press.target)
        return flow ? startNew(actor, flow, press.value ?? '', said) : help(actor)
      }
      if (press.case !== undefined) return pressCase(actor, press, press.case, said)
      return press.verb === 'details' ? show(await status(actor, press.target ?? '', true)) : help(actor)
    },

    async submit(actor, ref: FormRef, values, said) {
      if (ref.form === 'open') return submitOpen(actor, ref.flow, values, said)
      if (ref.form === 'answers') return submitAnswers(actor, ref.case, values, said)
      const given = String(values.reason ?? '')
      const acted = await desk.act(actor, ref.case, { do: ref.verb, step: ref.step, reason: given }, said.key)
      if (acted.ok) return []
      if (acted.why.code !== 'reason-needed') return refused(acted, actor, ref.case)
      return [{ do: 'errors', errors: { reason: textsFor(actor).t('desk.refusals.reason-needed') } }]
    },

    async text(actor, text, said) {
      const id = said.about === undefined ? undefined : await desk.caseOfMessage(actor.surface, actor.room, said.about)
      const focus = await focusOf(actor, id)
      if (focus) return answer(actor, focus.case, focus.question, text, said)
      const asked = actor.surface === 'telegram' ? await askedIn(actor, id) : undefined
      if (asked?.plan.question && asks(asked))
        return answer(actor, asked.id, asked.plan.question.question.id, text, said)
      if (id === undefined) return help(actor)
      const mark = actor.role === 'partner' ? undefined : (['//', '>>'] as const).find((each) => text.startsWith(each))
      const from = { surface: actor.surface, room: actor.room }
      const to = mark === '>>' && { to: 'destination-partner' as const }
      const words = plainWords(mark ? text.slice(mark.length) : text)
      return words ? act(actor, id, { do: 'say', text: words, internal: mark === '//', ...to, from }, said) : []
    },

    stranger(surface, language = 'en') {
      return toast(textsOf(language, 'UTC').t(`desk.stranger.${surface}`), true)
    },

    home: cases,
  }

  /** The case whose question a free text answers: the one it replies to, or the newest that this person left open. */
  async function askedIn(actor: Actor, id: number | undefined): Promise<CaseView | undefined> {
    if (id !== undefined) return desk.view(actor, id)
    const views = await desk.list(actor)
    return views.find(
      (view) => asks(view) && view.state.origin?.room === actor.room && view.state.openedBy.id === actor.id,
    )
  }
}

/** A question is open that is for this person. */
const asks = (view: CaseView): boolean => view.plan.question !== undefined && isAsked(view, view.plan.question)

/** A form leaves blank fields out; a blank answer to a question that may be skipped skips it. */
function withSkipped<T>(form: Form, values: Record<string, T>): Record<string, T | ''> {
  const blank = form.fields.filter(({ id, optional }) => optional && values[id] === undefined)
  return { ...values, ...Object.fromEntries(blank.map(({ id }) => [id, ''] as const)) }
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
