import type { Actor } from '../cases/actor.ts'
import type { CaseView } from '../cases/case-view.ts'
import type { Acted, Desk } from '../cases/desk.ts'
import { allows } from '../flows/engine/rights.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { Clock } from '../time.ts'
import type { Card } from './card.ts'
import { caseCard } from './case-card.ts'
import { encodePress } from './press.ts'
import { refusalText } from './refusal.ts'
import type { Reply } from './reply.ts'
import type { Texts, TextsOf } from './texts.ts'

export interface DeskRepliesOptions {
  desk: Pick<Desk, 'flows'>
  textsOf: TextsOf
  clock: Clock
  partnerName: (id: string | undefined) => string | undefined
}

/** What every part of the conversation on top of the desk says alike. */
export interface DeskReplies {
  textsFor(actor: Actor): Texts
  show(card: Card): Reply[]
  toast(text: string, alert?: boolean): Reply[]
  refused(acted: Extract<Acted, { ok: false }>, actor: Actor, id?: number): Reply[]
  cardOf(view: CaseView, texts: Texts, details?: boolean): Card
  /** The flows that this person may start. */
  flowsFor(actor: Actor): Flow[]
  /** A button for each of them, about a number when there is one. */
  flowButtons(actor: Actor, texts: Texts, number?: string): NonNullable<Card['buttons']>
}

export function deskReplies({ desk, textsOf, clock, partnerName }: DeskRepliesOptions): DeskReplies {
  const textsFor = (actor: Actor) => textsOf(actor.language, actor.timeZone)
  const toast = (text: string, alert = false): Reply[] => [{ do: 'toast', text, ...(alert && { alert }) }]
  const flowsFor = (actor: Actor) => desk.flows.filter((flow) => allows(flow.startedBy, actor.role))
  return {
    textsFor,
    toast,
    flowsFor,
    show: (card) => [{ do: 'show', card }],

    refused(acted, actor, id) {
      const context = { now: clock.now(), name: actor.name, ...(id !== undefined && { case: id }) }
      return toast(refusalText(acted.why, textsFor(actor), context), true)
    },

    cardOf: (view, texts, details = false) =>
      caseCard(view, { texts, now: clock.now(), partnerName: partnerName(view.state.partner), details }),

    flowButtons: (actor, texts, number) =>
      flowsFor(actor).map((flow) => ({
        label: texts.t(`${flow.id}.title`),
        press: encodePress({ verb: 'new', target: flow.id, ...(number && { value: number }) }),
      })),
  }
}
