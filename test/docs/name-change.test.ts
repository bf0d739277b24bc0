import { expect, test } from 'vitest'
import { caseOf, person } from '../flows/kit.ts'
import { world } from '../flows/world.ts'
import nameChange from './name-change.ts'

const pat = person('partner', 'Pat')
const ana = person('support', 'Ana')

function asked() {
  const desk = caseOf(nameChange, { by: pat })
  desk.answer('number', '+49 30 123456')
  desk.look(world({ phone: { status: 'CONNECTED', verifiedName: 'Acme' } }))
  desk.answer('name', 'Acme Travel')
  desk.answer('reason', 'spelling')
  return desk
}

test('a name is checked, asked for and shown', () => {
  const desk = asked()
  expect(desk.outcome('connected')).toBe('passed')
  expect(desk.act(pat, { do: 'approve', step: 'name-checked' })).toMatchObject({ why: { code: 'not-your-role' } })
  desk.act(ana, { do: 'approve', step: 'name-checked' })
  desk.act(pat, { do: 'tick', step: 'request-name' })
  expect(desk.status('name-shown')).toBe('open')
  desk.look(world({ phone: { status: 'CONNECTED', verifiedName: 'Acme Travel' } }))
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('another name is checked again', () => {
  const desk = asked()
  desk.act(ana, { do: 'approve', step: 'name-checked' })
  desk.answer('name', 'Acme Journeys')
  expect(desk.status('name-checked')).toBe('open')
  expect(desk.outcome('connected')).toBe('passed')
})

test('nobody decides: a reminder after a day, an escalation after two', () => {
  const desk = asked()
  expect(desk.wait('PT24H')).toEqual([{ type: 'reminded', data: { step: 'name-checked' } }])
  expect(desk.wait('PT24H')).toEqual([{ type: 'escalated', data: { step: 'name-checked' } }])
})
