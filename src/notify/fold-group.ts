import type { Group, Line } from './group.ts'
import { severityOf } from './group-state.ts'
import { type Notice, type Severity, severities } from './notice.ts'

/** What a message can hold is far less; the rest would only make the row grow. */
const mostLines = 200

export const emptyGroup = (at: number): Group => ({ lines: {}, dropped: 0, count: 0, first: at, last: at })

export const rank = (severity: Severity): number => severities.indexOf(severity)

/**
 * A group with one more notice in it. A notice that is older than what is known of its topic is only counted: platforms
 * tell late and out of order. `old`: something newer was said of it where this group did not hear it. `joined` is `late` for those, else `told`. Pure.
 */
export function joined(
  group: Group,
  notice: Notice,
  how: { severity: Severity; template?: string; now: number; old?: boolean },
): { group: Group; joined: 'told' | 'late' } {
  const key = lineKey(notice)
  const known = group.lines[key]
  const counted = { ...group, count: group.count + 1, last: Math.max(group.last, how.now) }
  if (known && (how.old || notice.at < known.at)) {
    const params = addedUp(known.params, notice.params)
    return { group: withLine(counted, key, { ...known, params, count: known.count + 1 }), joined: 'late' }
  }
  const line = lineOf(notice, how, known)
  const next = withLine({ ...counted, untold: untoldAfter(group, how.now) }, key, line)
  return { group: isWorse(group, line, known) ? seenByNobody(next) : next, joined: 'told' }
}

/** Under which a group keeps the newest word on a topic. */
export const lineKey = ({ subject, topic }: Pick<Notice, 'subject' | 'topic'>): string =>
  `${subject.type}:${subject.id} ${topic}`

function lineOf(notice: Notice, { severity, template }: { severity: Severity; template?: string }, known?: Line): Line {
  const { kind, mood, subject, waba, topic, params, at, next, clientName, country, source, id } = notice
  const solved = mood === 'relief' && (known?.mood === 'problem' || known?.solved)
  return {
    kind,
    severity,
    mood,
    subject,
    topic,
    params: known ? addedUp(params, known.params) : params,
    at,
    count: (known?.count ?? 0) + 1,
    notice: id,
    ...(next && { next }),
    ...(solved && { solved }),
    ...(waba !== undefined && { waba }),
    ...(source && { source }),
    ...(clientName !== undefined && { clientName }),
    ...(country !== undefined && { country }),
    ...(template !== undefined && { template }),
  }
}

/** The newest word; how many things it told of counts on. */
function addedUp(params: Line['params'], others: Line['params']): Line['params'] {
  const { count } = params
  return typeof count === 'number' && typeof others.count === 'number'
    ? { ...params, count: count + others.count }
    : params
}

const untoldAfter = ({ untold }: Group, now: number) => ({
  since: untold?.since ?? now,
  count: (untold?.count ?? 0) + 1,
})

/** A problem that nobody who acknowledged or snoozed the group could know of. */
function isWorse(before: Group, line: Line, known: Line | undefined): boolean {
  if (line.mood !== 'problem') return false
  return (known?.mood === 'relief' && rank(line.severity) > 0) || rank(line.severity) > rank(severityOf(before))
}

function seenByNobody({ acknowledged: _a, snoozed: _s, ...group }: Group): Group {
  return group
}

/** Keeps the newest lines; problems that last go last. */
function withLine(group: Group, key: string, line: Line): Group {
  const lines = { ...group.lines, [key]: line }
  const keys = Object.keys(lines)
  if (keys.length <= mostLines) return { ...group, lines }
  const least = keys.filter((each) => each !== key).sort((a, b) => weight(lines[a]) - weight(lines[b]))[0] ?? key
  delete lines[least]
  return { ...group, lines, dropped: group.dropped + 1 }
}

const weight = (line: Line | undefined): number => (line?.at ?? 0) + (line?.mood === 'problem' ? 1e15 : 0)
