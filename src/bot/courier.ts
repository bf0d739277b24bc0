import type { Logger } from 'pino'
import { z } from 'zod'
import { type Telling, tellingSchema } from '../cases/announce.ts'
import type { Desk } from '../cases/desk.ts'
import type { DeskConfig } from '../config.ts'
import type { Database } from '../store/db.ts'
import type { Clock } from '../time.ts'
import type { Card } from './card.ts'
import { caseCard } from './case-card.ts'
import { answeredCard, questionKey, questionMessage } from './question-card.ts'
import { SendError, type SendProblem, type Surface } from './surface.ts'
import { tellCard } from './tell-card.ts'
import type { Texts, TextsOf } from './texts.ts'

/** A message that a process took and did not finish for so long belongs to a dead process, in ms of real time. */
const lease = 15_000
/** How often the courier looks for work that nobody told it about, in ms of real time. */
const lookEvery = 1000
/** Pauses between attempts, in ms; the last one goes on. */
const pauses = [500, 1000, 2000, 5000, 15_000, 60_000]
/** A message that failed so often is given up; a card is tried for ever, for the next change comes anyway. */
const mostAttempts = 30

const placeSchema = z.object({
  case_id: z.number(),
  surface: z.enum(['slack', 'telegram']),
  room: z.string(),
  kind: z.enum(['card', 'question']),
  side: z.enum(['desk', 'partner', 'destination-partner']),
  message_id: z.string().nullable(),
  showing: z.string().nullable(),
  attempts: z.number(),
  perhaps: z.boolean(),
})
type Place = z.infer<typeof placeSchema>

const deliverySchema = z.object({
  id: z.number(),
  key: z.string(),
  case_id: z.number(),
  surface: z.enum(['slack', 'telegram']),
  room: z.string(),
  body: tellingSchema,
  attempts: z.number(),
  perhaps: z.boolean(),
})
type Delivery = z.infer<typeof deliverySchema>

export interface CourierOptions {
  db: Database
  desk: Desk
  surfaces: readonly Surface[]
  config: DeskConfig
  textsOf: TextsOf
  clock: Clock
  log: Logger
}

/** Brings cards and messages to the rooms. */
export interface Courier {
  start(): void
  /** Finishes what it holds in its hands. */
  stop(): Promise<void>
}

/**
 * Shows in every room what the database wants to be shown there. A card is drawn from the case as it is when it is sent,
 * so a burst of changes becomes one edit. Within a room things go one after the other; rooms do not wait for each other.
 */
