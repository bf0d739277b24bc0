import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Telling } from '../cases/announce.ts'
import type { Desk } from '../cases/desk.ts'
import type { DeskConfig } from '../config.ts'
import { rounds } from '../rounds.ts'
import type { Database } from '../store/db.ts'
import { moveRoom } from '../store/moved-rooms.ts'
import type { Clock } from '../time.ts'
import { mostAttempts, pauseAfter } from './attempts.ts'
import type { Card } from './card.ts'
import { caseCard } from './case-card.ts'
import { drawnOf, looksOf, showsIt } from './drawn.ts'
import { freeBefore } from './lease.ts'
import { setBack } from './notices/notice-outbox.ts'
import type { Pace } from './notices/pace.ts'
import { type Delivery, newestMessage, type Place, releasePlace, rootOf, take } from './outbox.ts'
import { answeredCard, questionKey, questionMessage } from './question-card.ts'
import { roomTexts } from './room-texts.ts'
import { type RoomsAtWork, roomsAtWork } from './rooms-at-work.ts'
import { isUnsure, SendError, type SendProblem, type Surface } from './surface.ts'
import { tellCard } from './tell-card.ts'
import type { Texts, TextsOf } from './texts.ts'

/** How often the courier looks for work that nobody told it about, in ms of real time. */
const lookEvery = 1000

export interface CourierOptions {
  db: Database
  desk: Desk
  surfaces: readonly Surface[]
  config: DeskConfig
  textsOf: TextsOf
  clock: Clock
  /** Hears of everything that goes out: what can wait leaves room for it. */
  pace?: Pick<Pace, 'sending'>
  /** Shared with whoever else writes to rooms. */
  atWork?: RoomsAtWork
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
  const { db, desk, log, atWork = roomsAtWork() } = options
  const surfaces = new Map(options.surfaces.map((surface) => [surface.name, surface]))
  /** What is being carried. One case and one message at a time are taken for a room: nothing waits in here. */
  const carrying = new Set<Promise<void>>()
  const cutoff = freeBefore(db)
  const unlisten: (() => void)[] = []

  const look = async (): Promise<void> => {
    const { places, deliveries } = await take(db, cutoff(), atWork.busy())
    for (const key of new Set([...places, ...deliveries].map(keyOf))) {
      const its = (work: Place | Delivery) => keyOf(work) === key
      serve(key, places.filter(its), deliveries.filter(its))
      await requestLeft()
    }
  }
  const looking = rounds({
    every: lookEvery,
    work: look,
    failed: (error) => log.error({ err: error }, 'the courier could not look for work'),
  })

  const serve = (key: string, places: Place[], deliveries: Delivery[]) => {
    const stumbled = (error: unknown) => log.error({ err: error, room: key }, 'the courier stumbled')
    const work = async () => {
      for (const place of places) await carryPlace(place).catch(stumbled)
      for (const delivery of deliveries) await carryDelivery(delivery).catch(stumbled)
    }
    const carried = atWork.work(key, work).finally(() => carrying.delete(carried))
    carrying.add(carried)
  }

