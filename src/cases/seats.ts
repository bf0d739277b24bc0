import type { DeskConfig } from '../config.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Plan } from '../flows/engine/plan.ts'
import { destinationOf, type Side } from './side.ts'

/** A card of a case in a room, and for whom it is drawn. */
export interface Seat {
  surface: 'slack' | 'telegram'
  room: string
  side: Side
  /** `question`: the pending question of the intake, one message at a time. */
  kind: 'card' | 'question'
}

/**
 * Where a case is shown. The desk sees it once its number is known; a partner's chat answers the questions one by one
 * and gets the card when they are answered.
 */
export function seatsOf(config: DeskConfig, state: CaseState, plan: Plan): Seat[] {
  const seats: Seat[] = []
  const running = plan.ready || Object.keys(state.steps).length > 0
  if (state.phone !== undefined) seats.push({ surface: 'slack', room: config.slack.cases, side: 'desk', kind: 'card' })
  const partnerRoom = roomOf(config, state.partner, state)
  if (partnerRoom !== undefined) {
    const seat = { surface: 'telegram', room: partnerRoom, side: 'partner' } as const
    if (state.origin?.surface === 'telegram') seats.push({ ...seat, kind: 'question' })
    if (running) seats.push({ ...seat, kind: 'card' })
  }
  const destination = roomOf(config, destinationOf(state))
  if (destination !== undefined && running) {
    seats.push({ surface: 'telegram', room: destination, side: 'destination-partner', kind: 'card' })
  }
  return seats
}

/** The partner's chat that the case was opened from, or its first one. */
function roomOf(config: DeskConfig, partner: string | undefined, state?: CaseState): string | undefined {
  const chats = config.partners.find(({ id }) => id === partner)?.telegram.map(({ chat }) => String(chat)) ?? []
  const origin = state?.origin?.surface === 'telegram' ? state.origin.room : undefined
  return origin !== undefined && chats.includes(origin) ? origin : chats[0]
}
