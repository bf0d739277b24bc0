import type { Group, GroupState, Line } from './group.ts'
import { type Severity, severities } from './notice.ts'

/**
 * Where a group stands: `firing` while any problem lasts, `resolved` once every problem that it told of has ended, else
 * `news`. A relief of which nothing worse was told before is news: a template that is approved at first try solves nothing.
 */
export function stateOf({ lines }: Pick<Group, 'lines'>): GroupState {
  const all = Object.values(lines)
  if (all.some(({ mood }) => mood === 'problem')) return 'firing'
  return all.some(({ solved }) => solved) ? 'resolved' : 'news'
}

/** The worst of the problems that last; without one, of everything. */
export function severityOf({ lines }: Pick<Group, 'lines'>): Severity {
  const all = Object.values(lines)
  const lasting = all.filter(({ mood }) => mood === 'problem')
  return (lasting.length ? lasting : all).reduce<Severity>((worst, { severity }) => worseOf(worst, severity), 'info')
}

/** What matters most comes first: problems that last, then what is more severe, then what is newer. */
export function sortedLines({ lines }: Pick<Group, 'lines'>): Line[] {
  const weight = ({ mood, severity }: Line) => (mood === 'problem' ? 10 : 0) + severities.indexOf(severity)
  return Object.values(lines).sort((a, b) => weight(b) - weight(a) || b.at - a.at || (keyOf(a) < keyOf(b) ? -1 : 1))
}

const worseOf = (a: Severity, b: Severity): Severity => (severities.indexOf(b) > severities.indexOf(a) ? b : a)

const keyOf = ({ subject, topic }: Line) => `${subject.type}:${subject.id} ${topic}`
