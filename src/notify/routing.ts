import type { DeskConfig } from '../config.ts'
import { fitsSomeKind, knownKinds } from './families.ts'
import type { Subscription } from './notices.ts'
import { type NoticesConfig, noticesSchema, places, type Route } from './route-schema.ts'
import type { NoticeRoom } from './target.ts'

/** Everything that decides where notices go, made once from the set-up. */
export interface Routing {
  tree: NoticesConfig
  /** The desk's channel of alerts. */
  desk: NoticeRoom
  receivers: ReadonlyMap<string, NoticeRoom>
  /** Chats for the notices of a partner, by our id of the partner. */
  chats: ReadonlyMap<string, readonly NoticeRoom[]>
  /** Whose a Telegram chat is, by the chat's id. */
  owners: ReadonlyMap<string, string>
  /** Telegram chats of the desk's own people. */
  deskChats: ReadonlySet<string>
  /** By channel or chat id; of a topic that has its own, by `<chat id>/<topic>`. */
  timeZones: ReadonlyMap<string, string>
  timeZone: string
  subscriptions: readonly Subscription[]
}

/**
 * Makes the routing of a desk. `moved`: Telegram chats that got a new id, old to new; the set-up and the subscriptions may
 * still say the old one.
 */
export function routingOf(
  { slack, partners, notices }: DeskConfig,
  subscriptions: readonly Subscription[],
  moved: ReadonlyMap<string, string> = new Map(),
): Routing {
  const tree = notices ?? noticesSchema.parse({})
  const chatOf = (chat: number | string) => moved.get(String(chat)) ?? String(chat)
  const said = ownersIn(partners)
  const owned = partners
    .flatMap(({ id, telegram }) => telegram.map((room) => ({ ...room, partner: id, chat: chatOf(room.chat) })))
    // What the set-up itself says about an id comes first.
    .filter(({ chat, partner }) => (said.get(chat) ?? partner) === partner)
  const receivers = Object.entries(tree.receivers).map(([name, { slack: channel, telegram = 0, topic, ...more }]) => {
    const to: NoticeRoom = channel
      ? { surface: 'slack', room: channel }
      : { surface: 'telegram', room: chatOf(telegram), ...(topic && { topic }) }
    return { name, to, ...more }
  })
  const zoned = receivers.flatMap(({ to, timeZone }) => (timeZone ? [[zoneKey(to), timeZone] as const] : []))
  const forDesk = receivers.filter(({ desk, to }) => desk && to.surface === 'telegram')
  return {
    tree,
    desk: { surface: 'slack', room: slack.alerts },
    receivers: new Map(receivers.map(({ name, to }) => [name, to])),
    chats: new Map(partners.map(({ id }) => [id, chatsFor(owned.filter(({ partner }) => partner === id))])),
    owners: new Map(owned.map(({ chat, partner }) => [chat, partner])),
    deskChats: new Set(forDesk.map(({ to }) => to.room)),
    timeZones: new Map([...owned.map(({ chat, timeZone }) => [chat, timeZone] as const), ...zoned]),
    timeZone: slack.timeZone,
    subscriptions: subscriptions.map((each) => ({
      ...each,
      to: each.to.surface === 'telegram' ? { ...each.to, room: chatOf(each.to.room) } : each.to,
    })),
  }
}

/** The time zone of a room; a topic has that of its chat unless its receiver says otherwise. */
export const timeZoneIn = (to: NoticeRoom, { timeZones, timeZone }: Routing): string =>
  timeZones.get(zoneKey(to)) ?? timeZones.get(to.room) ?? timeZone

const zoneKey = ({ room, topic }: NoticeRoom) => (topic === undefined ? room : `${room}/${topic}`)

/** Whose a Telegram chat is, by the chat's id in the set-up. */
const ownersIn = (partners: DeskConfig['partners']) =>
  new Map(partners.flatMap(({ id, telegram }) => telegram.map(({ chat }) => [String(chat), id] as const)))

/** The chats that are marked for notices, else the first. */
function chatsFor(rooms: readonly { chat: string; notices?: boolean | undefined }[]): NoticeRoom[] {
  const marked = rooms.filter(({ notices }) => notices)
  return (marked.length ? marked : rooms.slice(0, 1)).map(({ chat }) => ({ surface: 'telegram', room: chat }))
}

/**
 * What the schema cannot see in the `notices` part of a set-up: names that lead nowhere, and rooms in which one partner
 * could read of another. One line a fault, with its path.
 */
export function noticeFaults({ partners, notices }: DeskConfig): string[] {
  if (!notices) return []
  const owner = ownersIn(partners)
  const rooms = Object.entries(notices.receivers).flatMap(([name, { telegram, desk }]) => {
    const path = `notices.receivers.${name}`
    if (isPlace(name)) return [`${path} has a name that means something else already`]
    const of = telegram === undefined ? undefined : owner.get(String(telegram))
    if (desk && of !== undefined) return [`${path} is a chat of the partner ${of}, so it is no room of the desk`]
    if (telegram !== undefined && of === undefined && !desk) {
      return [`${path} is a chat of no partner; say desk: true if only people of the desk are in it`]
    }
    return []
  })
  const known = { receivers: new Set(Object.keys(notices.receivers)), partners: new Set(partners.map(({ id }) => id)) }
  return [...rooms, ...routeFaults(notices, 'notices', known)]
}

interface Known {
  receivers: ReadonlySet<string>
  partners: ReadonlySet<string>
}

function routeFaults(node: Pick<Route, 'to' | 'routes'> & Partial<Route>, path: string, known: Known): string[] {
  const lost = (node.to ?? []).flatMap((name, index) =>
    isPlace(name) || known.receivers.has(name)
      ? []
      : [`${path}.to.${index} is none of ${places.join(', ')}, and none of notices.receivers`],
  )
  const strangers = (node.match?.partner ?? []).flatMap((id, index) =>
    known.partners.has(id) ? [] : [`${path}.match.partner.${index} is the id of no partner`],
  )
  const kinds = (node.match?.kind ?? []).flatMap((kind, index) =>
    fitsSomeKind(kind) ? [] : [`${path}.match.kind.${index} fits no kind of notice`],
  )
  const texts = Object.keys(node.template ?? {}).flatMap((kind) =>
    knownKinds.includes(kind) ? [] : [`${path}.template.${kind} is for no kind of notice`],
  )
  const below = node.routes.flatMap((route, index) => routeFaults(route, `${path}.routes.${index}`, known))
  return [...lost, ...strangers, ...kinds, ...texts, ...below]
}

const isPlace = (name: string) => places.some((place) => place === name)
