import type { FollowUp, Group, Line } from '../../notify/group.ts'
import { severityOf, sortedLines, stateOf } from '../../notify/group-state.ts'
import type { NoticeRow } from '../../notify/notices.ts'
import type { Card, Field, Item } from '../card.ts'
import type { Texts } from '../texts.ts'
import { acknowledgeButton, noticeButtons } from './notice-buttons.ts'
import { headline, lineTitle, showCount, showDeed, showNext, showSubject, snoozeOf } from './notice-words.ts'

/** What a card of notices needs to know beyond its row. */
export interface NoticeCardContext {
  texts: Texts
  /** The desk's clock, ms since the epoch. */
  now: number
  /** What a partner is called; the desk reads it. */
  partnerName?: (id: string) => string | undefined
  /** For one person who asked: every line that fits, and every button. */
  details?: boolean
}

/** Lines that a root message lists; the rest is counted. */
const listed = 10
const listedInDetails = 30

/**
 * The root message of a group: what is worst, where it stands, what helps, and everything else as a list. Times are
 * absolute, for nobody redraws a card only because time has passed. Pure.
 */
export function noticeCard(row: NoticeRow, context: NoticeCardContext): Card {
  const { texts, details = false } = context
  const { group } = row
  const lines = sortedLines(group)
  const shown = lines.slice(0, details ? listedInDetails : listed)
  const more = lines.length - shown.length + group.dropped
  const [only, ...others] = lines
  const single = only !== undefined && others.length === 0
  const head = single ? headline(only, texts) : { title: titleOf(lines, row, texts), text: [] }
  const client = clientOf(lines)
  const next = stateOf(group) === 'resolved' ? [] : distinct(shown.flatMap((line) => showNext(line, texts) ?? []))
  // What helps with all of them is said once; else each line says what helps with it.
  const eachNext = next.length > 1
  return {
    title: head.title,
    ...(client !== undefined && { subtitle: client }),
    state: stateShown(group, context),
    text: [
      ...head.text,
      ...(group.count > lines.length + group.dropped ? showCount(group.count, group.last, texts) : []),
      ...(more > 0 ? [texts.t('notice-desk.more', { count: more })] : []),
      ...(eachNext ? [] : next),
    ],
    fields: fieldsOf(row, context),
    items: single ? [] : shown.map((line) => itemOf(line, lines, eachNext, texts)),
    buttons: noticeButtons(row, context),
    footer: [footerOf(row, lines, texts)],
  }
}

/** A message below the root: what is new, or that something still waits. Pure. */
export function followUpCard(row: NoticeRow, what: FollowUp, context: NoticeCardContext): Card {
  const { texts } = context
  const { group } = row
  const lines = sortedLines(group)
  const newest = lines.toSorted((a, b) => b.at - a.at)
  const meant =
    (what === 'resolved' ? newest.find(({ solved }) => solved) : undefined) ?? (what === 'news' ? newest[0] : lines[0])
  const head = meant ? headline(meant, texts) : { title: titleOf(lines, row, texts), text: [] }
  const deed = what === 'reminder' && group.acknowledged
  const calls = what === 'worse' || what === 'repeat'
  return {
    title: texts.t(`notice-desk.follow-ups.${what}`, { text: head.title }),
    text: [
      ...head.text,
      ...(deed ? [showDeed('acknowledged', deed.by, deed.at, texts)] : []),
      ...(what === 'resolved' || what === 'news' ? [] : othersText(lines, texts)),
    ],
    ...(calls && { buttons: acknowledgeButton(row, texts) }),
  }
}

const othersText = (lines: readonly Line[], texts: Texts): string[] =>
  lines.length > 1 ? [texts.t('notice-desk.others', { count: lines.length - 1 })] : []

/** Several lines are called by what they share: their digest, else their subject, else their kind. */
function titleOf(lines: readonly Line[], { group, telling }: NoticeRow, texts: Texts): string {
  const [first] = lines
  const count = lines.length + group.dropped
  if (telling.digest) return texts.t(`notice-desk.title.digest-${telling.digest.every}`, { count })
  if (first && lines.every(({ subject }) => subject.type === first.subject.type && subject.id === first.subject.id)) {
    const subject = showSubject(first.subject, first.clientName, texts)
    return texts.t('notice-desk.title.subject', { subject, count })
  }
  if (first && lines.every(({ kind }) => kind === first.kind)) {
    return texts.t('notice-desk.title.kind', { kind: lineTitle(first, texts), count })
  }
  return texts.t('notice-desk.title.many', { count })
}

/** The client, when all lines are about the same one. */
function clientOf(lines: readonly Line[]): string | undefined {
  const name = lines[0]?.clientName
  return lines.every(({ clientName }) => clientName === name) ? name : undefined
}

/** Who told it, and when last. */
function footerOf({ group, closed }: NoticeRow, lines: readonly Line[], texts: Texts): string {
  const told = [...new Set(lines.flatMap(({ source }) => source ?? []))].sort()
  return joined(
    texts.t('notice-desk.as-of', { time: texts.time(group.last) }),
    ...told.map((source) => texts.t(`notice-desk.told-by.${source}`)),
    ...(closed ? [texts.t('notice-desk.closed')] : []),
  )
}

function stateShown(group: Group, { texts, now }: NoticeCardContext): NonNullable<Card['state']> {
  const state = stateOf(group)
  if (state === 'resolved') return { text: texts.t('notice-desk.states.resolved'), tone: 'done' }
  const severity = severityOf(group)
  const word = texts.t(`notice-desk.states.${severity}`)
  const snoozed = snoozeOf(group, now)
  if (snoozed) return { text: joined(word, showDeed('snoozed', snoozed.by, snoozed.until, texts)), tone: 'waiting' }
  const seen = group.acknowledged
  if (seen) return { text: joined(word, showDeed('acknowledged', seen.by, seen.at, texts)), tone: 'waiting' }
  return { text: word, tone: tones[severity] }
}

const tones = { critical: 'critical', warning: 'attention', info: 'info' } as const

const distinct = (texts: readonly string[]) => [...new Set(texts)]

const joined = (...parts: string[]) => parts.join(' · ')

function fieldsOf({ side, partner, group }: NoticeRow, { texts, partnerName }: NoticeCardContext): Field[] {
  const name = side === 'desk' && partner !== undefined ? (partnerName?.(partner) ?? partner) : undefined
  return [
    ...(name !== undefined ? [{ label: texts.t('desk.case.fields.partner'), value: name }] : []),
    ...(group.assignee ? [{ label: texts.t('desk.case.fields.assignee'), value: group.assignee.name }] : []),
  ]
}

function itemOf(line: Line, all: readonly Line[], withNext: boolean, texts: Texts): Item {
  const { title, text } = headline(line, texts)
  const client = clientOf(all) === undefined && line.clientName !== undefined ? [line.clientName] : []
  const when = line.count > 1 ? showCount(line.count, line.at, texts) : [texts.time(line.at)]
  const next = withNext ? (showNext(line, texts) ?? []) : []
  return { mark: markOf(line), title, notes: [...text, joined(...client, ...when)].concat(next) }
}

function markOf({ mood, severity }: Line): Item['mark'] {
  if (mood === 'relief') return 'done'
  if (severity === 'info') return 'info'
  return severity === 'critical' ? 'failed' : 'warning'
}
