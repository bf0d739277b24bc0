import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import type { Button, Card, Confirm } from '../card.ts'
import { encodePress, essence } from '../press.ts'
import { line } from './html-text.ts'
import { telegramLimits } from './limits.ts'

/** What stands before a press in `callback_data`: it has to be confirmed first; it was confirmed; a form's answer. */
export const marks = { ask: '?', sure: '!', form: '=' } as const

/** The buttons of a card; `undefined` when there is none that Telegram could carry. */
export function keyboard(card: Card): InlineKeyboardMarkup | undefined {
  const buttons = (card.buttons ?? []).flatMap((button) => inlineButton(button) ?? []).slice(0, telegramLimits.buttons)
  return buttons.length > 0 ? { inline_keyboard: rows(buttons) } : undefined
}

/** The two buttons under the question of a confirm. */
export function confirmKeyboard({ yes, no }: Confirm, press: string): InlineKeyboardMarkup {
  const sure = { text: label(yes), callback_data: `${marks.sure}${press}`, style: 'danger' } as const
  const never = { text: label(no), callback_data: `${marks.sure}${encodePress({ verb: 'never' })}` }
  return { inline_keyboard: rows([sure, never]) }
}

/** What a card asks before this press counts. The press may come from an older state of the card. */
export function confirmOf(card: Card, press: string): Confirm | undefined {
  const wanted = essence(press)
  return card.buttons?.find((button) => button.press && button.confirm && essence(button.press) === wanted)?.confirm
}

/** Two buttons with short labels share a row. */
export function rows(buttons: InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const short = (button: InlineKeyboardButton | undefined) =>
    button !== undefined && button.text.length <= telegramLimits.shortLabel
  return buttons.reduce<InlineKeyboardButton[][]>((made, button) => {
    const last = made.at(-1)
    if (last?.length === 1 && short(last[0]) && short(button)) last.push(button)
    else made.push([button])
    return made
  }, [])
}

/** A label that Telegram takes: never empty. */
export const label = (text: string) => line(text, telegramLimits.label) || '…'

/** `undefined` for a button that does nothing or that Telegram would refuse together with the whole message. */
function inlineButton({ label: text, press, url, style, confirm }: Button): InlineKeyboardButton | undefined {
  const look = { text: label(text), ...(style && { style }) }
  if (url && isLink(url)) return { ...look, url }
  if (!press) return undefined
  const data = confirm ? `${marks.ask}${press}` : press
  return Buffer.byteLength(data) <= telegramLimits.callbackData ? { ...look, callback_data: data } : undefined
}

function isLink(url: string): boolean {
  return /^https?:\/\/\S+$/i.test(url) && URL.canParse(url)
}
