import type { Message, UserFromGetMe } from 'grammy/types'
import type { Logger } from 'pino'
import type { People } from '../people.ts'
import type { Reply } from '../reply.ts'
import type { Talk } from '../talk.ts'
import type { Forms } from './form.ts'
import { type Heard, hear, isCommand, nameOf, speakerOf } from './incoming.ts'
import type { CarryOut, Occasion } from './replies.ts'
import type { TelegramTexts } from './texts.ts'

export interface OnMessageOptions {
  me: () => UserFromGetMe
  talk: Talk
  people: People
  forms: Forms
  carryOut: CarryOut
  texts: TelegramTexts
  log: Logger
}

/** What happens when somebody writes. */
export function onMessage({ me, talk, people, forms, carryOut, texts, log }: OnMessageOptions) {
  return async (message: Message, key: string): Promise<void> => {
    const { from, chat } = message
    if (message.migrate_to_chat_id !== undefined) {
      const words = 'A group became a supergroup and has another id now: change it in portdesk.yaml'
      log.warn({ chat: chat.id, to: message.migrate_to_chat_id }, words)
    }
    const heard = from && chat.type !== 'channel' ? hear(message, me()) : undefined
    if (!heard || !from) return
    const actor = people.telegram(
      { id: from.id, name: nameOf(from), ...(from.language_code && { language: from.language_code }) },
      String(chat.id),
    )
    const topic = message.is_topic_message ? message.message_thread_id : undefined
    const speaker = speakerOf(from, chat, {
      ...(actor && { language: actor.language }),
      ...(topic !== undefined && { topic }),
    })
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
