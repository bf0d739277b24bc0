import type { Api } from 'grammy'
import type { MessageId, Surface } from '../surface.ts'
import { SendError } from '../surface.ts'
import { cardHtml } from './html.ts'
import { keyboard } from './keyboard.ts'
import { openMessages } from './messages.ts'

/**
 * Telegram as the courier sees it. Telegram neither takes an idempotency key nor lets a bot read what it has written, so
 * with `perhapsSaid` the message is said again: here a message arrives at least once.
 */
export function telegramSurface(api: Api): Surface {
  const messages = openMessages(api)
  const surface: Surface = {
    name: 'telegram',
    async show(room, card, { messageId, ...options }) {
      if (messageId === undefined) return surface.say(room, card, options)
      await messages.edit(room.id, numberOf(messageId), { html: cardHtml(card), markup: keyboard(card) })
      return messageId
    },
    async say(room, card, { thread }) {
      const replyTo = thread === undefined ? undefined : numberOf(thread)
      return String(await messages.send(room.id, { html: cardHtml(card), markup: keyboard(card), replyTo }))
    },
  }
  return surface
}

function numberOf(id: MessageId): number {
  const number = Number(id)
  if (!Number.isSafeInteger(number)) throw new SendError({ kind: 'gone', words: `"${id}" is no message of Telegram` })
  return number
}
