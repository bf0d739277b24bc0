import { expect, it } from 'vitest'
import { expectedBy } from '../../src/cases/expected.ts'
import { defineFlow, task } from '../../src/flows/engine/define.ts'
import type { Flow } from '../../src/flows/engine/types.ts'
import { caseOf, start } from '../flows/kit.ts'
import { errand } from './errand.ts'

const state = { ...caseOf(errand()).state, partner: 'brightline', destination: 'nordwind' }
const kind = 'sending-blocked'
const expecting = (expects: Flow['expects'], more: Partial<Flow> = {}) =>
  expectedBy(defineFlow({ ...errand(), ...(expects && { expects }), ...more }), { id: 7, state }, start)

it('a case expects nothing unless its flow says so', () => {
  expect(expecting(undefined)).toEqual([])
})

it('why is for the case’s partner alone, unless the flow says that both may know', () => {
  const until = '2026-04-01'
  expect(expecting(() => [{ kind, until }])).toEqual([{ kind, until, case: 'PD-7', partners: ['brightline'] }])
  expect(expecting(() => [{ kind, for: ['partner', 'destination-partner'] }])).toEqual([
    { kind, case: 'PD-7', partners: ['brightline', 'nordwind'] },
  ])
})

it('a new partner that does not take part yet reads nothing of it', () => {
  const gate = task('agreed', { ref: 'x', owner: 'support' })
  const gated = { destinationAfter: 'agreed', steps: [...errand().steps, gate] }
  const [expected] = expecting(() => [{ kind, for: ['partner', 'destination-partner'] }], gated)
  expect(expected?.partners).toEqual(['brightline'])
})
