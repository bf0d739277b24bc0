import type { SandboxState, TelegramMessage } from '../../src/sandbox/state.ts'
import { buttonsOf, textsOf } from './blocks.ts'

/**
 * What can be read in all rooms at the end, oldest first, without what changes from run to run: times, and the buttons of
 * what was told below a card, for a step may have ended before it was told of.
 */
export function transcriptOf(state: SandboxState): string {
  const names = new Map<string | number, string>([
    ...state.slack.users.map(({ id, name }) => [id, name] as const),
    ...state.telegram.users.map(({ id, name }) => [id, name] as const),
  ])
  const who = (id: string | number, bot: boolean) => (bot ? 'Portdesk' : (names.get(id) ?? String(id)))
  const slack = state.slack.channels.flatMap((channel) => {
    if (channel.messages.length === 0) return []
    // A platform's word is written down while its case looks: which comes first, or at all, hangs on the moment.
    const messages = channel.messages.filter(({ blocks }) => !/The platform says: /.test(JSON.stringify(blocks)))
    const lines = messages.map((message) => {
      const text = message.blocks.length ? textsOf(message.blocks).join('\n') : message.text
      const marks = [
        message.thread_ts && 'in thread',
        message.ephemeral_to && `only ${names.get(message.ephemeral_to)}`,
      ]
      return entry(
        [who(message.user, message.bot), ...marks],
        text,
        message.thread_ts ? [] : buttonsOf(message.blocks).map(({ label }) => label),
      )
    })
    return [`## Slack #${channel.name}`, ...lines]
  })
  const telegram = state.telegram.chats.flatMap((chat) => {
    if (chat.messages.length === 0) return []
    const lines = chat.messages.map((message) =>
      entry([who(message.from, message.bot)], message.text, message.reply_to ? [] : buttonsIn(message)),
    )
    return [`## Telegram ${chat.title}`, ...lines]
  })
  return [...telegram, ...slack].join('\n\n')
}

const buttonsIn = ({ keyboard = [] }: TelegramMessage) => keyboard.flat().map(({ text }) => text)

function entry(marks: (string | undefined)[], text: string, buttons: string[]): string {
  const head = marks.filter(Boolean).join(', ')
  const keys = buttons.length ? `\n${buttons.map((label) => `[${label}]`).join(' ')}` : ''
  return `${head}:\n${withoutTimes(text)}${keys}`
}

function withoutTimes(text: string): string {
  return text
    .replace(/\b[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d/g, '<time>')
    .replace(/\b(in )?\d+ (sec|min|hr|day)s?\.?( ago)?\b\.?( ago)?/g, '<ago>')
    .replace(/\b(now|yesterday|tomorrow|this (minute|hour)|today)\b/g, '<ago>')
}
