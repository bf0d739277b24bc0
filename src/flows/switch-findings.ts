import { allowed, dayOf, edgeMoment, nextShareDay, startOf } from './credit-window.ts'
import { fail, pass, unknown } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'
import { untold } from './number.ts'
import { ownershipOfFacts } from './ownership.ts'
import { choices, datesHold, planNow, resumeDay, zonesOf } from './switch-dates.ts'

/** What speaks against this procedure for that WABA. */
export function wabaProblem({ readings, facts, busy }: View): string | undefined {
  if (busy !== undefined) return 'busy'
  if (readings.channel?.state === 'absent') return 'not-found'
  if (readings.channel?.state !== 'known') return untold(readings)
  if (ownershipOfFacts(facts) === 'obo') return 'on-behalf-of'
  return facts.solutions?.length ? 'in-a-solution' : undefined
}

/** An account on behalf of the client cannot be switched. */
export function clientOwned({ answers }: View): Finding {
  const { ownership } = answers
  if (ownership === 'client_owned') return pass({ ownership })
  return ownership === 'obo' ? fail({ ownership }) : unknown()
}

/** Unshared and shared in one month, as agreed; its evidence is the plan. */
export function datesWork(view: View): Finding {
  if (datesHold(view)) return pass(planNow(view))
  const { recommended, resume } = choices(view)
  return fail({
    ...(recommended !== undefined && { next_start: recommended }),
    ...(resume !== undefined && { sending_again: resume }),
  })
}

/** A line is attached in the account's own currency only. */
export function sameCurrency({ facts, answers }: View): Finding {
  const currency = facts.account?.currency
  const offered = answers['credit-currency']
  if (currency === undefined || typeof offered !== 'string') return unknown()
  return currency === offered ? pass({ currency }) : fail({ currency, credit_currency: offered })
}

/** Nobody serves the WABA any more, and it cannot send: the client has taken it away from its partner. */
export function unshared({ facts: { subscriptions, health } }: View): Finding {
  const sending = health?.canSendMessage
  if (sending !== 'BLOCKED' || subscriptions?.count !== 0) return unknown()
  return pass({ subscribed_apps: 0, can_send_message: sending })
}

/** Meta takes a credit line today. What was shared stays shared. */
export function sharingAllowed(view: View): Finding {
  if (view.outcomes['share-credit-line'] !== undefined) return pass()
  const today = dayOf(view.now)
  if (!allowed(today)) return fail({ next_allowed: nextShareDay(today).toString() })
  return pass({ allowed_today: true, ...(edgeMoment(view.now, zonesOf(view)) && { edge_day: true }) })
}

/** From the first of the month on: what pays for the WABA is what the new line gave it (procedures.md 11, sp-s7). */
export function lineActive(view: View): Finding {
  const day = resumeDay(view)
  if (!day || view.now < startOf(day)) return unknown()
  const receiving = view.evidence['share-credit-line']?.receiving_credential
  const funding = view.facts.account?.primaryFundingId
  if (funding === undefined || receiving === undefined) return unknown()
  return funding === receiving ? pass({ primary_funding_id: funding }) : fail({ primary_funding_id: funding })
}

/** Which line is shared, for the words that it is confirmed with. */
export function creditOf({ answers }: View): { credit_line: string; currency: string } {
  return { credit_line: String(answers['credit-line'] ?? '?'), currency: String(answers['credit-currency'] ?? '?') }
}
