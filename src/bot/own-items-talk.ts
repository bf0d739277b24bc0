import type { Actor } from '../cases/actor.ts'
import type { Desk } from '../cases/desk.ts'
import type { Clock } from '../time.ts'
import type { Card } from './card.ts'
import type { DeskCommands } from './desk-commands.ts'
import type { DeskReplies } from './desk-replies.ts'
import { itemForm, itemsCard } from './own-items.ts'
import type { Press } from './press.ts'
import type { Reply } from './reply.ts'
import type { Said } from './talk.ts'

export interface OwnItemsTalkOptions {
  desk: Desk
  clock: Clock
  replies: DeskReplies
  showCase: DeskCommands['showCase']
}

/** What a button about the items does that people add to a case themselves. */
export function ownItemsTalk({ desk, clock, replies, showCase }: OwnItemsTalkOptions) {
  const { textsFor, refused, show } = replies

  const list = async (actor: Actor, id: number, removing: boolean): Promise<Card | undefined> => {
    const view = await desk.view(actor, id)
    return view && !view.state.closed ? itemsCard(view, textsFor(actor), clock.now(), removing) : undefined
  }

  /** Asks for the words only of somebody who may add an item. */
  const add = async (actor: Actor, id: number, said: Said): Promise<Reply[]> => {
    const acted = await desk.act(actor, id, { do: 'add-item', text: '' }, said.key)
    const view = await desk.view(actor, id)
    if (acted.ok || !view) return showCase(actor, id)
    return acted.why.code === 'bad-answer'
      ? [{ do: 'form', form: itemForm(view, textsFor(actor)) }]
      : refused(acted, actor, id)
  }

  return async (actor: Actor, { verb, target }: Press, id: number, said: Said): Promise<Reply[]> => {
    if (verb === 'add-item') return add(actor, id, said)
    if (verb !== 'tick-item' && verb !== 'untick-item' && verb !== 'remove-item') {
      const card = await list(actor, id, verb === 'remove-items')
      if (!card) return showCase(actor, id)
      // The card of the case stays where it is; from list to list goes in place.
      return verb === 'items' && target === undefined ? show(card) : [{ do: 'replace', card }]
    }
    const acted = await desk.act(actor, id, { do: verb, item: Number(target) }, said.key)
    if (!acted.ok) return refused(acted, actor, id)
    return [{ do: 'replace', card: itemsCard(acted.case, textsFor(actor), clock.now(), verb === 'remove-item') }]
  }
}
