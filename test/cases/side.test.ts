import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/cases/actor.ts'
import { caseLabel, readCaseLabel } from '../../src/cases/label.ts'
import { byOf, isFor, roleIn, sideOf } from '../../src/cases/side.ts'
import type { CaseEvent, NewEvent } from '../../src/flows/engine/events.ts'
import type { Role } from '../../src/flows/engine/types.ts'
import { caseOf, person, start } from '../flows/kit.ts'
import { errand } from './errand.ts'
import { ana, cleo, dan, nora, paula } from './people.ts'

const stateOf = (partner?: string, destination?: string) => {
  const { state } = caseOf(errand(), partner === undefined ? {} : { partner })
  return { ...state, ...(destination !== undefined && { destination }) }
}
const { partner: _, ...unbound } = paula

describe('what somebody is in a case', () => {
  it.each<[string, Actor, ReturnType<typeof stateOf>, Role | undefined]>([
    ['support is support everywhere', ana, stateOf('brightline'), 'support'],
    ['a lead is a lead', cleo, stateOf(), 'lead'],
    ['an admin is an admin', dan, stateOf('nordwind'), 'admin'],
    ['a partner in its own case', paula, stateOf('brightline'), 'partner'],
    ['nothing in another partner’s case', nora, stateOf('brightline'), undefined],
    ['nothing in a case of nobody yet', paula, stateOf(), undefined],
    ['the destination partner', nora, stateOf('brightline', 'nordwind'), 'destination-partner'],
    ['the partner first when it is its own destination', paula, stateOf('brightline', 'brightline'), 'partner'],
    ['nothing without a partner', unbound, stateOf('brightline'), undefined],
    ['nothing without a partner in a case of nobody', unbound, stateOf(), undefined],
  ])('%s', (_, actor, state, role) => {
    expect(roleIn(actor, state)).toBe(role)
  })
})

it('the desk is one side, each partner another', () => {
  const roles: Role[] = ['support', 'lead', 'admin', 'system', 'partner', 'destination-partner']
  expect(roles.map(sideOf)).toEqual(['desk', 'desk', 'desk', 'desk', 'partner', 'destination-partner'])
})

it('a case remembers who somebody is, not where they sat', () => {
  expect(byOf(paula, 'destination-partner')).toEqual({
    role: 'destination-partner',
    id: 'telegram:Paula',
    name: 'Paula',
    partner: 'brightline',
  })
  expect(byOf(ana, 'support')).toEqual({ role: 'support', id: 'slack:U0ANA', name: 'Ana' })
})

it('internal words and the platforms’ answers are for the desk', () => {
  const from = { surface: 'slack', room: 'C0CASES' } as const
  const events: NewEvent[] = [
    { type: 'said', data: { text: 'psst', internal: true, from } },
    { type: 'said', data: { text: 'hello', internal: false, from } },
    { type: 'looked-up', data: { readings: {} } },
    { type: 'ticked', data: { step: 'pack' } },
  ]
  const seenBy = (side: 'desk' | 'partner') =>
    events.map((event) => isFor(side, { ...event, seq: 1, at: start, by: person('support') } as CaseEvent))
  expect(seenBy('desk')).toEqual([true, true, true, true])
  expect(seenBy('partner')).toEqual([false, true, false, true])
})

describe('the name of a case', () => {
  it.each([
    ['PD-142', 142],
    ['pd-142', 142],
    ['pd 142', 142],
    ['PD142', 142],
    ['#142', 142],
    [' 142 ', 142],
    ['PD--7', 7],
    ['', undefined],
    ['PD-', undefined],
    ['PD-1x', undefined],
    ['XY-1', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['4930123456789', undefined],
  ])('%s is read as %s', (text, id) => {
    expect(readCaseLabel(text)).toBe(id)
  })

  it('is read back as it is written', () => {
    expect(readCaseLabel(caseLabel(142))).toBe(142)
  })
})
