import { allows } from '../../flows/engine/rights.ts'
import type { Flow } from '../../flows/engine/types.ts'
import { catalogue } from '../../flows/index.ts'
import type { Line } from '../../notify/group.ts'
import { severityOf, sortedLines, stateOf } from '../../notify/group-state.ts'
import type { Subject } from '../../notify/notice.ts'
import type { NoticeRow } from '../../notify/notices.ts'
import type { Button } from '../card.ts'
import { encodePress, type Verb } from '../press.ts'
import type { Texts } from '../texts.ts'
import { snoozeOf } from './notice-words.ts'

/** How long a snooze may be, as its button carries it; `morning` is tomorrow at nine where the presser is. */
const snoozes = ['1h', '8h', 'morning'] as const
type Snooze = (typeof snoozes)[number]

/** So many buttons are seen at a glance in Slack; the others are behind Details. */
const atAGlance = 5

/**
 * What the people of a room can do about a group, the most likely first. Telegram shows all of it at once; so do the
 * details. Nobody is known in a Telegram chat of the desk, so its messages have no buttons.
 */
export function noticeButtons(
  row: NoticeRow,
  { texts, now, details = false }: { texts: Texts; now: number; details?: boolean },
): Button[] {
  if (row.side === 'desk' && row.to.surface === 'telegram') return []
  const { group } = row
  const say = (verb: NoticeVerb, value?: Snooze) => button(row, verb, texts, value)
  const more = details ? [] : [say('notice-details')]
  if (row.closed || stateOf(group) === 'resolved') return more
  const calls = stateOf(group) === 'firing' || severityOf(group) !== 'info'
  const snoozed = snoozeOf(group, now) !== undefined
  const first = [
    ...(calls ? acknowledgeButton(row, texts) : []),
    ...startButtons(row, texts),
    ...(calls && snoozed ? [say('notice-wake')] : []),
    ...(calls && !snoozed ? snoozes.map((length) => say('notice-snooze', length)) : []),
    ...(calls && !group.assignee ? [say('notice-take')] : []),
  ]
  const quiet = say('notice-quiet')
  if (details) return [...first, ...undoButtons(row, texts), quiet]
  if (row.to.surface === 'telegram') return [...first, ...more, quiet]
  const glance = first.filter(({ press }) => !behindDetails.some((value) => press?.endsWith(`|${value}`)))
  return [...glance.slice(0, atAGlance - 1), ...more]
}

const behindDetails: readonly Snooze[] = ['8h', 'morning']

type NoticeVerb = Extract<Verb, `notice-${string}`>

/** Nothing once somebody has acknowledged it. */
export const acknowledgeButton = (row: NoticeRow, texts: Texts): Button[] =>
  row.group.acknowledged ? [] : [{ ...button(row, 'notice-acknowledge', texts), style: 'primary' }]

function undoButtons(row: NoticeRow, texts: Texts): Button[] {
  return [
    ...(row.group.acknowledged ? [button(row, 'notice-unacknowledge', texts)] : []),
    ...(row.group.assignee ? [button(row, 'notice-take', texts), button(row, 'notice-release', texts)] : []),
  ]
}

function button({ id, seq }: NoticeRow, verb: NoticeVerb, texts: Texts, value?: Snooze): Button {
  const word = verb.slice('notice-'.length)
  const name = value === undefined ? word : `${word}-${value}`
  return {
    label: texts.t(`notice-desk.buttons.${name}`),
    press: encodePress({ verb, seq, target: String(id), ...(value !== undefined && { value }) }),
  }
}

/** The procedures that help, for those who may start them here; two at most. */
function startButtons({ side, group }: NoticeRow, texts: Texts): Button[] {
  const role = side === 'partner' ? 'partner' : 'support'
  const starts = new Map<string, Button>()
  for (const line of sortedLines(group)) {
    const flow = flowOf(line)
    if (!flow || starts.has(flow.id) || !allows(flow.startedBy, role)) continue
    const value = valueFor(flow, line.subject)
    const title = texts.t(`${flow.id}.title`)
    starts.set(flow.id, {
      label: texts.t('notice-desk.buttons.start', { flow: title }),
      press: encodePress({ verb: 'new', target: flow.id, ...(value !== undefined && { value }) }),
    })
  }
  return [...starts.values()].slice(0, 2)
}

const flowOf = ({ next }: Line) => (next && 'flow' in next ? catalogue.find(({ id }) => id === next.flow) : undefined)

/** What the notice is about, when the procedure asks for just that. */
function valueFor(flow: Flow, { type, id }: Subject): string | undefined {
  const asked = flow.questions.find((question) => question.id === flow.subject)
  return (type === 'phone' && asked?.kind === 'phone') || asked?.id === type ? id : undefined
}
