import type { Api } from 'grammy'
import type { CallbackQuery, Message } from 'grammy/types'
import type { Logger } from 'pino'
import type { Actor } from '../../cases/actor.ts'
import type { Card } from '../card.ts'
import type { People } from '../people.ts'
import { decodePress, type Press } from '../press.ts'
import type { Reply } from '../reply.ts'
import type { Talk } from '../talk.ts'
import type { Forms } from './form.ts'
import { cardHtml } from './html.ts'
import { nameOf, speakerOf, topicOf } from './incoming.ts'
import { confirmKeyboard, confirmOf, marks } from './keyboard.ts'
import type { Messages } from './messages.ts'
import { openPressAnswer } from './press-answer.ts'
import type { CarryOut, Occasion } from './replies.ts'
import type { TelegramTexts } from './texts.ts'

/** Finds the card that a press sits on, as it is now; for the question to ask before the press counts. */
export type CardOf = (actor: Actor, press: Press) => Promise<Card | undefined>

export interface OnPressOptions {
  api: Api
  talk: Talk
  people: People
  forms: Forms
  messages: Messages
  carryOut: CarryOut
  cardOf: CardOf
  texts: TelegramTexts
  /** Milliseconds after which a press is answered without words. */
  patience: number
  log: Logger
}

/** A press of a known person. */
interface Pressed {
  actor: Actor
  occasion: Occasion & { pressed: number }
  data: string
  /** The message that the pressed one replies to. */
  card: number | undefined
}

/** What happens when somebody presses a button. */
export function onPress(options: OnPressOptions) {
  const { api, talk, people, forms, messages, carryOut, cardOf, texts, patience, log } = options

  return async (query: CallbackQuery, key: string): Promise<void> => {
    const answer = openPressAnswer({ api, query: query.id, patience, log })
    try {
      await handle(query, key, answer)
    } finally {
      await answer.close()
    }
  }

  async function handle(query: CallbackQuery, key: string, answer: Occasion['answer'] & object) {
    const { from, message, data } = query
    if (!message || data === undefined) return
    const language = from.language_code
    const seen: Partial<Message> = 'reply_markup' in message ? message : {}
    const topic = topicOf(seen)
    const actor = await people.telegram(
      { id: from.id, name: nameOf(from), ...(language && { language }) },
      String(message.chat.id),
      topic,
    )
    const speaker = speakerOf(from, message.chat, { language: actor?.language, topic })
    const occasion = { speaker, key, pressed: message.message_id, answer }
    if (!actor) return carryOut(talk.stranger('telegram', language), occasion)
    await route({ actor, occasion, data, card: seen.reply_to_message?.message_id })
  }

  async function route(pressed: Pressed) {
    const { occasion, data } = pressed
    const { speaker, key, pressed: message } = occasion
    if (data.startsWith(marks.form)) {
      const answered = await forms.pressed(speaker, data.slice(1), { key, message })
      await carryOut(answered.replies, withoutMessage(occasion))
      return answered.settle()
    }
    const marked = data.startsWith(marks.ask) || data.startsWith(marks.sure)
    const press = decodePress(marked ? data.slice(1) : data)
    if (!press) return carryOut([toast(texts.unknownButton(speaker.language))], occasion)
    if (data.startsWith(marks.ask)) return ask(pressed, press)
    if (data.startsWith(marks.sure)) return confirmed(pressed, press)
    const replies = await talk.press(pressed.actor, press, { key, about: String(message) })
    await carryOut(replies, occasion)
  }

  async function ask({ actor, occasion, data }: Pressed, press: Press) {
    const { speaker, pressed } = occasion
    const card = await cardOf(actor, press)
    const confirm = card && confirmOf(card, data.slice(1))
    if (!confirm) return carryOut([toast(texts.tooLate(speaker.language))], occasion)
    await messages.send(speaker.chat, {
      html: cardHtml({ title: confirm.title, text: [confirm.text] }),
      markup: confirmKeyboard(confirm, data.slice(1)),
      replyTo: pressed,
      topic: speaker.topic,
    })
  }

  /** The question goes away; what comes of the press belongs to the card that the question replied to. */
  async function confirmed({ actor, occasion, card }: Pressed, press: Press) {
    const { speaker, key, pressed } = occasion
    await messages.remove(speaker.chat, pressed)
    if (press.verb === 'never') return
    const about = card === undefined ? {} : { about: String(card) }
    const replies = await talk.press(actor, press, { key, ...about })
    const { pressed: _, ...rest } = occasion
    await carryOut(replies, card === undefined ? rest : { ...rest, pressed: card })
  }
}

/** A form's own messages stay as they are: what follows is shown below them. */
function withoutMessage({ pressed: _, ...rest }: Occasion): Occasion {
  return rest
}

const toast = (text: string): Reply => ({ do: 'toast', text })
