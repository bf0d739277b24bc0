import { fold } from './fold.ts'
import type { HubChannel } from './hub/channel-shape.ts'
import type { Hub } from './hub.ts'
import { digitsOf, parsePhone } from './phone.ts'

/** One way to look for channels in a Hub. */
export type Way = (hub: Hub) => Promise<HubChannel[]>

/** One more than is ever shown, so that "and more" can be said. */
const enough = 11

/** The ways that make sense for a text, the surest first (procedures.md 5 cs-q-what). */
export function waysFor(text: string): Way[] {
  const typed = text.normalize('NFKC').trim()
  const isId = /^[0-9A-Za-z]{4,32}$/.test(typed)
  const looksLikeId = isId && /\d/.test(typed) && /[A-Za-z]/.test(typed)
  const ways: Way[] = phonesIn(typed).map((phone) => async (hub) => only(await hub.channels.byPhone(phone)))
  if (isId && (typed.endsWith('CH') || looksLikeId)) ways.push(async (hub) => only(await hub.channels.byId(typed)))
  if (/^\d{10,20}$/.test(typed)) ways.push((hub) => byMetaWaba(hub, typed))
  if (isId && typed.endsWith('WA')) ways.push((hub) => hub.channels.ofWaba(typed))
  if (isId && typed.endsWith('CL')) ways.push((hub) => hub.channels.ofClient(typed))
  if (/^\S+@\S+$/.test(typed)) ways.push(async (hub) => channelsOf(hub, await hub.clients.byEmail(typed)))
  else if (/\p{L}/u.test(typed) && fold(typed).length >= 2) ways.push((hub) => byName(hub, typed))
  return ways
}

/** The number as it is read, and as it was typed: the Hub may know it in an outdated spelling. */
function phonesIn(text: string): string[] {
  const parsed = parsePhone(text)
  if (parsed.ok) return [...new Set([parsed.digits, ...asTyped(text)])]
  return parsed.reason === 'too-long' || parsed.reason === 'no-country' ? asTyped(text) : []
}

function asTyped(text: string): string[] {
  const digits = digitsOf(text).replace(/^00/, '')
  return /^[1-9]\d{6,14}$/.test(digits) ? [digits] : []
}

async function byMetaWaba(hub: Hub, externalId: string): Promise<HubChannel[]> {
  const waba = await hub.wabas.byMetaId(externalId)
  return waba === undefined ? [] : hub.channels.ofWaba(waba.id)
}

/** Channels of clients that are called so, and channels that are called so themselves. */
async function byName(hub: Hub, name: string): Promise<HubChannel[]> {
  const wanted = fold(name)
  const found = new Map<string, HubChannel>()
  const take = (row: HubChannel) => found.set(row.channel.id, row)
  for (const row of await channelsOf(hub, await hub.clients.byName(name))) take(row)
  if (found.size >= enough) return [...found.values()]
  for await (const row of hub.channels.list()) {
    if ([row.channel.name, row.clientName].some((word) => fold(word ?? '').includes(wanted))) take(row)
    if (found.size >= enough) break
  }
  return [...found.values()]
}

async function channelsOf(hub: Hub, clients: { id: string }[]): Promise<HubChannel[]> {
  const found: HubChannel[] = []
  for (const { id } of clients) {
    if (found.length >= enough) break
    found.push(...(await hub.channels.ofClient(id)))
  }
  return found
}

const only = (row: HubChannel | undefined): HubChannel[] => (row === undefined ? [] : [row])
