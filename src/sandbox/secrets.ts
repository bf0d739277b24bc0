import { randomBytes } from 'node:crypto'
import type { Secrets } from './ground.ts'
import type { Journal } from './journal.ts'

/** 360dialog ids of the partners of the little world. */
const hubPartners = ['BrghtlPA', 'NordwnPA', 'SabiaxPA']

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
const word = (bytes: number) => randomBytes(bytes).toString('base64url')

/** The credentials of this sandbox: random, made at the first start, then read back from the journal. */
export function sandboxSecrets(journal: Journal): Secrets {
  const table = journal.table<Secrets>('secrets')
  const known = table.get('all')
  if (known) return known
  const made: Secrets = {
    slackBotToken: `xoxb-sandbox-${hex(16)}`,
    slackAppToken: `xapp-1-A0PORTDESK-${hex(24)}`,
    slackSigningSecret: hex(16),
    telegramToken: `4242:${word(26)}`,
    telegramWebhookSecret: word(24),
    graphToken: `EAA${hex(32)}`,
    metaAppSecret: hex(16),
    metaVerifyToken: word(18),
    hubKeys: Object.fromEntries(hubPartners.map((partner) => [partner, word(24)])),
  }
  table.set('all', made)
  return made
}
