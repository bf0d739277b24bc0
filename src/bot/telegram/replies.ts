import type { Card } from '../card.ts'
import type { FileReply, Reply } from '../reply.ts'
import { SendError } from '../surface.ts'
import type { Forms } from './form.ts'
import { cardHtml } from './html.ts'
import { escapeHtml, plain } from './html-text.ts'
import { keyboard } from './keyboard.ts'
import { telegramLimits } from './limits.ts'
import type { Messages } from './messages.ts'
import type { PressAnswer } from './press-answer.ts'
import type { Speaker } from './speaker.ts'

/** Where the replies to one update go. */
export interface Occasion {
  speaker: Speaker
  /** Idempotency key of the update. */
  key: string
  /** The person's own message; in groups the replies refer to it. */
  message?: number
  /** The message whose button was pressed; `replace` changes it. */
  pressed?: number
  answer?: PressAnswer
}

export type CarryOut = (replies: Reply[], occasion: Occasion) => Promise<void>

/** Carries out what the conversation wants to show to a person. @throws SendError */
export function openReplies({ messages, forms }: { messages: Messages; forms: () => Forms }): CarryOut {
  const send = async ({ speaker, message }: Occasion, html: string, card?: Card) => {
    const replyTo = speaker.group ? message : undefined
    await messages.send(speaker.chat, { html, markup: card && keyboard(card), replyTo, topic: speaker.topic })
  }
  const show = (card: Card, occasion: Occasion) => send(occasion, cardHtml(card), card)

  const replace = async (card: Card, occasion: Occasion) => {
    if (occasion.pressed === undefined) return show(card, occasion)
    try {
      await messages.edit(occasion.speaker.chat, occasion.pressed, { html: cardHtml(card), markup: keyboard(card) })
    } catch (error) {
      if (!(error instanceof SendError && error.problem.kind === 'gone')) throw error
      await show(card, occasion)
    }
  }

  const say = async (text: string, alert: boolean, occasion: Occasion) => {
    if (await occasion.answer?.say(text, alert)) return
    await send(occasion, escapeHtml(plain(text, telegramLimits.text)))
  }

  /** In a group the file goes to the person's own chat: not everybody there has asked for it. */
  const handOver = async ({ elsewhere, failed, ...file }: FileReply, occasion: Occasion) => {
    const { chat, group, user } = occasion.speaker
    if (!group) return void (await messages.sendFile(chat, file))
    try {
      await messages.sendFile(String(user.id), file)
    } catch (error) {
      if (!(error instanceof SendError && error.problem.kind === 'broken')) throw error
      return say(failed, true, occasion)
    }
    await say(elsewhere, false, occasion)
  }

  return async (replies, occasion) => {
    for (const reply of replies) {
      switch (reply.do) {
        case 'show':
          await show(reply.card, occasion)
          break
        case 'replace':
          await replace(reply.card, occasion)
          break
        case 'toast':
          await say(reply.text, reply.alert ?? false, occasion)
          break
        case 'file':
          await handOver(reply.file, occasion)
          break
        case 'form':
          await forms().start(occasion.speaker, reply.form, occasion.key)
          break
        case 'errors':
          await say(Object.values(reply.errors).join('\n'), true, occasion)
          break
      }
    }
  }
}
