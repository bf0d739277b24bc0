import { expect, test } from 'vitest'
import commerceVisibility from '../../src/flows/commerce-visibility.ts'
import profileUpdate from '../../src/flows/profile-update.ts'
import templateActions from '../../src/flows/template-actions.ts'
import { caseOf, known, person } from './kit.ts'
import { world } from './world.ts'

const pat = person('partner', 'Pat')
const ana = person('support', 'Ana')
const commerce = (isCatalogVisible: boolean, isCartEnabled: boolean) => ({
  ...world(),
  commerce: known({ isCatalogVisible, isCartEnabled }),
})

test('a profile text that is too long is asked for again', () => {
  const desk = caseOf(profileUpdate, { by: pat })
  desk.answer('number', '+49 30 123456')
  desk.look(world())
  desk.answer('field', 'about')
  desk.answer('text', 'x'.repeat(140))
  expect(desk.plan.question?.question.id).toBe('text')
  desk.answer('text', 'Open on weekdays, 9 to 5')
  expect(desk.status('client-agrees')).toBe('open')
  desk.act(pat, { do: 'approve', step: 'client-agrees' })
  desk.act(pat, { do: 'tick', step: 'profile-changed' })
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('a template is deleted only with the word of support', () => {
  const desk = caseOf(templateActions, { by: pat })
  desk.answer('number', '+49 30 123456')
  desk.look(world())
  desk.answer('action', 'delete')
  desk.answer('template', 'order_update, de')
  expect(desk.status('done-in-hub')).not.toBe('open')
  expect(desk.act(pat, { do: 'approve', step: 'delete-agreed' })).toMatchObject({ why: { code: 'not-your-role' } })
  desk.act(ana, { do: 'decline', step: 'delete-agreed', reason: 'a campaign uses it' })
  expect(desk.state.closed).toMatchObject({ outcome: 'declined' })
})

test('there is no room for template number 251', () => {
  const desk = caseOf(templateActions, { by: pat })
  desk.answer('number', '+49 30 123456')
  desk.look({ ...world(), templates: known({ total: 250, byStatus: { approved: 250 } }) })
  desk.answer('action', 'create')
  desk.answer('template', 'order_update, de')
  expect(desk.status('room-left')).toBe('open')
  desk.look({ ...world(), templates: known({ total: 249, byStatus: { approved: 249 } }) })
  expect(desk.outcome('room-left')).toBe('passed')
  desk.act(pat, { do: 'tick', step: 'done-in-hub' })
  expect(desk.wait('PT24H')).toEqual([{ type: 'reminded', data: { step: 'reviewed' } }])
  desk.act(pat, { do: 'attest', step: 'reviewed' })
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('the platform itself ticks off that catalog and cart are shown as asked for', () => {
  const desk = caseOf(commerceVisibility, { by: pat })
  desk.answer('number', '+49 30 123456')
  desk.look(commerce(false, false))
  desk.answer('catalog', 'show')
  desk.answer('cart', 'hide')
  expect(desk.status('catalog-set')).toBe('open')
  desk.look(commerce(true, false))
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})
