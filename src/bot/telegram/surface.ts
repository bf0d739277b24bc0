import type { Api } from 'grammy'
import type { Card } from '../card.ts'
import type { MessageId, Room, Surface } from '../surface.ts'
import { SendError } from '../surface.ts'
import { cardHtml } from './html.ts'
import { keyboard } from './keyboard.ts'
import { openMessages } from './messages.ts'

/** How many ids after the last known message are tried. Whatever people wrote in the meantime counts too. */
const reach = 16

/**
 * Telegram as the courier sees it. Telegram neither takes an idempotency key nor lets a bot read what it has written. It
 * refuses to edit what is not the bot's, though, and tells when an edit changes nothing: so with `perhapsSaid` the ids
 * after the last known message are edited to what was to be said, and the one that takes it is the message.
 */
export function telegramSurface(api: Api): Surface {
  const messages = openMessages(api)

  const earlier = async (room: Room, card: Card, after: MessageId | undefined): Promise<MessageId | undefined> => {
    if (after === undefined) return undefined
    const first = numberOf(after) + 1
    for (let id = first; id < first + reach; id += 1) {
      try {
        await messages.edit(room.id, id, { html: cardHtml(card), markup: keyboard(card) })
        return String(id)
      } catch (error) {
        if (!(error instanceof SendError) || error.problem.kind !== 'gone') throw error
      }
    }
    return undefined
  }

  const surface: Surface = {
    name: 'telegram',
    async show(room, card, { messageId, ...options }) {
      if (messageId === undefined) return surface.say(room, card, options)
      await messages.edit(room.id, numberOf(messageId), { html: cardHtml(card), markup: keyboard(card) })
      return messageId
    },
    async say(room, card, { thread, perhapsSaid }) {
      const said = perhapsSaid && (await earlier(room, card, perhapsSaid.after))
      if (said !== undefined) return said
      const replyTo = thread === undefined ? undefined : numberOf(thread)
      const message = { html: cardHtml(card), markup: keyboard(card), replyTo, topic: room.topic }
      return String(await messages.send(room.id, message))
    },
  }
  return surface
}

function numberOf(id: MessageId): number {
  const number = Number(id)
  if (!Number.isSafeInteger(number)) throw new SendError({ kind: 'gone', words: `"${id}" is no message of Telegram` })
  return number
}
