import { kinds } from './kinds/index.ts'
import { globFits } from './match.ts'

/** What people call groups of kinds: patterns of kinds by family. */
export const families = {
  templates: ['template-*'],
  quality: ['*quality*', '*-flagged', '*-unflagged', 'limit-*', 'limits-*', 'throughput-*', 'message-failures'],
  account: [
    ...['account-*', 'review*', 'business-*', 'certification*', 'partner-*', 'app-*', 'solution-*', 'client-*'],
    ...['home-country-*', 'ad-account-*', 'marketing-terms-*'],
  ],
  numbers: [
    ...['channel-*', 'number-*', 'name-*', 'badge-*', 'profile-*', 'username', 'calling-*', 'coexistence*'],
    ...['two-step-*', 'key-permission-*', 'cancellation-*'],
  ],
  money: ['balance-*', 'sending-blocked', 'template-sending-*', 'template-category-*', '*price*', 'india-payments'],
  everything: ['*'],
} as const satisfies Record<string, readonly string[]>

export type Family = keyof typeof families

/** Every kind of the tables, and the one for what is in none. */
export const knownKinds: readonly string[] = [
  ...new Set(
    [...kinds.meta.values(), ...kinds.hub.values(), ...kinds.poll.values()].flatMap(({ rows }) =>
      rows.map(({ kind }) => kind),
    ),
  ),
  'unknown-event',
]

/** Whether a pattern of kinds means anything at all. */
export const fitsSomeKind = (pattern: string): boolean => knownKinds.some((kind) => globFits(pattern, kind))
