import type { Actor } from '../cases/actor.ts'
import type { Desk } from '../cases/desk.ts'
import { caseLabel, readCaseLabel } from '../cases/label.ts'
import { allows } from '../flows/engine/rights.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { Clock } from '../time.ts'
import { type Attention, asks } from './attention.ts'
import { casesCard } from './cases-card.ts'
import type { DeskReplies } from './desk-replies.ts'
import { explainCard } from './explain-card.ts'
import { openForm } from './forms.ts'
import { encodePress } from './press.ts'
import { questionMessage } from './question-card.ts'
import type { Reply } from './reply.ts'
import { statusCard } from './status-card.ts'
import type { Said } from './talk.ts'

export interface DeskCommandsOptions {
  desk: Desk
  clock: Clock
  replies: DeskReplies
  attention: Attention
}

/** What people ask the desk for by a command, or by a button that stands for one. */
export interface DeskCommands {
  help(actor: Actor, unknown?: string): Reply[]
  /** A form in Slack, a case whose first question follows in Telegram. */
  startNew(actor: Actor, flow: Flow, number: string, said: Said): Promise<Reply[]>
  newCase(actor: Actor, text: string, said: Said): Promise<Reply[]>
  status(actor: Actor, text: string, details?: boolean): Promise<Reply[]>
  cases(actor: Actor): Promise<Reply[]>
  showCase(actor: Actor, id: number | undefined, details?: boolean): Promise<Reply[]>
  explain(actor: Actor, text: string): Reply[]
  cancel(actor: Actor, text: string): Promise<Reply[]>
}

export function deskCommands({ desk, clock, replies, attention }: DeskCommandsOptions): DeskCommands {
  const { textsFor, show, flowsFor, flowButtons } = replies

  const help = (actor: Actor, unknown?: string): Reply[] => {
    const texts = textsFor(actor)
    const say = (key: string) => texts.t(`desk.help.${key}`)
    const desk_ = actor.role !== 'partner'
    const prefix = actor.surface === 'slack' ? '/portdesk ' : '/'
    const lines = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `${prefix}${texts.t(`desk.help.commands.${n}`)}`)
    if (allows(['lead'], actor.role)) lines.push(`${prefix}${say('undelivered')}`)
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

  const startNew = async (actor: Actor, flow: Flow, number: string, said: Said): Promise<Reply[]> => {
    const texts = textsFor(actor)
    if (actor.surface === 'slack') return [{ do: 'form', form: openForm(flow, number, texts, clock.now()) }]
    await attention.forget(actor)
    const acted = await desk.open(actor, flow.id, number ? { [flow.subject]: number } : {}, said.key)
    return acted.ok ? [] : replies.refused(acted, actor)
  }

  const showCase = async (actor: Actor, id: number | undefined, details = false): Promise<Reply[]> => {
    const texts = textsFor(actor)
    if (id === undefined) return show({ title: texts.t('desk.cases.usage') })
    const view = await desk.view(actor, id)
    if (!view) return show({ title: texts.t('desk.refusals.not-found', { case: caseLabel(id) }) })
    const asking = actor.surface === 'telegram' && asks(view) && view.side === 'partner'
    if (!asking) return show(replies.cardOf(view, texts, details))
    await attention.forget(actor)
    return show(questionMessage(view, texts))
  }

  return {
    help,
    startNew,
    showCase,

    async newCase(actor, text, said) {
      const texts = textsFor(actor)
      const [word = '', ...rest] = text.trim().split(/\s+/)
      const flow = flowsFor(actor).find(({ id }) => id === word.toLowerCase())
      if (flow) return startNew(actor, flow, rest.join(' '), said)
      const number = /\d/.test(text) ? text.replace(/\D/g, '').slice(0, 15) : ''
      return show({ title: texts.t('desk.new.title'), buttons: flowButtons(actor, texts, number) })
    },

    async status(actor, text, details = false) {
      const asked = text.trim()
      return show(statusCard(await desk.status(actor, asked), asked, textsFor(actor), clock.now(), details))
    },

    async cases(actor) {
      const views = await desk.list(actor)
      const texts = textsFor(actor)
      const listed = show(casesCard(views, texts, clock.now()))
      const parked =
        actor.surface === 'telegram'
          ? views.find((view) => asks(view) && view.state.openedBy.id === actor.id)
          : undefined
      return parked ? [...listed, { do: 'show', card: questionMessage(parked, texts) }] : listed
    },

    explain: (actor, text) => show(explainCard(text, textsFor(actor), flowsFor(actor))),

    async cancel(actor, text) {
      const texts = textsFor(actor)
      const id = readCaseLabel(text)
      if (id !== undefined) return showCase(actor, id)
      const own = await desk.list(actor, { own: true })
      if (own.length === 0) return show({ title: texts.t('desk.cancel.nothing') })
      return show({ ...casesCard(own, texts, clock.now()), title: texts.t('desk.cancel.which') })
    },
  }
}
