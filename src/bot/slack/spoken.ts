import { type Command, commands } from '../talk.ts'

/** What the words after `/portdesk` (or after a mention of the bot) ask for. `unknown` is a word that is no command. */
export type Spoken = { command: Command; text: string } | { unknown: string }

/** Reads `status +49…`, `case PD-12`; a bare case number or phone number stands for what people mean by it. */
export function spoken(words: string): Spoken {
  const text = words.trim()
  if (text === '') return { command: 'help', text: '' }
  if (/^pd-?\d+$/i.test(text)) return { command: 'case', text }
  if (/^\+?\d[\d\s()/.-]{5,24}$/.test(text)) return { command: 'status', text }
  const [first = '', ...rest] = text.split(/\s+/)
  const command = commands.find((one) => one === first.toLowerCase())
  return command ? { command, text: rest.join(' ') } : { unknown: first }
}
