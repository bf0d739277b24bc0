import type { Message, UserFromGetMe } from 'grammy/types'
import type { Chats } from '../chats.ts'
import type { People } from '../people.ts'
import type { Reply } from '../reply.ts'
import type { Talk } from '../talk.ts'
import type { Forms } from './form.ts'
import { type Heard, hear, isCommand, nameOf, speakerOf, topicOf } from './incoming.ts'
import type { CarryOut, Occasion } from './replies.ts'
import type { TelegramTexts } from './texts.ts'

export interface OnMessageOptions {
  me: () => UserFromGetMe
  talk: Talk
  people: People
  chats: Pick<Chats, 'follow'>
  forms: Forms
  carryOut: CarryOut
  texts: TelegramTexts
}

/** What happens when somebody writes. */
export function onMessage({ me, talk, people, chats, forms, carryOut, texts }: OnMessageOptions) {
  return async (message: Message, key: string): Promise<void> => {
    const { from, chat } = message
    // Service messages: only Telegram itself can write them. They come in both chats, in no sure order.
    const { migrate_to_chat_id: to, migrate_from_chat_id: before } = message
    if (to !== undefined) return chats.follow(String(chat.id), String(to))
    if (before !== undefined) return chats.follow(String(before), String(chat.id))
    const heard = from && chat.type !== 'channel' ? hear(message, me()) : undefined
    if (!heard || !from) return
    const topic = topicOf(message)
    const actor = await people.telegram(
      { id: from.id, name: nameOf(from), ...(from.language_code && { language: from.language_code }) },
      String(chat.id),
      topic,
    )
    const speaker = speakerOf(from, chat, { language: actor?.language, topic })
    const occasion: Occasion = { speaker, key, message: message.message_id }
    if (!actor) return carryOut(talk.stranger('telegram', from.language_code), occasion)
    if (heard.kind === 'text') {
      const answered = await forms.typed(speaker, heard.text, { key, replyTo: heard.replyTo })
      if (answered) {
        await carryOut(answered.replies, occasion)
        return answered.settle()
      }
      const about = heard.replyTo === undefined ? {} : { about: String(heard.replyTo) }
      return carryOut(await talk.text(actor, heard.text, { key, ...about }), occasion)
    }
    if (heard.kind === 'unreadable') return carryOut([toast(texts.onlyText(speaker.language))], occasion)
    return onCommand(heard, occasion, (command, text) => talk.command(actor, command, text, { key }))
  }

  async function onCommand(
    { name, text }: Extract<Heard, { kind: 'command' }>,
    occasion: Occasion,
    run: (command: Parameters<Talk['command']>[1], text: string) => Promise<Reply[]>,
  ) {
    const { speaker, key } = occasion
    const { language } = speaker
    const ended = await forms.end(speaker, key)
    if (ended !== undefined && name === 'cancel') {
      return carryOut([toast(texts.cancelled(language, ended))], occasion)
    }
    if (ended !== undefined) await carryOut([toast(texts.formEnded(language, ended))], occasion)
    if (isCommand(name)) return carryOut(await run(name, text), occasion)
    await carryOut([toast(texts.unknownCommand(language, name)), ...(await run('help', ''))], occasion)
  }
}

const toast = (text: string): Reply => ({ do: 'toast', text })
