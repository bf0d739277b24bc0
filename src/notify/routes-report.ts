import { displayPhone } from '../meta/phone.ts'
import { mismatch, wishesOf } from './match.ts'
import type { Notice } from './notice.ts'
import { type Reasoned, routed } from './routes.ts'
import type { Routing } from './routing.ts'
import type { NoticeRoom, Telling } from './target.ts'
import type { Ways } from './ways.ts'

/**
 * Where a notice would go and why, in plain lines for the person who writes the routes. `say`: the notice's text in a room,
 * where a route may have a template of its own. Pure.
 */
export function routesReport(
  notice: Notice,
  routing: Routing,
  say: (notice: Notice, template?: string) => string,
): string {
  const { targets, passed } = routed(notice, routing)
  const rooms = targets.flatMap((target) => ['', ...roomLines(notice, target, say)])
  return [
    `${notice.kind} (${notice.severity}) about ${subjectOf(notice)}`,
    `  ${say(notice)}`,
    ...strangerLines(notice, routing),
    ...(rooms.length ? rooms : ['', '  Goes nowhere']),
    ...passedLines(notice, passed),
  ].join('\n')
}

const subjectOf = ({ subject: { type, id } }: Notice) => (type === 'phone' ? displayPhone(id) : `${type}:${id}`)

function strangerLines({ partner }: Notice, { chats }: Routing): string[] {
  if (partner === undefined)
    return ['  Of no partner that is known here (--partner says it): the desk hears what is for it']
  return chats.get(partner)?.length ? [] : [`  ${partner} has no chat: the desk hears what is for it`]
}

function roomLines(notice: Notice, target: Reasoned, say: (notice: Notice, template?: string) => string): string[] {
  const { to, side, partner, severity, template, telling, group, endsOnly } = target
  const reader = side === 'desk' ? 'the desk' : (partner ?? 'the partner')
  return [
    `  ${nameOf(to)}, drawn for ${reader}${severity === notice.severity ? '' : `, as ${severity}`}`,
    `    why    ${whyOf(target)}`,
    `    group  ${group}`,
    `    when   ${endsOnly ? 'with its problem, if that is open there; else never' : whenOf(notice, severity, telling)}`,
    ...(template === undefined ? [] : [`    text   ${say(notice, template)}`]),
  ]
}

const nameOf = ({ surface, room, topic }: NoticeRoom) =>
  `${surface === 'slack' ? 'Slack' : 'Telegram'} ${room}${topic === undefined ? '' : `, topic ${topic}`}`

function whyOf({ route, met }: Reasoned): string {
  if (route === 'default') return 'default: no route took it'
  const because = met.flatMap(wishesOf)
  return `${route}: ${because.length ? because.join(', ') : 'takes everything'}`
}

function whenOf({ mood }: Notice, severity: Notice['severity'], telling: Telling): string {
  const { wait, repeat, remind, repeats, quiet, digest } = telling
  const parts = [
    digest ? `in the digest of ${digestOf(digest)}` : wait < 15_000 ? 'at once' : `after ${lengthOf(wait)}`,
  ]
  if (quiet && severity !== 'critical') {
    const days = quiet.weekends ? ' nor on weekends' : ''
    parts.push(`not from ${quiet.from} to ${quiet.to}${days} (${quiet.timeZone})`)
  }
  if (mood === 'problem' && repeats > 0) {
    if (repeat !== undefined) parts.push(`again every ${lengthOf(repeat)} until somebody acknowledges it`)
    if (remind !== undefined) parts.push(`back every ${lengthOf(remind)} when it is acknowledged and not solved`)
    if (repeat ?? remind) parts.push(`${repeats} times at most`)
  }
  return parts.join('; ')
}

const digestOf = ({ every, at, timeZone }: NonNullable<Telling['digest']>) =>
  `${every === 'day' ? 'each day' : 'each Monday'} at ${at} (${timeZone})`

const lengths = [
  [24 * 3_600_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

function lengthOf(ms: number): string {
  const [size, unit] = lengths.find(([each]) => ms >= each && ms % each === 0) ?? lengths[3]
  return `${ms / size} ${unit}`
}

function passedLines(notice: Notice, passed: Ways['passed']): string[] {
  const lines = passed.map(({ route, match }) => `    ${route}: ${mismatch(match, notice)}`)
  return lines.length ? ['', '  Not taken by', ...lines] : []
}
