import { type Notice, severities } from './notice.ts'
import type { Match } from './route-schema.ts'

interface Condition {
  label: string
  /** What the notice has to offer. */
  values(notice: Notice): (string | undefined)[]
  fits(wanted: string, value: string): boolean
}

const same = (wanted: string, value: string) => wanted.toLowerCase() === value.toLowerCase()
const within = (wanted: string, value: string) => value.toLowerCase().includes(wanted.toLowerCase())
const ranks: readonly string[] = severities
const atLeast = (wanted: string, value: string) => ranks.indexOf(value) >= ranks.indexOf(wanted)

/** Everything an event says, for the condition `text`. */
const wordsOf = ({ kind, subject, clientName, params }: Notice) => [
  kind,
  subject.id,
  clientName,
  ...Object.values(params).map(String),
]

const conditions: Record<keyof Match, Condition> = {
  kind: { label: 'kind', values: ({ kind }) => [kind], fits: globFits },
  severity: { label: 'severity', values: ({ severity }) => [severity], fits: same },
  atLeast: { label: 'severity at least', values: ({ severity }) => [severity], fits: atLeast },
  partner: { label: 'partner', values: ({ partner }) => [partner], fits: same },
  client: { label: 'client', values: ({ clientName }) => [clientName], fits: within },
  phone: { label: 'phone', values: ({ subject: { type, id } }) => [type === 'phone' ? id : undefined], fits: globFits },
  subject: { label: 'subject', values: ({ subject: { type, id } }) => [`${type}:${id}`], fits: globFits },
  country: { label: 'country', values: ({ country }) => [country], fits: same },
  text: { label: 'text', values: wordsOf, fits: within },
  audience: { label: 'audience', values: ({ audience }) => [...audience], fits: same },
}

const wantedBy = (match: Match, name: keyof Match): string[] => [match[name] ?? []].flat()
const valuesOf = (name: keyof Match, notice: Notice) =>
  conditions[name].values(notice).filter((value) => value !== undefined)
const named = (match: Match) => (Object.keys(match) as (keyof Match)[]).filter((name) => match[name] !== undefined)

function firstFailed(match: Match, notice: Notice): keyof Match | undefined {
  return named(match).find((name) => {
    const values = valuesOf(name, notice)
    return !wantedBy(match, name).some((wanted) => values.some((value) => conditions[name].fits(wanted, value)))
  })
}

/** Whether a notice meets every condition. Pure. */
export const fits = (match: Match, notice: Notice): boolean => firstFailed(match, notice) === undefined

/** The first condition that a notice does not meet, in words; `undefined` when it meets all. Pure. */
export function mismatch(match: Match, notice: Notice): string | undefined {
  const failed = firstFailed(match, notice)
  if (failed === undefined) return undefined
  const values = valuesOf(failed, notice)
  return `wants ${wantedOf(match, failed)}; it is ${values.length === 0 ? 'unknown' : `"${values.join(', ')}"`}`
}

/** What a match asks for, in words. */
export const wishesOf = (match: Match): string[] => named(match).map((name) => wantedOf(match, name))

const wantedOf = (match: Match, name: keyof Match) =>
  `${conditions[name].label} ${wantedBy(match, name)
    .map((wanted) => `"${wanted}"`)
    .join(' or ')}`

/** `*` stands for any letters, none too. Takes no longer for any glob, however it is made. */
export function globFits(glob: string, value: string): boolean {
  const [head = '', ...pieces] = glob.toLowerCase().split('*')
  const text = value.toLowerCase()
  if (pieces.length === 0) return text === head
  const tail = pieces.pop() ?? ''
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false
  let from = head.length
  for (const piece of pieces) {
    const found = text.indexOf(piece, from)
    if (found < 0) return false
    from = found + piece.length
  }
  return from <= text.length - tail.length
}
