import { expect, test } from 'vitest'
import { openTexts } from '../../src/bot/texts.ts'
import commerceVisibility from '../../src/flows/commerce-visibility.ts'
import { profileLimits } from '../../src/flows/profile-limits.ts'
import profileUpdate from '../../src/flows/profile-update.ts'
import templateActions from '../../src/flows/template-actions.ts'
import { caseOf, known, person } from './kit.ts'
import { world } from './world.ts'

const texts = openTexts(new URL('../../locales/', import.meta.url))('en', 'UTC')
const pat = person('partner', 'Pat')
const ana = person('support', 'Ana')
const commerce = (isCatalogVisible: boolean, isCartEnabled: boolean) => ({
  ...world(),
  commerce: known({ isCatalogVisible, isCartEnabled }),
})

/** A case that is asked for the new text of that field. */
function askedFor(field: string) {
  const desk = caseOf(profileUpdate, { by: pat })
  desk.answer('number', '+49 30 123456')
  desk.look(world())
  desk.answer('field', field)
  return desk
}

test.each(Object.entries(profileLimits))(
  'the profile takes %s up to %i characters, and says so of more',
  (field, most) => {
    const fill = (size: number) => {
      if (field === 'email') return `${'x'.repeat(size - 60)}@${'example.'.repeat(7)}com`
      return field === 'website' ? `https://www.example.com/${'x'.repeat(size - 24)}` : '😀'.repeat(size)
    }
    const desk = askedFor(field)
    desk.answer('text', fill(most + 1))
    expect(desk.plan.question?.problem).toBe(`too-long-${field}`)
    const said = texts.t(`profile-update.questions.text.problems.too-long-${field}`)
    expect(said).toContain(`up to ${most} characters`)
    desk.answer('text', fill(most))
    expect(desk.question).toBeUndefined()
  },
)

test.each([
  ['email', 'ask us', 'not-an-email'],
  ['website', 'www.example.com', 'not-a-website'],
  ['website', 'https://a.example, https://b.example https://c.example', 'too-many-websites'],
  ['website', 'https://a.example http://b.example', undefined],
  ['vertical', 'x'.repeat(600), undefined],
])('what Meta would refuse as %s, "%s", is asked for again', (field, text, problem) => {
  const desk = askedFor(field)
  desk.answer('text', text)
  expect(desk.plan.question?.problem).toBe(problem)
})

test('a profile changes once the client has agreed', () => {
  const desk = askedFor('about')
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
