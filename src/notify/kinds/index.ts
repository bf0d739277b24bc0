import { accountKinds } from './account.ts'
import { businessKinds } from './business.ts'
import { hubKinds } from './hub.ts'
import { messageKinds } from './messages.ts'
import { numberKinds } from './numbers.ts'
import { pollKinds } from './polls.ts'
import type { Kinds } from './row.ts'
import { solutionKinds } from './solutions.ts'
import { templateKinds } from './templates.ts'

/** Everything that is known of what is told, by who tells it and the name of the event or field. */
export const kinds: Record<'meta' | 'hub' | 'poll', ReadonlyMap<string, Kinds>> = {
  meta: new Map(
    Object.entries({
      ...accountKinds,
      ...businessKinds,
      ...numberKinds,
      ...templateKinds,
      ...solutionKinds,
      ...messageKinds,
    }),
  ),
  hub: new Map(Object.entries(hubKinds)),
  poll: new Map(Object.entries(pollKinds)),
}

/** Fields of Meta's of which nothing is told (procedures.md 17.2, last row); those of groups begin with `group_`. */
export const ignored: readonly string[] = [
  'user_preferences',
  'flows',
  'calls',
  'group_*',
  'automatic_events',
  'campaign_status_update',
  'standby',
  'messaging_handovers',
  'message_echoes',
]

export const isIgnored = (field: string): boolean => ignored.includes(field.startsWith('group_') ? 'group_*' : field)
