import { groupKey } from './group-key.ts'
import { readerIn } from './isolation.ts'
import { type Notice, type Severity, severities } from './notice.ts'
import { type Routing, timeZoneIn } from './routing.ts'
import type { NoticeRoom, Target } from './target.ts'
import { tellingOf } from './telling.ts'
import { type Way, type Ways, waysOf, waysOfProblem } from './ways.ts'

/** A target with what its route asked for. */
export type Reasoned = Target & Pick<Way, 'met'>

/** Where a notice goes: each room once, the first way into it wins. Pure. */
export const targetsOf = (notice: Notice, routing: Routing): Target[] =>
  routed(notice, routing).targets.map(({ met: _, ...target }) => target)

/**
 * The same with the reasons, for `portdesk routes test`. A relief goes wherever its problem went: where it would not go by
 * itself, it ends what is open and says nothing else.
 */
export function routed(notice: Notice, routing: Routing): { targets: Reasoned[]; passed: Ways['passed'] } {
  const { ways, passed } = waysOf(notice, routing)
  // The end of a problem is good news, however severe its route makes the problem.
  const own = ways.flatMap((way) =>
    targetsBy(way, notice, (notice.mood !== 'relief' && way.settings.severity) || notice.severity, routing),
  )
  const targets = firstOf(own, roomOf)
  return { targets: firstOf([...targets, ...endsOf(notice, routing)], messageOf), passed }
}

/** Where a relief may find its problem, however severe that was. */
function endsOf(notice: Notice, routing: Routing): Reasoned[] {
  if (notice.mood !== 'relief') return []
  const ways = waysOfProblem(notice, routing)
  const targets = severities.flatMap((severity) =>
    ways.flatMap((way) => targetsBy(way, notice, way.settings.severity ?? severity, routing)),
  )
  return targets.map((target) => ({ ...target, severity: notice.severity, endsOnly: true as const }))
}

/** The targets of one way, told as severely as that. */
function targetsBy(way: Way, notice: Notice, severity: Severity, routing: Routing): Reasoned[] {
  const { settings, rooms, route, met } = way
  const template = settings.template?.[notice.kind]
  return rooms.flatMap((to) => {
    const reader = readerIn(to, notice, routing)
    if (!reader) return []
    const timeZone = timeZoneIn(to, routing)
    const telling = tellingOf(settings, { severity, flagged: notice.digest === true, timeZone })
    const group = groupKey({ ...notice, severity }, settings.group, telling.digest)
    return { to, ...reader, group, severity, telling, route, met, ...(template && { template }) }
  })
}

const roomOf = ({ to: { surface, room, topic } }: { to: NoticeRoom }) => `${surface} ${room} ${topic ?? 0}`
const messageOf = (target: Target) => `${roomOf(target)} ${target.group}`

function firstOf<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const keys = values.map(keyOf)
  return values.filter((_, index) => keys.indexOf(keys[index] ?? '') === index)
}
