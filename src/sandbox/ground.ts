import type { Calls } from './calls.ts'
import type { SandboxClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Journal } from './journal.ts'

/** The names of the fake systems. */
export type System = 'slack' | 'telegram' | 'hub' | 'graph'

/** What every fake system stands on. */
export interface Ground {
  journal: Journal
  clock: SandboxClock
  /** Every request the bot made to a fake system. */
  calls: Calls
  /** Faults that people switch on per path. */
  faults: Faults
  /** Says that something a person could see has changed, so that open pages draw themselves again. */
  changed(): void
  /** Where the fake systems reach the bot, `http://127.0.0.1:3000`. */
  botUrl: string
  /** Where the sandbox itself listens, `http://127.0.0.1:3001`. */
  ownUrl: string
  /** Random credentials of this sandbox, made once and kept in the journal. */
  secrets: Secrets
}

export interface Secrets {
  slackBotToken: string
  slackAppToken: string
  slackSigningSecret: string
  telegramToken: string
  telegramWebhookSecret: string
  graphToken: string
  metaAppSecret: string
  metaVerifyToken: string
  /** Hub API key by 360dialog partner id. */
  hubKeys: Record<string, string>
}
