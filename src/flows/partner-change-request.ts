import type { Channel, PartnerChange } from '../meta/facts.ts'
import { fail, pass, unknown } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'

type RequestView = Pick<View, 'answers' | 'facts' | 'evidence' | 'endedAt'>

/** How far the Hub's clock may be behind ours, in ms. */
const clocksDiffer = 300_000

/** The step that sees the request; its evidence names it. */
export const requestStep = 'request-created'

const ended = ['completed', 'failed']
export const isOpen = ({ status = '' }: PartnerChange): boolean => !ended.includes(status)

/**
 * The request that this case is about: to the partner that was named, and made in its time. One that is open already when
 * the case begins counts as well; one that ended before does not.
 */
export function requestOf({ answers, facts, evidence, endedAt }: RequestView): PartnerChange | undefined {
  const requests = facts.changeRequests ?? []
  const id = evidence[requestStep]?.request
  if (id !== undefined) return requests.find((request) => request.id === id)
  const since = endedAt['no-open-request'] ?? Number.POSITIVE_INFINITY
  return requests.find((request) => {
    if (request.targetPartnerId !== answers['destination-partner']) return false
    return isOpen(request) || Date.parse(request.createdAt ?? '') >= since - clocksDiffer
  })
}

/** An open request of the client to another partner than the one that was named. */
export const otherRequest = ({ answers, facts }: View): PartnerChange | undefined =>
  facts.changeRequests?.find((request) => isOpen(request) && request.targetPartnerId !== answers['destination-partner'])

/** The request is with 360dialog (procedures.md 4, pc-s3b). */
export function requestSeen(view: View): Finding {
  const request = requestOf(view)
  if (request) return pass({ request: request.id, ...stated(request) })
  const other = otherRequest(view)
  if (other?.targetPartnerId !== undefined) return fail({ target_partner: other.targetPartnerId })
  return view.facts.changeRequests ? fail() : unknown()
}

/** The new partner has agreed, by whichever way (pc-s6). */
export function requestAccepted(view: View): Finding {
  const request = requestOf(view)
  if (hasArrived(view)) return pass({ request_status: 'completed' })
  if (!request) return unknown()
  return ['pending', 'completed'].includes(request.status ?? '') ? pass(stated(request)) : fail(stated(request))
}

/** The numbers are with the new partner (pc-s7). */
export function changeCompleted(view: View): Finding {
  const request = requestOf(view)
  const moved = { numbers: listed(movingNumbers(view)) }
  if (request?.status === 'completed' || hasArrived(view)) return pass({ request_status: 'completed', ...moved })
  return request ? fail(stated(request)) : unknown()
}

const stated = ({ status }: PartnerChange): { request_status: string } | Record<string, never> =>
  status === undefined ? {} : { request_status: status }

/** The new partner's own Hub lists every number. */
function hasArrived(view: View): boolean {
  const moving = movingNumbers(view)
  return moving.length > 0 && moving.every(({ phone }) => view.facts.newNumbers?.some((one) => one.phone === phone))
}

/** The numbers that move: those the request names, otherwise all of the client's. */
export function movingNumbers(view: RequestView): readonly Channel[] {
  const all = view.facts.numbers ?? []
  const named = requestOf(view)?.channelIds
  const chosen = all.filter(({ id }) => named?.includes(id))
  return chosen.length ? chosen : all
}

/** How many numbers a text lists. */
const most = 20

/** Numbers for a text, WABA by WABA where there are several: `+49…, +49… (kV3bLuWA); +1… (Pw90RsWA)`. */
export function listed(numbers: readonly Channel[]): string {
  const shown = numbers.slice(0, most)
  const accounts = [...new Set(shown.map(({ wabaId }) => wabaId ?? ''))]
  const groups = accounts.map((account) => {
    const own = shown.filter(({ wabaId = '' }) => wabaId === account).map(({ phone }) => `+${phone}`)
    return accounts.length > 1 && account ? `${own.join(', ')} (${account})` : own.join(', ')
  })
  return groups.join('; ') + (numbers.length > most ? ' …' : '')
}
