import type { DeskConfig } from '../config.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Plan } from '../flows/engine/plan.ts'
import type { Side } from './side.ts'

/** A card of a case in a room, and for whom it is drawn. */
export interface Seat {
  surface: 'slack' | 'telegram'
  room: string
  side: Side
  /** `question`: the pending question of the intake, one message at a time. */
  kind: 'card' | 'question'
}

/**
 * Where a case is shown. The desk sees it once its number is known, or everything is answered (an account may have no
 * number); a partner's chat answers the questions one by one and gets the card when they are answered.
 */
export const seatsOf = (config: DeskConfig, state: CaseState, plan: Plan): Seat[] =>
  everySeat(config, state, plan).flatMap(({ shown, ...seat }) => (shown ? [seat] : []))

/** Rooms that get no new card now; one from before, while its number was known, is kept up to date. */
export const keptSeats = (config: DeskConfig, state: CaseState, plan: Plan): Seat[] =>
  everySeat(config, state, plan).flatMap(({ shown, ...seat }) => (shown ? [] : [seat]))

function everySeat(config: DeskConfig, state: CaseState, plan: Plan): (Seat & { shown: boolean })[] {
  const running = plan.ready || Object.keys(state.steps).length > 0
  const seats: (Seat & { shown: boolean })[] = [
    {
      surface: 'slack',
      room: config.slack.cases,
      side: 'desk',
      kind: 'card',
      shown: running || state.phone !== undefined,
    },
  ]
  const own = roomOf(config, state.partner, state)
  if (own !== undefined) {
    const seat = { surface: 'telegram', room: own, side: 'partner' } as const
    if (state.origin?.surface === 'telegram') seats.push({ ...seat, kind: 'question', shown: true })
    seats.push({ ...seat, kind: 'card', shown: running })
  }
  const destination = roomOf(config, plan.destination)
  // A partner that is its own destination has one card.
  if (destination !== undefined && destination !== own) {
    seats.push({ surface: 'telegram', room: destination, side: 'destination-partner', kind: 'card', shown: running })
  }
  return seats
}

/** The partner's chat that the case was opened from, or its first one. */
function roomOf(config: DeskConfig, partner: string | undefined, state?: CaseState): string | undefined {
  const chats = config.partners.find(({ id }) => id === partner)?.telegram.map(({ chat }) => String(chat)) ?? []
  const origin = state?.origin?.surface === 'telegram' ? state.origin.room : undefined
  return origin !== undefined && chats.includes(origin) ? origin : chats[0]
}
