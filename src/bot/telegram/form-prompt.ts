import type { ForceReply, InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import type { FormField } from '../form.ts'
import type { Conversation } from './conversation.ts'
import { escapeHtml, line, plain } from './html-text.ts'
import { label, marks, rows } from './keyboard.ts'
import { pieces, telegramLimits } from './limits.ts'
import type { Speaker } from './speaker.ts'
import type { TelegramTexts } from './texts.ts'

export interface Prompt {
  html: string
  markup: InlineKeyboardMarkup | ForceReply
}

/** The message that asks one field of a form. */
export function promptOf(conversation: Conversation, field: FormField, speaker: Speaker, texts: TelegramTexts): Prompt {
  const { form, todo, errors } = conversation
  const buttons = answerButtons(conversation, field, speaker.language, texts)
  // Telegram takes either buttons or a forced reply; in groups only a reply is sure to reach the bot.
  const forced = speaker.group && buttons.length === 0
  const first = todo.length === form.fields.length && Object.keys(conversation.values).length === 0
  const opening = [`<b>${shown(form.title, pieces.title)}</b>`, ...texting(form.intro ?? [])]
  const error = errors[field.id]
  const asked = [
    ...(error ? [`⚠️ ${escapeHtml(plain(error, pieces.note))}`] : []),
    `${forced ? mention(speaker) : ''}<b>${shown(field.label, pieces.item)}</b>${position(conversation, field)}`,
    ...(field.hint ? [escapeHtml(plain(field.hint, pieces.note))] : []),
    ...(speaker.group && typed(field) ? [`<i>${escapeHtml(texts.replyHint(speaker.language))}</i>`] : []),
  ]
  const html = [...(first ? opening : []), asked.join('\n')].join('\n\n')
  if (forced) {
    const hint = line(field.placeholder ?? '', telegramLimits.placeholder)
    return { html, markup: { force_reply: true, selective: true, ...(hint && { input_field_placeholder: hint }) } }
  }
  const cancel = { text: label(form.cancel), callback_data: `${marks.form}cancel` }
  return { html, markup: { inline_keyboard: [...rows(buttons), [cancel]] } }
}

/** What the message says once the field has been answered. */
export function answeredHtml(
  field: FormField,
  value: string | string[],
  speaker: Speaker,
  texts: TelegramTexts,
): string {
  const words = [value].flat().map((one) => field.options?.find((option) => option.value === one)?.label ?? one)
  const text = words.join(', ')
  const answer = text ? `✅ ${shown(text, pieces.value)}` : escapeHtml(texts.skipped(speaker.language))
  return `<b>${shown(field.label, pieces.item)}</b>\n${answer}`
}

const shown = (text: string, max: number) => escapeHtml(line(text, max))

/** Three paragraphs at most: the question itself has to fit below them. */
const texting = (intro: string[]) => intro.slice(0, 3).map((text) => escapeHtml(plain(text, pieces.value)))

const typed = ({ kind }: FormField) => kind !== 'choice' && kind !== 'choices'

const mention = ({ user }: Speaker) =>
  `<a href="tg://user?id=${user.id}">${shown(user.name, pieces.label) || user.id}</a>: `

/** ` (2/5)` when there is more than one field. */
function position({ form: { fields } }: Conversation, field: FormField): string {
  return fields.length > 1 ? ` (${fields.indexOf(field) + 1}/${fields.length})` : ''
}

/** The buttons of a field, without Cancel. */
function answerButtons(
  { values }: Conversation,
  field: FormField,
  language: string,
  texts: TelegramTexts,
): InlineKeyboardButton[] {
  const { kind, value, optional } = field
  const button = (text: string, data: string) => ({ text: label(text), callback_data: `${marks.form}${data}` })
  const chosen = [values[field.id] ?? value ?? []].flat()
  const options = (field.options ?? []).slice(0, telegramLimits.options).map((option, index) => {
    const on = chosen.includes(option.value)
    const box = kind === 'choices' ? (on ? '☑️ ' : '⬜ ') : on ? '• ' : ''
    return button(`${box}${option.label}`, String(index))
  })
  const kept = typeof value === 'string' && value && typed(field) ? [button(texts.keep(language, value), 'keep')] : []
  return [
    ...(typed(field) ? [] : options),
    ...(kind === 'choices' ? [button(texts.done(language), 'done')] : []),
    ...kept,
    ...(optional ? [button(texts.skip(language), 'skip')] : []),
  ]
}
