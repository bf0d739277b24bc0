import type { Logger } from 'pino'
import type { DeskConfig } from '../../config.ts'
import type { Database } from '../../store/db.ts'
import { moveRoom } from '../../store/moved-rooms.ts'
import type { Clock } from '../../time.ts'
import { mostAttempts, pauseAfter } from '../attempts.ts'
import type { Card } from '../card.ts'
import { newestMessage } from '../outbox.ts'
import { roomTexts } from '../room-texts.ts'
import {
  isUnsure,
  type MessageId,
  type Room,
  type SayOptions,
  SendError,
  type SendProblem,
  type Surface,
} from '../surface.ts'
import type { Texts, TextsOf } from '../texts.ts'
import { type RoomTopic, roomBroke, roomBrokenCard } from './broken-rooms.ts'
import { endGuard, type Guard, giveGuardBack, heldBackCard, releaseGuard, sum, takeGuard } from './held-back.ts'
import { followUpCard, noticeCard } from './notice-card.ts'
import {
  forgetMessage,
  handBack,
  type Message,
  type Root,
  releaseMessage,
  releaseRoot,
  setBack,
  takeMessage,
  takeRoot,
} from './notice-outbox.ts'
import type { Pace } from './pace.ts'
import { keyRefusedCard } from './refused-keys.ts'

/** Follow-ups that a channel of Slack sees, and not only the thread. */
const loud = new Set(['worse', 'repeat', 'reminder'])

export interface DeliverOptions {
  db: Database
  surfaces: readonly Surface[]
  config: DeskConfig
  textsOf: TextsOf
  clock: Clock
  pace: Pace
  log: Logger
  /** What was taken before that is free. */
  cutoff: () => Date
}

/** `answered` is called when the platform has answered. The room, once it was told. */
type Deliver<T> = (what: T, answered: () => void) => Promise<RoomTopic | undefined>

/** Takes one thing, unless somebody else did, tells it, and writes down how that went. */
export interface Delivering {
  root: Deliver<number>
  message: Deliver<number>
  /** Says, changes or ends the summary of what is held back. */
  summary: Deliver<Guard>
}

