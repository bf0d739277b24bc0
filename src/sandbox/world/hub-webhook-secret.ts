import { randomBytes } from 'node:crypto'
import type { Ground } from '../ground.ts'

/** The secret in the path of the Hub's webhook URL. 360dialog signs nothing, so the path is the credential. */
export function hubWebhookSecret(ground: Pick<Ground, 'journal'>): string {
  const secrets = ground.journal.table<string>('secrets')
  const known = secrets.get('hubWebhook')
  if (known) return known
  const made = randomBytes(24).toString('hex')
  secrets.set('hubWebhook', made)
  return made
}
