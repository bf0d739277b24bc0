import { z } from 'zod'
import { given } from '../meta/loose.ts'
import { idsOfHub, idsOfMeta } from '../meta/webhooks.ts'
import { isIgnored, kinds } from './kinds/index.ts'
import { msOf, text } from './kinds/loose.ts'
import { type Ids, kindsOf } from './kinds/row.ts'
import type { Reading, Told } from './notice.ts'

/**
 * What one change says (procedures.md 17.1, 17.2), without knowing anything else. Nothing for what is not worth telling;
 * what nobody knows becomes an `unknown-event` for the desk, with its name and never with its contents. Never throws,
 * whatever the value holds. Pure.
 */
export function read(told: Told): Reading[] {
  const { source, name, value } = named(told)
  if (source === 'meta' && isIgnored(name)) return []
  const ids = idsOf(told)
  const readings = kinds[source].get(name)?.read(value, ids) ?? unknownEvent(source, name, value, ids)
  const at = told.source === 'meta' ? msOf(told.time) : undefined
  return at === undefined ? readings : readings.map((reading) => ({ at, ...reading }))
}

/** Meta's own sample of a changed quality has the name of another field (meta.md 5.4). */
const score = z.looseObject({ new_quality_score: z.string() })

function named(told: Told): { source: Told['source']; name: string; value: unknown } {
  if (told.source !== 'meta') return { source: told.source, name: String(told.event), value: told.data }
  const name = String(told.field)
  const isQuality = score.safeParse(told.value).success
  return { source: 'meta', name: isQuality ? 'message_template_quality_update' : name, value: told.value }
}

function idsOf(told: Told): Ids {
  if (told.source === 'poll') return idsOfPoll(told.data)
  if (told.source === 'meta') {
    const { phone, phoneId, entry, waba, business, about } = idsOfMeta(told.entry, told.value)
    return { about, ...given({ phone, unit: phoneId, waba, client: business, partner: entry }) }
  }
  const { phone, channel, waba, client, partner, about } = idsOfHub(String(told.event), told.data)
  return {
    about,
    ...given({ phone, unit: channel, waba, client, partner }),
    ...((client ?? partner) !== undefined && { hub: given({ client, partner }) }),
  }
}

const id = z
  .string()
  .regex(/^[\w.-]{1,64}$/)
  .optional()
  .catch(undefined)
const polled = z.looseObject({
  sourceClientId: id,
  sourcePartnerId: id,
  targetPartnerId: id,
  clientId: id,
  partnerId: id,
  channelIds: z.array(id).catch([]).default([]),
})

function idsOfPoll(data: unknown): Ids {
  const { data: told } = polled.safeParse(data)
  const client = told?.clientId ?? told?.sourceClientId
  const hub = given({ client, partner: told?.partnerId ?? told?.sourcePartnerId })
  return {
    about: { phones: [], channels: (told?.channelIds ?? []).filter((each) => each !== undefined), wabas: [] },
    hub,
    ...given({ client, destinationHub: told?.targetPartnerId }),
  }
}

/** What an event that nobody knows is called: the field, and the event within it. */
const inner = z
  .looseObject({ event: text })
  .transform(({ event }) => event)
  .catch(undefined)

function unknownEvent(source: Told['source'], name: string, value: unknown, ids: Ids): Reading[] {
  const event = [name, source === 'meta' ? inner.parse(value) : undefined].filter(Boolean).join(' ')
  return unknown.read({ event, source }, ids) ?? []
}

/** What the tables do not have (procedures.md 17: store, tell support). */
export const unknown = kindsOf(z.object({ event: z.string(), source: z.string() }), [
  {
    kind: 'unknown-event',
    severity: 'info',
    subject: 'waba',
    audience: ['desk'],
    mood: 'news',
    topic: ({ event }) => `unknown:${event}`,
    params: ({ event, source }) => ({ event, source }),
  },
])
