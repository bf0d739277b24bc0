import type { Notice, Subject } from './notice.ts'

/** The newest word on one topic of one subject. */
export interface Standing {
  /** `waba:700…` */
  subject: string
  topic: string
  kind: string
  /** Beginnings of topics that are pointless while it is a problem. */
  inhibits: readonly string[]
  /** When it was said, ms since the epoch. */
  at: number
}

export const subjectKey = ({ type, id }: Subject): string => `${type}:${id}`

/** Where something may stand that silences this notice: at its own subject, or at the account it is in. */
export const standingPlaces = ({ subject, waba }: Pick<Notice, 'subject' | 'waba'>): string[] => [
  ...new Set([subjectKey(subject), ...(waba === undefined ? [] : [`waba:${waba}`])]),
]

/**
 * The problem that makes this notice pointless, if one stands. Neither silences itself, nor what ends it, nor a critical
 * notice. Pure.
 */
export function inhibitor(notice: Notice, standing: readonly Standing[]): Standing | undefined {
  if (notice.severity === 'critical' || notice.inhibits?.length) return undefined
  const places = standingPlaces(notice)
  return standing.find(
    ({ subject, topic, inhibits, at }) =>
      places.includes(subject) &&
      topic !== notice.topic &&
      at <= notice.at &&
      inhibits.some((beginning) => notice.topic.startsWith(beginning)),
  )
}

const topicOf = (notice: Notice, standing: readonly Standing[]): Standing | undefined => {
  const subject = subjectKey(notice.subject)
  return standing.find((each) => each.topic === notice.topic && each.subject === subject)
}

/** Whether something newer was said about it already, in any room. Pure. */
export const isOld = (notice: Notice, standing: readonly Standing[]): boolean =>
  notice.at < (topicOf(notice, standing)?.at ?? Number.NEGATIVE_INFINITY)

/** What stands after this notice: of one topic the newest word counts. Pure. */
export function standingAfter(standing: readonly Standing[], notice: Notice): Standing[] {
  const known = topicOf(notice, standing)
  if (known && notice.at < known.at) return [...standing]
  const { kind, topic, mood, inhibits = [], at } = notice
  const fresh = { subject: subjectKey(notice.subject), topic, kind, inhibits: mood === 'problem' ? inhibits : [], at }
  return [...standing.filter((each) => each !== known), fresh]
}