export function openCourier(options: CourierOptions): Courier {
  const { db, desk, log } = options
  const surfaces = new Map(options.surfaces.map((surface) => [surface.name, surface]))
  /** The rooms that are being served. One case and one message at a time are taken for a room: nothing waits in here. */
  const busy = new Map<string, Promise<void>>()
  const bootedAt = Date.now()
  let pumping: Promise<void> | undefined
  let again = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let unlisten = () => {}

  /** What was taken before is free. On the embedded database nobody else can be at work: all that was taken before this start. */
  const cutoff = () => new Date(Math.max(db.kind === 'pglite' ? bootedAt : 0, Date.now() - lease))

  const pump = () => {
    again = true
    if (!stopped) pumping ??= look()
  }

  const look = async (): Promise<void> => {
    try {
      while (again && !stopped) {
        again = false
        const held = [...busy.keys()]
        const { places, deliveries } = await take(db, cutoff(), held)
        for (const key of new Set([...places, ...deliveries].map(keyOf))) {
          const its = (work: Place | Delivery) => keyOf(work) === key
          serve(key, places.filter(its), deliveries.filter(its))
        }
      }
    } catch (error) {
      log.error({ err: error }, 'the courier could not look for work')
    } finally {
      pumping = undefined
    }
  }

  const serve = (key: string, places: Place[], deliveries: Delivery[]) => {
    const stumbled = (error: unknown) => log.error({ err: error, room: key }, 'the courier stumbled')
    const work = async () => {
      for (const place of places) await carryPlace(place).catch(stumbled)
      for (const delivery of deliveries) await carryDelivery(delivery).catch(stumbled)
      busy.delete(key)
      pump()
    }
    busy.set(key, work())
  }

  const textsIn = (surface: Place['surface'], room: string): Texts => {
    const { slack, partners } = options.config
    if (surface === 'slack') return options.textsOf(slack.language, slack.timeZone)
    const chat = partners.flatMap(({ telegram }) => telegram).find((each) => String(each.chat) === room)
    return options.textsOf(chat?.language ?? 'en', chat?.timeZone ?? 'UTC')
  }

  /** Somebody took it before and never said how it went: it may have been said. */
  const doubt = async ({ perhaps, surface, room }: Place | Delivery) => {
    if (!perhaps) return {}
    const after = await newestMessage(db, surface, room)
    return { perhapsSaid: after === undefined ? {} : { after } }
  }

  const carryPlace = async (place: Place): Promise<void> => {
    const surface = surfaces.get(place.surface)
    const view = await desk.viewFor(place.side, place.case_id)
    if (!surface || !view) return releasePlace(db, place, { broken: true })
    const texts = textsIn(place.surface, place.room)
    const room = { surface: place.surface, id: place.room }
    const key = `${place.case_id}:${place.kind}`
    const showCard = async (card: Card, messageId: string | null): Promise<string> => {
      const how = { key, ...(await doubt(place)), ...(messageId !== null && { messageId }) }
      try {
        return await surface.show(room, card, how)
      } catch (error) {
        if (!(error instanceof SendError) || error.problem.kind !== 'gone') throw error
        return surface.show(room, card, { key: `${key}:${view.state.seq}` })
      }
    }
    try {
      let message = place.message_id
      let showing = place.showing
      if (place.kind === 'card') {
        const partnerName = options.config.partners.find(({ id }) => id === view.state.partner)?.name
        message = await showCard(caseCard(view, { texts, now: options.clock.now(), partnerName }), message)
      } else {
        const next = nextQuestion(view, place, texts)
        if (next.settled) await showCard(next.settled, place.message_id).catch(unlessGone)
        if (next.card) message = await showCard(next.card, next.anew ? null : place.message_id)
        showing = next.showing
      }
      await releasePlace(db, place, { message, showing, shown: view.state.seq })
    } catch (error) {
      await failPlace(place, problemOf(error))
    }
  }

  const failPlace = async (place: Place, problem: SendProblem) => {
    log.warn({ case: place.case_id, room: place.room, problem }, 'a card could not be shown')
    if (problem.kind === 'moved') return moveRoom(db, place.surface, place.room, problem.to)
    const broken = problem.kind === 'broken'
    const after = problem.kind === 'retry' ? problem.afterMs : undefined
    await releasePlace(db, place, { attempts: place.attempts + 1, after: after ?? pauseAfter(place.attempts), broken })
  }

  const carryDelivery = async (delivery: Delivery): Promise<void> => {
    const surface = surfaces.get(delivery.surface)
    const telling: Telling = delivery.body
    const view = await desk.viewFor(telling.side, delivery.case_id)
    if (!surface || !view) return failDelivery(delivery, { kind: 'broken', words: 'the case or the surface is gone' })
    const thread = await rootOf(db, delivery)
    const card = tellCard(view, telling, textsIn(delivery.surface, delivery.room))
    try {
      const message = await surface.say({ surface: delivery.surface, id: delivery.room }, card, {
        key: delivery.key,
        ...(await doubt(delivery)),
        ...(thread !== undefined && { thread }),
        ...(telling.loud && { broadcast: true }),
      })
      await db.run(
        `update deliveries set state = 'sent', message_id = $2, taken_at = null, error = null where id = $1`,
        [delivery.id, message],
      )
    } catch (error) {
      await failDelivery(delivery, problemOf(error))
    }
  }

  const failDelivery = async (delivery: Delivery, problem: SendProblem) => {
    log.warn({ case: delivery.case_id, room: delivery.room, problem }, 'a message could not be sent')
    if (problem.kind === 'moved') return moveRoom(db, delivery.surface, delivery.room, problem.to)
    const lost = problem.kind !== 'retry' || delivery.attempts >= mostAttempts
    const after = (problem.kind === 'retry' ? problem.afterMs : undefined) ?? pauseAfter(delivery.attempts)
    await db.run(
      'update deliveries set state = $2, attempts = attempts + 1, due_at = $3, taken_at = null, error = $4 where id = $1',
      [delivery.id, lost ? 'failed' : 'due', new Date(Date.now() + after), problem.words.slice(0, 500)],
    )
  }

  return {
    start() {
      unlisten = desk.onChange(pump)
      timer = setInterval(pump, lookEvery)
      pump()
    },
    async stop() {
      stopped = true
      unlisten()
      clearInterval(timer)
      await pumping
      await Promise.all(busy.values())
    },
  }
}

/** What the message of the questions should show next, and whether the old one stays behind as an answered question. */
function nextQuestion(view: Parameters<typeof questionKey>[0], place: Place, texts: Texts) {
  const showing = questionKey(view)
  const asked = place.showing?.startsWith('ask:') ? place.showing.split(':')[1] : undefined
  // Once every question is answered the card speaks for the case, until a question opens again.
  if (showing === place.showing || (place.showing === 'ready' && !showing.startsWith('ask:')))
    return { showing: place.showing }
  if (asked !== undefined && showing.split(':')[1] !== asked && showing !== 'closed') {
    const settled = answeredCard(view, asked, texts)
    if (showing === 'ready') return { showing, settled }
    return { showing, settled, card: questionMessage(view, texts), anew: true }
  }
  if (place.showing === 'ready') return { showing, card: questionMessage(view, texts), anew: true }
  if (place.message_id === null && (showing === 'ready' || showing === 'closed')) return { showing }
  return { showing, card: questionMessage(view, texts), anew: place.message_id === null }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof SendError && error.problem.kind === 'gone')) throw error
}

function problemOf(error: unknown): SendProblem {
  if (error instanceof SendError) return error.problem
  throw error
}

