import { z } from 'zod'
import { type By, bySchema, type CaseEvent } from '../flows/engine/events.ts'
import type { Plan, PlannedStep } from '../flows/engine/plan.ts'
import type { Owner } from '../flows/engine/types.ts'
import type { Seat } from './seats.ts'
import { type Side, sideOf } from './side.ts'
import { dataFor, hearsWords, seesQuestion, seesStep } from './sight.ts'

/** What a delivery tells: one event of a case, drawn for one side. */
export const tellingSchema = z.object({
  side: z.enum(['desk', 'partner', 'destination-partner']),
  /** Speaks up in the room itself instead of only in the case's thread. */
  loud: z.boolean(),
  type: z.string(),
  at: z.number(),
  by: bySchema,
  data: z.record(z.string(), z.unknown()),
})
export type Telling = z.infer<typeof tellingSchema>

/** A telling and the room it goes to. `seq` is the event's. */
export interface Announcement {
  seat: Seat
  seq: number
  telling: Telling
}

/**
 * What to tell whom about events that were just written. The desk's thread is the case's history; a partner's chat hears
 * only what moves it. Whoever did something in a room is not told so in that room again. Pure.
 */
export function announce(
  events: readonly CaseEvent[],
  before: Plan | undefined,
  after: Plan,
  seats: readonly Seat[],
): Announcement[] {
  const cards = seats.filter(({ kind }) => kind === 'card')
  const told = seats.some(({ side, kind }) => side === 'partner' && kind === 'card')
    ? cards
    : seats.filter(({ side, kind }) => kind === 'card' || side === 'partner')
  return told.flatMap((seat) => [
    ...events.flatMap((event) => {
      const loud = hears(seat.side, event, before, after)
      return loud === undefined ? [] : [announcement(seat, event, loud === 'loud', dataFor(seat.side, event))]
    }),
    ...opened(events, before, after, seat),
  ])
}

function announcement(seat: Seat, event: CaseEvent, loud: boolean, data: Record<string, unknown>): Announcement {
  const { type, at, by, seq } = event
  return { seat, seq, telling: { side: seat.side, loud, type, at, by, data } }
}

/** Steps that opened for the people of this room, told as one. The first ones come with the card itself. */
function opened(events: readonly CaseEvent[], before: Plan | undefined, after: Plan, seat: Seat): Announcement[] {
  const { side } = seat
  const running = before?.steps.some(({ step, state }) => state.openedAt !== undefined && sees(side, step, before))
  if (!running) return []
  const fresh = events.filter(
    (event) => event.type === 'step-opened' && isOpenFor(side, stepOf(after, event.data.step), after),
  )
  const [first] = fresh
  if (!first) return []
  const steps = fresh.flatMap((event) => (event.type === 'step-opened' ? [event.data.step] : []))
  return [announcement(seat, first, false, { steps })]
}

const sees = (side: Side, step: PlannedStep['step'], { view }: Plan) => seesStep(side, step, view)

function isOpenFor(side: Side, planned: PlannedStep | undefined, after: Plan): boolean {
  if (planned?.status !== 'open' || !sees(side, planned.step, after)) return false
  return planned.step.news === true || sideOfOwner(planned.owner) === side
}

export function sideOfOwner(owner: Owner): Side {
  if (owner === 'destination-partner') return owner
  return owner === 'client' || owner === 'partner' ? 'partner' : 'desk'
}

const stepOf = (plan: Plan, id: string) => plan.steps.find(({ step }) => step.id === id)

function hears(side: Side, event: CaseEvent, before: Plan | undefined, after: Plan): 'quiet' | 'loud' | undefined {
  const step = 'step' in event.data ? stepOf(after, event.data.step) : undefined
  const matters = step?.step.announce === true
  if (step && !sees(side, step.step, after)) return undefined
  switch (event.type) {
    case 'decided':
    case 'closed':
    case 'action-failed':
    case 'action-unclear':
      return 'quiet'
    case 'checked':
      return matters && isNews(event.data.result, passedBefore(before, event.data.step)) ? 'quiet' : undefined
    case 'attested':
    case 'ticked':
    case 'arrived':
    case 'skipped':
    case 'action-done':
      return side === 'desk' || (matters && sideOfRole(event.by.role) !== side) ? 'quiet' : undefined
    case 'reminded':
      return step && sideOfOwner(step.owner) === side ? 'quiet' : undefined
    case 'escalated':
      return side === 'desk' ? 'loud' : 'quiet'
    case 'item-added':
    case 'item-ticked':
      return event.data.partner !== undefined && hearsWords(side, event.by) ? 'quiet' : undefined
    case 'noted':
      return side === 'desk' ? 'quiet' : undefined
    case 'assigned':
      return side === 'desk' ? 'quiet' : undefined
    case 'nudged':
      return isAsked(side, after, event.data.question) ? 'quiet' : undefined
    case 'said':
      return !event.data.internal && hearsWords(side, event.by, event.data.to) ? 'quiet' : undefined
    default:
      return undefined
  }
}

/** A check that holds now and did not before, or the other way round. */
const isNews = (result: string, before: boolean) => (before ? result === 'fail' : result === 'pass')

/** A check that holds for another reason than before is no news. */
function passedBefore(before: Plan | undefined, step: string): boolean {
  return before !== undefined && stepOf(before, step)?.status === 'ended'
}

/** Whether the people of this side can answer what has been waiting for so long. */
function isAsked(side: Side, { questions }: Plan, id: string): boolean {
  const planned = questions.find(({ question }) => question.id === id)
  return planned === undefined ? side !== 'destination-partner' : seesQuestion(side, planned.question)
}

/** Where a person sits; what the system does comes from nobody's room. */
function sideOfRole(role: By['role']): Side | undefined {
  return role === 'system' ? undefined : sideOf(role)
}
