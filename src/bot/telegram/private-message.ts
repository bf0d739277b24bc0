import type { InlineKeyboardMarkup } from 'grammy/types'
import type { WriteInPrivate } from '../private-message.ts'
import { escapeHtml } from './html-text.ts'
import type { Messages } from './messages.ts'

/**
 * Writes into the person's own chat with the bot, which has the person's id; Telegram refuses when the person never opened
 * it. A protected message cannot be copied by hand, so a secret comes with a button for that.
 */
export const telegramInPrivate =
  (messages: Messages): WriteInPrivate =>
  async (user, { text, secret }) => {
    const paragraphs = [...text.map(escapeHtml), ...(secret ? [`<code>${escapeHtml(secret.value)}</code>`] : [])]
    await messages.send(user, {
      html: paragraphs.join('\n\n'),
      protect: true,
      ...(secret && { markup: copyButton(secret) }),
    })
  }

/** Telegram copies up to 256 characters. */
function copyButton({ value, copy }: { value: string; copy: string }): InlineKeyboardMarkup | undefined {
  if (value.length > 256) return undefined
  return { inline_keyboard: [[{ text: copy, copy_text: { text: value } }]] }
}
