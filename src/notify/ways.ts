import { fits } from './match.ts'
import { type Audience, type Notice, severities } from './notice.ts'
import type { Subscription } from './notices.ts'
import type { Match, Route, RouteSettings } from './route-schema.ts'
import type { Routing } from './routing.ts'
import type { NoticeRoom } from './target.ts'

/** One way that a notice takes: a route or a subscription, and the rooms it leads to. */
export interface Way {
  /** `routes[2].routes[0]`, `default` for what no route takes, or `subscription 12`. */
  route: string
  settings: RouteSettings
  rooms: readonly NoticeRoom[]
  /** What it met: the conditions of its route and of those around it. */
  met: readonly Match[]
}

export interface Ways {
  ways: Way[]
  /** Routes and subscriptions that did not take it, and what they asked for. */
  passed: { route: string; match: Match }[]
}

/**
 * Leads a notice through the tree, as Alertmanager does: the first route that matches takes it, the routes inside that one
 * first; what none of those takes is its own. With `continue` the notice goes on as if that route had not taken it, down to
 * the default. Then come the subscriptions. Pure.
 */
export const waysOf = (notice: Notice, routing: Routing): Ways => walked(notice, routing, (match) => match)

/**
 * Every way that the problem which a relief ends may have taken. The two are about the same subject; what else the problem
 * was, a relief does not say, so a route that asks for that may have taken it or not. Pure.
 */
export const waysOfProblem = (relief: Notice, routing: Routing): Way[] =>
  walked({ ...relief, audience: ['desk', 'partner', 'destination-partner'] }, routing, sharedPart).ways

/** What a relief has in common with its problem. */
const sharedPart = ({ kind: _k, severity: _s, atLeast: _l, audience: _a, text: _t, ...shared }: Match): Match => shared

type Known = (match: Match) => Match

function walked(notice: Notice, routing: Routing, known: Known): Ways {
  const found: Ways = { ways: [], passed: [] }
  const follow = (at: Omit<Way, 'rooms'>, routes: readonly Route[]): void => {
    for (const [index, route] of routes.entries()) {
      const path = `${at.route && `${at.route}.`}routes[${index}]`
      const match = known(route.match)
      if (!fits(match, notice)) {
        found.passed.push({ route: path, match: route.match })
        continue
      }
      follow({ route: path, settings: inherited(at.settings, route), met: [...at.met, route.match] }, route.routes)
      const sure = Object.keys(match).length === Object.keys(route.match).length
      if (sure && !route.continue) return
    }
    const rooms = (at.settings.to ?? []).flatMap((name) => roomsOf(name, notice, routing))
    found.ways.push({ ...at, route: at.route || 'default', rooms })
  }
  follow({ route: '', settings: { to: ['audience'], ...defined(routing.tree) }, met: [] }, routing.tree.routes)
  for (const { id, to, match } of routing.subscriptions.map((each) => ({ ...each, match: matchOf(each, routing) }))) {
    const route = `subscription ${id}`
    if (!fits(known(match), notice)) found.passed.push({ route, match })
    else found.ways.push({ route, settings: routing.tree, rooms: [to], met: [match] })
  }
  return found
}

function inherited(above: RouteSettings, route: Route): RouteSettings {
  const template = { ...above.template, ...route.template }
  return { ...above, ...defined(route), template }
}

/** Settings that are said; what is there without a value says nothing. */
const defined = (settings: RouteSettings): RouteSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))

/** A partner hears of what is meant for partners; what only the desk is told cannot be subscribed to from its chat. */
function matchOf(
  { to, match: { kinds, severities: wanted, countries, text } }: Subscription,
  { owners }: Routing,
): Match {
  return {
    ...(kinds?.length && { kind: kinds }),
    ...(wanted?.length && { severity: severities.filter((severity) => wanted.includes(severity)) }),
    ...(countries?.length && { country: countries }),
    ...(text && { text: [text] }),
    ...(owners.has(to.room) && { audience: ['partner', 'destination-partner'] }),
  }
}

/** What a receiver of a route means for this notice. Where a partner is unknown or has no chat, the desk hears it instead. */
function roomsOf(name: string, notice: Notice, routing: Routing): readonly NoticeRoom[] {
  const { desk, chats, receivers } = routing
  const chatsOf = (id = '') => (chats.get(id)?.length ? chats.get(id) : undefined) ?? [desk]
  const meant: Record<Audience, () => readonly NoticeRoom[]> = {
    desk: () => [desk],
    partner: () => chatsOf(notice.partner),
    'destination-partner': () => chatsOf(notice.destination),
  }
  if (name === 'audience') return notice.audience.flatMap((audience) => meant[audience]())
  if (name === 'desk' || name === 'partner') return meant[name]()
  if (name === 'destination') return meant['destination-partner']()
  const room = receivers.get(name)
  return room ? [room] : []
}
