import type { By, CaseEvent } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Role } from '../flows/engine/types.ts'
import type { Actor } from './actor.ts'

/** Whose room a seat is in. */
export type Side = 'desk' | 'partner' | 'destination-partner'

/**
 * What somebody is in this very case; `undefined` when the case is none of theirs, and then it does not exist for them.
 * `destination` is who takes part (`destinationIn`), not who was named.
 * Every way to a case goes through here: this is the partner filter.
 */
export function roleIn(actor: Actor, state: Pick<CaseState, 'partner' | 'destination'>): Role | undefined {
  if (actor.role !== 'partner') return actor.role
  if (actor.partner === undefined) return undefined
  if (actor.partner === state.partner) return 'partner'
  return actor.partner === state.destination ? 'destination-partner' : undefined
}

export function sideOf(role: Role): Side {
  return role === 'partner' || role === 'destination-partner' ? role : 'desk'
}

/** Whether an event is shown to that side: internal words and items, and what the platforms told, stay with the desk. */
export function isFor(side: Side, event: CaseEvent): boolean {
  if (side === 'desk') return true
  if (isOfItem(event)) return side === 'partner' && event.data.partner !== undefined
  return event.type !== 'looked-up' && !(event.type === 'said' && event.data.internal)
}

/** The person as the case remembers it. */
export function byOf(actor: Actor, role: Role): By {
  const { id, name, partner, partnerName } = actor
  return {
    role,
    id,
    name,
    ...(partner !== undefined && { partner }),
    ...(partnerName !== undefined && { partnerName }),
  }
}

type ItemEvent = Extract<CaseEvent, { type: `item-${string}` }>
const isOfItem = (event: CaseEvent): event is ItemEvent => event.type.startsWith('item-')