const pauseAfter = (attempts: number): number => pauses[Math.min(attempts, pauses.length - 1)] ?? 60_000

const keyOf = ({ surface, room }: Place | Delivery) => `${surface}:${room}`

/**
 * One statement for everything, for each room but those in `held`:
 * the next message, which waits for the first card of its case to go into its thread, and what shows one case: the case
 * of that message, so that no message tells what its card does not show, else the case that waits longest.
 */
const takeSql = `
with next_message as (
  select min(id) as id from deliveries
  where state = 'due' and due_at <= $1 and (taken_at is null or taken_at < $2) and surface || ':' || room <> all($3::text[])
  group by surface, room
), free_message as (
  select id, taken_at is not null as perhaps from deliveries join next_message using (id)
  where state = 'due' and (taken_at is null or taken_at < $2) and not exists (
    select 1 from places where places.case_id = deliveries.case_id and places.surface = deliveries.surface
      and places.room = deliveries.room and wanted > shown and places.state = 'live' and places.due_at <= $1
      and places.message_id is null and places.taken_at is null)
  for update of deliveries skip locked
), message as (
  update deliveries set taken_at = $1 from free_message where deliveries.id = free_message.id
  returning deliveries.id, key, case_id, surface, room, body, attempts, perhaps
), next_case as (
  select distinct on (surface, room) case_id, surface, room from places
  where wanted > shown and state = 'live' and due_at <= $1 and (taken_at is null or taken_at < $2)
    and surface || ':' || room <> all($3::text[])
  order by surface, room, case_id in (select case_id from message) desc, changed_at
), free_place as (
  select case_id, surface, room, kind, taken_at is not null as perhaps from places join next_case using (case_id, surface, room)
  where wanted > shown and state = 'live' and due_at <= $1 and (taken_at is null or taken_at < $2)
  for update of places skip locked
), place as (
  update places set taken_at = $1 from free_place as free
  where places.case_id = free.case_id and places.surface = free.surface and places.room = free.room and places.kind = free.kind
  returning places.case_id, places.surface, places.room, places.kind, side, message_id, showing, attempts, perhaps
)
select to_jsonb(message) as message, null as place from message union all select null, to_jsonb(place) from place`

const takenSchema = z.array(z.object({ message: deliverySchema.nullable(), place: placeSchema.nullable() }))

async function take(db: Database, cutoff: Date, held: string[]): Promise<{ places: Place[]; deliveries: Delivery[] }> {
  const taken = takenSchema.parse(await db.run(takeSql, [new Date(), cutoff, held]))
  return {
    deliveries: taken.flatMap(({ message }) => message ?? []),
    // A question comes before the card that follows it.
    places: taken.flatMap(({ place }) => place ?? []).sort((a, b) => b.kind.localeCompare(a.kind)),
  }
}

interface Release {
  message?: string | null
  showing?: string | null
  shown?: number
  attempts?: number
  after?: number
  broken?: boolean
}

async function releasePlace(db: Database, place: Place, release: Release): Promise<void> {
  const {
    message = place.message_id,
    showing = place.showing,
    shown,
    attempts = 0,
    after = 0,
    broken = false,
  } = release
  await db.run(
    `update places set taken_at = null, message_id = $5, showing = $6, shown = greatest(shown, $7), attempts = $8, due_at = $9, state = $10
     where case_id = $1 and surface = $2 and room = $3 and kind = $4`,
    [
      place.case_id,
      place.surface,
      place.room,
      place.kind,
      message,
      showing,
      shown ?? 0,
      attempts,
      new Date(Date.now() + after),
      broken ? 'broken' : 'live',
    ],
  )
}

/** The newest message of the bot in a room, for surfaces that number their messages. */
async function newestMessage(db: Database, surface: string, room: string): Promise<string | undefined> {
  if (surface !== 'telegram') return undefined
  const [row] = await db.run(
    `select max(id)::text as id from (
       select message_id::bigint as id from places where surface = $1 and room = $2
       union all select message_id::bigint from deliveries where surface = $1 and room = $2
       union all select message_id from last_messages where surface = $1 and room = $2) as known`,
    [surface, room],
  )
  return typeof row?.id === 'string' ? row.id : undefined
}

/** A group became a supergroup: what was meant for the old id goes to the new one. */
async function moveRoom(db: Database, surface: string, from: string, to: string): Promise<void> {
  await db.run('update places set room = $3, message_id = null, taken_at = null where surface = $1 and room = $2', [
    surface,
    from,
    to,
  ])
  await db.run(`update deliveries set room = $3, taken_at = null where surface = $1 and room = $2 and state = 'due'`, [
    surface,
    from,
    to,
  ])
}

/** The card of the case in that room, under which its messages go. */
async function rootOf(db: Database, { case_id, surface, room }: Delivery): Promise<string | undefined> {
  const rows = await db.run(
    `select message_id from places where case_id = $1 and surface = $2 and room = $3 order by kind limit 1`,
    [case_id, surface, room],
  )
  const id = rows[0]?.message_id
  return typeof id === 'string' ? id : undefined
}
