import { type Api, InputFile } from 'grammy'
import type { ForceReply, InlineKeyboardMarkup } from 'grammy/types'
import { calling, isUnchanged } from './send-error.ts'

/** A message on its way out. */
export interface Outgoing {
  html: string
  markup?: InlineKeyboardMarkup | ForceReply | undefined
  /** Message that it answers; when that one is gone, the answer stands alone. */
  replyTo?: number | undefined
  /** Topic of a forum. */
  topic?: number | undefined
  /** Can be neither forwarded nor saved. */
  protect?: boolean
}

/** The bot's messages in chats. Every call throws a `SendError` when it does not get through. */
export interface Messages {
  /** Answers the id of the new message. */
  send(chat: string, message: Outgoing): Promise<number>
  /** Sends a text file; the id of the new message. */
  sendFile(
    chat: string,
    file: { name: string; content: string; text: string; topic?: number | undefined },
  ): Promise<number>
  /** An edit that changes nothing counts as done. */
  edit(chat: string, id: number, message: { html: string; markup?: InlineKeyboardMarkup | undefined }): Promise<void>
  /** Changes the buttons only. */
  relabel(chat: string, id: number, markup: InlineKeyboardMarkup): Promise<void>
  /** Takes a message away; one that is too old for that loses its buttons instead. */
  remove(chat: string, id: number): Promise<void>
}

/** HTML without link previews. */
const look = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const

/** `sent` hears of each new message. */
export function openMessages(api: Api, sent?: (chat: string, id: number) => Promise<void>): Messages {
  const edited = async (call: Promise<unknown>) => {
    await calling(call.catch((error) => (isUnchanged(error) ? undefined : Promise.reject(error))))
  }
  return {
    async send(chat, { html, markup, replyTo, topic, protect }) {
      const { message_id: id } = await calling(
        api.sendMessage(chat, html, {
          ...look,
          ...(markup && { reply_markup: markup }),
          ...(replyTo !== undefined && {
            reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
          }),
          ...(topic !== undefined && { message_thread_id: topic }),
          ...(protect && { protect_content: true }),
        }),
      )
      await sent?.(chat, id)
      return id
    },
    async sendFile(chat, { name, content, text, topic }) {
      const document = new InputFile(new TextEncoder().encode(content), name)
      const more = { caption: text, ...(topic !== undefined && { message_thread_id: topic }) }
      const { message_id: id } = await calling(api.sendDocument(chat, document, more))
      await sent?.(chat, id)
      return id
    },
    edit: (chat, id, { html, markup }) =>
      edited(api.editMessageText(chat, id, html, { ...look, ...(markup && { reply_markup: markup }) })),
    relabel: (chat, id, markup) => edited(api.editMessageReplyMarkup(chat, id, { reply_markup: markup })),
    remove: (chat, id) =>
      edited(api.deleteMessage(chat, id).catch(() => api.editMessageReplyMarkup(chat, id).catch(() => undefined))),
  }
}
