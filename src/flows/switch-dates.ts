import { Temporal } from 'temporal-polyfill'
import {
  allowed,
  type Day,
  dayOf,
  downtimeDays,
  edgeDay,
  later,
  latestStart,
  nextShareDay,
  plan,
  readDay,
  resume,
  startOf,
  windowZones,
} from './credit-window.ts'
import type { Expected, Finding, View } from './engine/types.ts'
import { zoneOfMeta } from './meta-time-zones.ts'

type Values = NonNullable<Finding['evidence']>

const today = ({ now }: View): Day => dayOf(now)

export const nextDay = (day: Day): Day => day.add({ days: 1 })

/** The day on which the client took its WABA away, if that has happened. */
function unsharedOn(view: View): Day | undefined {
  const ticked = view.endedAt.unshare
  return readDay(view.answers['unshared-on']) ?? (ticked === undefined ? undefined : dayOf(ticked))
}

/** The day sending stops as things stand: as it happened, as planned, or today when the planned day has passed. */
export function unshareDay(view: View): Day | undefined {
  const planned = readDay(view.answers['start-on'])
  return unsharedOn(view) ?? (planned && later(planned, today(view)))
}

/** The day the credit line is shared as things stand. */
export function shareDay(view: View): Day | undefined {
  const shared = view.endedAt['share-credit-line']
  if (shared !== undefined) return dayOf(shared)
  const from = unshareDay(view)
  return from && nextShareDay(later(from, today(view)))
}

/** The day messages work again as things stand. */
export function resumeDay(view: View): Day | undefined {
  const day = shareDay(view)
  return day && resume(day)
}

/**
 * Messages fail until the new line pays. Until when, is said once the client has agreed to it and the day has come: before
 * that, they fail for another reason.
 */
export function failingMessages(view: View): Expected[] {
  const [from, again] = [unshareDay(view), resumeDay(view)]
  const kind = 'sending-blocked'
  if (!from || !again || view.answers['sending-stop'] !== true || view.now < startOf(from)) return [{ kind }]
  if (view.now >= startOf(nextDay(again))) return []
  return [{ kind, until: again.toString(), for: ['partner', 'destination-partner'] }]
}

/** After this moment (ms) the client can no longer unshare and share in the month that was planned. */
export function startLimit(view: View): number | undefined {
  const planned = readDay(view.answers['start-on'])
  return planned && startOf(nextDay(latestStart(planned)))
}

/** After this moment (ms) the credit line is shared a month later than it could be. */
export function shareLimit(view: View): number | undefined {
  const day = unshareDay(view)
  return day && startOf(nextDay(latestStart(nextShareDay(day))))
}

/** Where Meta may count its days for this WABA. */
export function zonesOf({ facts }: View): string[] {
  const own = zoneOfMeta(facts.account?.timezoneId ?? facts.waba?.timezoneId)
  return own === undefined ? [...windowZones] : [...windowZones, own]
}

/** The plan in days, as it stands now. */
export function planNow(view: View): Values {
  const [from, share] = [unshareDay(view), shareDay(view)]
  if (!from || !share) return {}
  const shared = view.endedAt['share-credit-line'] !== undefined
  return {
    unshare_on: from.toString(),
    share_on: share.toString(),
    sending_again: resume(share).toString(),
    days_without_sending: downtimeDays(from, share),
    ...(!shared && edgeDay(share, zonesOf(view)) && { edge_day: true }),
  }
}

/** The days of this month and the next that a start can be chosen from, and what the best one brings. */
export function choices(view: View): Values {
  const now = today(view)
  const best = plan(now)
  const next = now.with({ day: 1 }).add({ months: 1 })
  const left = Temporal.PlainDate.compare(now, latestStart(now)) <= 0
  return {
    this_from: (left ? nextShareDay(now) : next.with({ day: 5 })).toString(),
    this_to: (left ? latestStart(now) : latestStart(next)).toString(),
    next_from: (left ? next : next.add({ months: 1 })).with({ day: 5 }).toString(),
    next_to: latestStart(left ? next : next.add({ months: 1 })).toString(),
    recommended: best.toString(),
    resume: resume(best).toString(),
    earliest: resume(nextShareDay(now)).toString(),
    days: downtimeDays(best, best),
  }
}

/** What is wrong with a day to begin on, as a text key. */
export function startProblem(view: View): string | undefined {
  const day = readDay(view.answers['start-on'])
  if (!day) return undefined
  if (Temporal.PlainDate.compare(day, today(view)) < 0) return 'in-the-past'
  return allowed(day) ? undefined : 'blocked-days'
}

/** Unshared and shared in one month, as it was agreed with the client. */
export function datesHold(view: View): boolean {
  const planned = readDay(view.answers['start-on'])
  if (unsharedOn(view) || !planned) return true
  const from = later(planned, today(view))
  return allowed(from) && from.toPlainYearMonth().equals(planned.toPlainYearMonth())
}
