import type { Act, Refusal } from './act.ts'
import type { By, EventData, NewEvent } from './events.ts'
import type { CaseState, OwnItem } from './fold.ts'
import { allows } from './rights.ts'
import type { Role } from './types.ts'

/** How many items people may add to one case, and how long each may be, in characters. */
export const itemLimits = { count: 20, text: 200 } as const

/** What the desk writes in front of an item that the partner shall see too. */
export const shareMark = /^@partner\b[\s:,]*/i

export type ItemAct = Extract<Act, { do: 'add-item' | 'tick-item' | 'untick-item' | 'remove-item' }>

/** The event to write, nothing when it is so already, or why not. */
export type ItemVerdict = { ok: true; events: NewEvent[] } | { ok: false; why: Refusal }

const isDesk = (role: Role) => allows(['support'], role)

/**
 * Who sees an item: the desk sees all. The case's partner sees its own and what the desk shared with it; a partner
 * that the case belonged to before does not count, and the destination partner sees none.
 */
export const seesItem = (
  role: Role,
  { partner }: Pick<OwnItem, 'partner'>,
  state: Pick<CaseState, 'partner'>,
): boolean => isDesk(role) || (role === 'partner' && partner !== undefined && partner === state.partner)

/** Whether somebody may take an item away: the desk any, a partner what its own people added. */
export const mayRemove = (role: Role, { by }: Pick<OwnItem, 'by'>): boolean => isDesk(role) || by.role === role

/** Judges what a person wants with the items that people add themselves. What a person does not see is not there. Pure. */
export function decideItem(state: CaseState, by: By, act: ItemAct): ItemVerdict {
  if (!isDesk(by.role) && by.role !== 'partner') return refuse('not-your-role', { roles: 'partner support' })
  if (act.do === 'add-item') return add(state, by, act.text)
  const found = state.items?.find(({ id }) => id === act.item)
  if (!found || !seesItem(by.role, found, state)) return refuse('not-open')
  if (act.do === 'remove-item' && !mayRemove(by.role, found)) return refuse('not-your-role', { roles: 'support' })
  const data = dataOf(found)
  if (act.do === 'remove-item') return write({ type: 'item-removed', data })
  const tick = act.do === 'tick-item'
  if (tick === (found.ticked !== undefined)) return write()
  return write({ type: tick ? 'item-ticked' : 'item-unticked', data })
}

function add(state: CaseState, by: By, given: string): ItemVerdict {
  if ((state.items?.length ?? 0) >= itemLimits.count) return refuse('too-many-items', { most: itemLimits.count })
  const words = given.replace(/\s+/g, ' ').trim()
  const shared = isDesk(by.role) && shareMark.test(words)
  const text = shared ? words.replace(shareMark, '') : words
  if (text === '') return refuse('bad-answer', { question: 'item', problem: 'empty' })
  if ([...text].length > itemLimits.text) return refuse('bad-answer', { question: 'item', problem: 'too-long' })
  const partner = shared || by.role === 'partner' ? state.partner : undefined
  if (shared && partner === undefined) return refuse('no-partner')
  return write({ type: 'item-added', data: { text, ...(partner !== undefined && { partner }) } })
}

const dataOf = ({ id, text, partner }: OwnItem): EventData<'item-ticked'> => ({
  item: id,
  text,
  ...(partner !== undefined && { partner }),
})

const write = (...events: NewEvent[]): ItemVerdict => ({ ok: true, events })
const refuse = (code: Refusal['code'], params: Refusal['params'] = {}): ItemVerdict => ({
  ok: false,
  why: { code, params },
})