  const textsIn = roomTexts(options)

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
    const texts = await textsIn(place.surface, place.room)
    const room = { surface: place.surface, id: place.room }
    const key = `${place.case_id}:${place.kind}`
    const showCard = async (card: Card, messageId: string | null): Promise<string> => {
      const how = { key, ...(await doubt(place)), ...(messageId !== null && { messageId }) }
      const answered = options.pace?.sending({ surface: place.surface, room: place.room, edit: messageId !== null })
      try {
        return await surface.show(room, card, how)
      } catch (error) {
        if (!(error instanceof SendError) || error.problem.kind !== 'gone') throw error
        return await surface.show(room, card, { key: `${key}:${view.state.seq}` })
      } finally {
        answered?.()
      }
    }
    try {
      let message = place.message_id
      let showing = place.showing
      let drawn = drawnOf(place)
      if (place.kind === 'card') {
        const partnerName = options.config.partners.find(({ id }) => id === view.state.partner)?.name
        const now = options.clock.now()
        const draw = (words: Texts) => caseCard(view, { texts: words, now, partnerName })
        const looks = looksOf(draw, texts)
        if (!showsIt(drawn, looks, now)) {
          message = await showCard(draw(texts), message)
          drawn = { looks, at: now }
        }
      } else {
        const next = nextQuestion(view, place, texts)
        if (next.settled) await showCard(next.settled, place.message_id).catch(unlessGone)
        if (next.card) message = await showCard(next.card, next.anew ? null : place.message_id)
        showing = next.showing
      }
      await releasePlace(db, place, { message, showing, drawn, shown: view.state.seq })
    } catch (error) {
      await failPlace(place, problemOf(error))
    }
  }

  const move = ({ surface, room }: Place | Delivery, to: string) =>
    moveRoom(db, { surface, from: room, to }, options.clock.now())

  const failPlace = async (place: Place, problem: SendProblem) => {
    log.warn({ case: place.case_id, room: place.room, problem }, 'a card could not be shown')
    if (problem.kind === 'moved') return move(place, problem.to)
    const broken = problem.kind === 'broken'
    const after = pauseAfter(problem, place.attempts)
    const unsure = isUnsure(problem) || place.perhaps
    await releasePlace(db, place, { attempts: place.attempts + 1, after, broken, unsure })
  }

  const carryDelivery = async (delivery: Delivery): Promise<void> => {
    const surface = surfaces.get(delivery.surface)
    const telling: Telling = delivery.body
    const view = await desk.viewFor(telling.side, delivery.case_id)
    if (!surface || !view) return failDelivery(delivery, { kind: 'broken', words: 'the case or the surface is gone' })
    const thread = await rootOf(db, delivery)
    const card = tellCard(view, telling, await textsIn(delivery.surface, delivery.room))
    const answered = options.pace?.sending({ surface: delivery.surface, room: delivery.room, edit: false })
    try {
      const message = await surface.say({ surface: delivery.surface, id: delivery.room }, card, {
        key: delivery.key,
        ...(await doubt(delivery)),
        ...(thread !== undefined && { thread }),
        ...(telling.loud && { broadcast: true }),
      })
      await db.run(
        `update deliveries set state = 'sent', message_id = $2, taken_at = null, error = null, sent_at = $3 where id = $1`,
        [delivery.id, message, new Date(options.clock.now())],
      )
    } catch (error) {
      await failDelivery(delivery, problemOf(error))
    } finally {
      answered?.()
    }
  }

  /** A message that failed too often is given up; a card is tried for ever, for the next change comes anyway. */
  const failDelivery = async (delivery: Delivery, problem: SendProblem) => {
    log.warn({ case: delivery.case_id, room: delivery.room, problem }, 'a message could not be sent')
    if (problem.kind === 'moved') return move(delivery, problem.to)
    const lost = problem.kind !== 'retry' || delivery.attempts >= mostAttempts
    const at = Date.now() + pauseAfter(problem, delivery.attempts)
    const unsure = isUnsure(problem) || delivery.perhaps
    await setBack(db, { what: 'message', id: delivery.id }, { at, words: problem.words, unsure, lost })
  }

  return {
    start() {
      unlisten.push(desk.onChange(looking.wake), atWork.onFree(looking.wake))
      looking.start()
    },
    async stop() {
      for (const each of unlisten) each()
      await looking.stop()
      await Promise.all(carrying)
    },
  }
}

/**
 * One room after the other: a web client takes some turns of the event loop until its request is on its way, and without
 * this all cards are drawn before the first one leaves.
 */
async function requestLeft(): Promise<void> {
  for (let turns = 0; turns < 6; turns += 1) await nextTurn()
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

const keyOf = ({ surface, room }: Place | Delivery) => `${surface}:${room}`
