import { z } from 'zod'
import { badRequest } from './error.ts'
import { limits } from './limits.ts'
import type { InlineButton } from './types.ts'

const buttonSchema = z.looseObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  style: z.enum(['danger', 'success', 'primary']).optional(),
})

export const markupSchema = z.object({
  inline_keyboard: z.array(z.array(buttonSchema)).optional(),
  keyboard: z.array(z.unknown()).optional(),
  remove_keyboard: z.boolean().optional(),
  force_reply: z.boolean().optional(),
  selective: z.boolean().optional(),
})

export interface Markup {
  keyboard?: InlineButton[][]
  forceReply?: { selective: boolean }
}

/** What else an inline button may do; without any of it a button is refused. */
const actions = ['callback_data', 'url', 'web_app', 'login_url', 'switch_inline_query', 'copy_text', 'pay']

/**
 * The parts of a `reply_markup` that the sandbox shows. Reply keyboards are taken but not drawn.
 * @throws ApiError 400 in Telegram's words for keyboards that it refuses.
 */
export function readMarkup(markup: z.output<typeof markupSchema> | undefined): Markup {
  if (markup?.force_reply) return { forceReply: { selective: markup.selective === true } }
  const rows = (markup?.inline_keyboard ?? []).filter((row) => row.length > 0)
  const buttons = rows.flat()
  if (buttons.length > limits.buttons || rows.some((row) => row.length > limits.buttonsPerRow)) {
    throw badRequest('reply markup is too long')
  }
  for (const button of buttons) checkButton(button)
  return buttons.length > 0 ? { keyboard: rows } : {}
}

function checkButton(button: z.output<typeof buttonSchema>) {
  if (button.text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID')
  if (!actions.some((action) => button[action] !== undefined)) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  if (button.callback_data !== undefined) {
    const bytes = Buffer.byteLength(button.callback_data)
    if (bytes < 1 || bytes > limits.callbackData) throw badRequest('BUTTON_DATA_INVALID')
  }
  if (button.url !== undefined && !/^(https?:\/\/\S+|tg:\S+)$/i.test(button.url)) {
    throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`)
  }
}
