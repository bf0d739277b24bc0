import { z } from 'zod'
import { characters } from '../content.ts'
import { badRequest } from '../error.ts'
import { limits } from '../limits.ts'
import { flag, type Methods, method } from '../method.ts'
import type { Presses } from '../presses.ts'

const answerSchema = z.looseObject({
  callback_query_id: z.string(),
  text: z.string().default(''),
  show_alert: flag.default(false),
})

/** `answerCallbackQuery`. */
export function pressMethods(presses: Presses): Methods {
  return {
    answerCallbackQuery: method(answerSchema, ({ callback_query_id, text, show_alert }) => {
      if (characters(text) > limits.callbackAnswer) throw badRequest('MESSAGE_TOO_LONG')
      presses.answer(callback_query_id, { text, alert: show_alert })
      return true
    }),
  }
}
