import type { Notice } from './notice.ts'
import type { Grouping } from './route-schema.ts'
import type { Telling } from './target.ts'

const longest = 100

const parts: Record<Grouping, (notice: Notice) => string | undefined> = {
  subject: ({ subject: { type, id } }) => `${type}:${id}`,
  kind: ({ kind }) => kind,
  severity: ({ severity }) => severity,
  partner: ({ partner }) => partner,
  topic: ({ topic }) => topic,
  client: ({ clientName, hub, subject }) =>
    clientName ?? hub?.client ?? (subject.type === 'client' ? subject.id : undefined),
  country: ({ country }) => country,
}

/**
 * Which notices share one message in a room: those of the same subject unless a route says otherwise, and of one digest
 * all that it collects. Pure.
 */
export function groupKey(notice: Notice, by: readonly Grouping[] | undefined, digest: Telling['digest']): string {
  const grouping: readonly Grouping[] = by ?? (digest ? [] : ['subject'])
  // Half of a character, where the cut goes through one, is nothing that a database takes.
  const words = grouping.map((each) => `${each} ${(parts[each](notice) ?? 'unknown').slice(0, longest).toWellFormed()}`)
  return [...(digest ? [`digest ${digest.every} ${digest.at} ${digest.timeZone}`] : []), ...words].join(', ')
}