export function delivering(options: DeliverOptions): Delivering {
  const { db, config, clock, pace, log, cutoff } = options
  const surfaces = new Map(options.surfaces.map((surface) => [surface.name, surface]))
  const textsIn = roomTexts(options)
  const partnerName = (id: string) => config.partners.find((partner) => partner.id === id)?.name

  /** Somebody began before and never said how it went: it may have been said. */
  const doubt = async (perhaps: boolean, { surface, room }: RoomTopic): Promise<Partial<SayOptions>> => {
    if (!perhaps) return {}
    const after = await newestMessage(db, surface, room)
    return { perhapsSaid: after === undefined ? {} : { after } }
  }

  /** Sends, and answers the message's id or what is in the way. Whatever else goes wrong is tried again. */
  const attempt = async (
    to: RoomTopic,
    answered: () => void,
    send: (surface: Surface, room: Room, texts: Texts) => Promise<MessageId>,
  ): Promise<MessageId | SendProblem> => {
    const surface = surfaces.get(to.surface)
    try {
      if (!surface) return { kind: 'broken', words: `${to.surface} is not connected` }
      const room = { surface: to.surface, id: to.room, ...(to.topic !== 0 && { topic: to.topic }) }
      return await send(surface, room, await textsIn(to.surface, to.room))
    } catch (error) {
      if (error instanceof SendError) return error.problem
      log.error({ err: error }, 'a notice could not be drawn or sent')
      return { kind: 'retry', words: `Portdesk itself failed: ${String(error)}`, unsure: true }
    } finally {
      answered()
    }
  }

  /** What a problem means for the whole room; `true` when that is all there is to it. */
  const roomFailed = async (at: RoomTopic, edit: boolean, problem: SendProblem): Promise<boolean> => {
    const { alerts, cases } = config.slack
    const now = clock.now()
    if (problem.kind === 'moved') await moveRoom(db, { surface: at.surface, from: at.room, to: problem.to }, now)
    if (problem.kind === 'broken') await roomBroke(db, at, problem.words, now, at.room === alerts ? cases : alerts)
    if (problem.kind === 'retry' && problem.afterMs !== undefined) pace.hold({ ...at, edit }, now + problem.afterMs)
    return problem.kind === 'moved' || problem.kind === 'broken'
  }

  const failed = async (work: Root | Message, problem: SendProblem): Promise<undefined> => {
    const { id, room, attempts } = work
    log.warn({ what: work.what, id, room, problem }, 'a notice could not be told')
    const unsure = isUnsure(problem) || work.perhaps
    if (await roomFailed(work, work.messageId !== null, problem)) {
      // Under its new id nothing was said in a room yet.
      return void (await handBack(db, work, unsure && problem.kind !== 'moved'))
    }
    await setBack(db, work, {
      at: clock.now() + pauseAfter(problem, attempts),
      words: problem.words,
      unsure,
      lost: attempts + 1 >= mostAttempts,
    })
  }

  const root = async (id: number, answered: () => void): Promise<RoomTopic | undefined> => {
    const taken = await takeRoot(db, id, cutoff())
    if (!taken) return undefined
    const { row, messageId } = taken
    const how = {
      key: `notice:${id}`,
      ...(await doubt(taken.perhaps && messageId === null, taken)),
      ...(messageId !== null && { messageId }),
    }
    const answer = await attempt(taken, answered, (surface, room, texts) =>
      surface.show(room, noticeCard(row, { texts, now: clock.now(), partnerName }), how),
    )
    if (typeof answer === 'string') {
      await releaseRoot(db, taken, answer, clock.now())
      return taken
    }
    if (answer.kind !== 'gone' || messageId === null) return failed(taken, answer)
    await forgetMessage(db, taken)
    return undefined
  }

  const cardOf = ({ body, row }: Message, texts: Texts): Card => {
    if (body.type === 'room-broken') return roomBrokenCard(body, texts)
    if (body.type === 'key-refused') return keyRefusedCard(body, config, texts)
    if (!row) throw new Error('The notice that this message belongs to is gone')
    return followUpCard(row, body.what, { texts, now: clock.now(), partnerName })
  }

  const message = async (id: number, answered: () => void): Promise<RoomTopic | undefined> => {
    const taken = await takeMessage(db, id, cutoff())
    if (!taken) return undefined
    const { key, body, thread } = taken
    const how: SayOptions = {
      key,
      ...(await doubt(taken.perhaps, taken)),
      ...(body.type === 'follow-up' && loud.has(body.what) && { broadcast: true }),
    }
    const answer = await attempt(taken, answered, async (surface, room, texts) => {
      const card = cardOf(taken, texts)
      if (thread === undefined) return surface.say(room, card, how)
      // Without its root it stands alone.
      return surface
        .say(room, card, { ...how, thread })
        .catch((error) => (isGone(error) ? surface.say(room, card, how) : Promise.reject(error)))
    })
    if (typeof answer !== 'string') return failed(taken, answer)
    await releaseMessage(db, taken, answer, clock.now())
    return taken
  }

  const summary = async (guard: Guard, answered: () => void): Promise<RoomTopic | undefined> => {
    const taken = await takeGuard(db, guard, cutoff(), clock.now())
    if (!taken) return undefined
    const { messageId, perhaps } = taken
    const over = sum(guard.waiting) === 0
    if (over && messageId === undefined && !perhaps) return void (await endGuard(db, guard))
    const how = {
      key: `held:${guard.surface}:${guard.room}:${taken.since}`,
      ...(await doubt(perhaps && messageId === undefined, guard)),
      ...(messageId !== undefined && { messageId }),
    }
    const answer = await attempt(guard, answered, (surface, room, texts) =>
      surface.show(room, heldBackCard(guard, texts), how),
    )
    if (typeof answer === 'string') {
      await (over ? endGuard(db, guard) : releaseGuard(db, guard, answer, clock.now()))
      return guard
    }
    log.warn({ room: guard.room, problem: answer }, 'what is held back could not be told')
    await roomFailed(guard, messageId !== undefined, answer)
    if (answer.kind === 'gone') await endGuard(db, guard)
    else await giveGuardBack(db, guard, clock.now(), isUnsure(answer) || perhaps)
    return undefined
  }

  return { root, message, summary }
}

const isGone = (error: unknown) => error instanceof SendError && error.problem.kind === 'gone'
