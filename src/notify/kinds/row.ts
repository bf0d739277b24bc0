import type { z } from 'zod'
import type { About } from '../../meta/webhooks.ts'
import type { Audience, Reading, Severity, Subject } from '../notice.ts'

/** Whom a change is about, as far as it says. `unit` tells numbers apart whose digits are not said. */
export interface Ids extends Partial<Record<Subject['type'], string>> {
  unit?: string
  about: About
  hub?: Reading['hub']
  destinationHub?: string
}

type Given = string | number | undefined

/** A row of the tables in procedures.md 17: what one kind of event says, to whom, and what helps then. */
export interface Row<V> {
  /** `17.1` or `17.2` and the first cell of the row; none for what the tables leave out. */
  ref?: string
  /** Which events of its name it is about; the first row that fits counts. */
  fits?: (value: V) => boolean
  kind: string
  severity: Severity | ((value: V) => Severity)
  /** What it is best told under; what else the event names when that is not said. */
  subject: Subject['type']
  audience: readonly Audience[]
  mood: Reading['mood']
  topic: string | ((value: V, ids: Ids) => string)
  /** What the text mentions, beside `phone`, `channel`, `waba` and `client`, which every text may. */
  params?: (value: V, ids: Ids) => Record<string, Given>
  next?: Reading['next']
  completes?: readonly string[]
  inhibits?: readonly string[]
  digest?: true
  /** When it happened, if the event has its own time; ms since the epoch. */
  at?: (value: V) => number | undefined
}

/** What is known about the events of one name. */
export interface Kinds {
  rows: readonly Pick<
    Row<never>,
    'ref' | 'kind' | 'severity' | 'subject' | 'audience' | 'completes' | 'digest' | 'mood'
  >[]
  /** Nothing when no row fits, or when the value is not what such an event holds. */
  read(value: unknown, ids: Ids): Reading[] | undefined
}

/** Events of one name, each telling one thing. */
export const kindsOf = <V>(schema: z.ZodType<V>, rows: readonly Row<V>[]): Kinds =>
  kindsOfEach(
    schema.transform((value) => [value]),
    rows,
  )

/** Events of one name that tell of several things at once, or of nothing. */
export function kindsOfEach<V>(schema: z.ZodType<V[]>, rows: readonly Row<V>[]): Kinds {
  return {
    rows,
    read(value, ids) {
      const { data } = schema.safeParse(value)
      if (data === undefined) return undefined
      const readings = data.map((each) => readingOf(rows, each, ids))
      const known = readings.filter((reading) => reading !== undefined)
      return known.length < readings.length ? undefined : known
    },
  }
}

function readingOf<V>(rows: readonly Row<V>[], value: V, ids: Ids): Reading | undefined {
  const row = rows.find(({ fits }) => fits === undefined || fits(value))
  if (row === undefined) return undefined
  const { kind, severity, audience, mood, next, completes, inhibits, digest } = row
  const subject = subjectOf(row.subject, ids)
  const topic = typeof row.topic === 'string' ? row.topic : row.topic(value, ids)
  const at = row.at?.(value)
  return {
    kind,
    severity: typeof severity === 'string' ? severity : severity(value),
    subject,
    audience,
    topic: tidy(row.subject === 'phone' && subject.type !== 'phone' && ids.unit ? `${topic}:${ids.unit}` : topic),
    mood,
    params: paramsOf({ ...whom(ids), ...row.params?.(value, ids) }),
    about: ids.about,
    ...(next && { next }),
    ...(completes && { completes }),
    ...(inhibits && { inhibits }),
    ...(digest && { digest }),
    ...(at !== undefined && { at }),
    ...(ids.hub && { hub: ids.hub }),
    ...(ids.destinationHub !== undefined && { destinationHub: ids.destinationHub }),
  }
}

const besides: Record<Subject['type'], readonly Subject['type'][]> = {
  phone: ['phone', 'client', 'waba', 'partner'],
  waba: ['waba', 'phone', 'client', 'partner'],
  client: ['client', 'waba', 'phone', 'partner'],
  partner: ['partner', 'waba', 'client', 'phone'],
}

/** Some events leave out what they are about: then it is told under what they do name. */
function subjectOf(wanted: Subject['type'], ids: Ids): Subject {
  const type = besides[wanted].find((each) => ids[each] !== undefined) ?? wanted
  return { type, id: ids[type] ?? 'unknown' }
}

const whom = ({ phone, unit, waba }: Ids) => ({
  phone: phone && `+${phone}`,
  channel: phone === undefined ? unit : undefined,
  waba,
  client: undefined,
})

/** Longest text of a parameter or topic, in UTF-16 units. */
export const longest = 200

/** One line that any database takes: no control characters, no halves of characters, not too long. */
export function tidy(text: string): string {
  return text
    .slice(0, 2 * longest)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, longest)
    .toWellFormed()
}

/** What is not said is there as an empty text, so that a text of the set-up may mention it. */
function paramsOf(given: Record<string, Given>): Reading['params'] {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'number' ? value : tidy(value ?? '')]),
  )
}
