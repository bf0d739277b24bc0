import type { Logger } from 'pino'
import type { People } from '../people.ts'
import type { Talk } from '../talk.ts'
import type { SlackClient } from './slack-types.ts'
import type { SlackWords } from './words.ts'

/** What every listener works with. */
export interface Side {
  client: SlackClient
  talk: Talk
  people: People
  words: SlackWords
  /** Channel of the case cards. */
  casesChannel: string
  log: Logger
  /** Whether that key was handled before; from now on it was. */
  seen: (key: string) => Promise<boolean>
  /** User id of the bot, once known. */
  botUser: () => string | undefined
  /** Real milliseconds before a person hears that something takes a while. */
  slowMs: number
}

/** Tells Slack that a request was taken. */
export type Ack = () => Promise<void>
