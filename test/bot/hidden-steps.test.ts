import { expect, test } from 'vitest'
import { caseCard } from '../../src/bot/case-card.ts'
import { hiddenSteps } from '../../src/bot/hidden-steps.ts'
import { openTexts } from '../../src/bot/texts.ts'
import type { CaseView } from '../../src/cases/case-view.ts'
import { viewCase } from '../../src/cases/case-view.ts'
import { ask, defineFlow, task } from '../../src/flows/engine/define.ts'
import type { Flow, Role } from '../../src/flows/engine/types.ts'
import { catalogue } from '../../src/flows/index.ts'
import { caseOf, known, start, type TestCase } from '../flows/kit.ts'

const texts = openTexts(new URL('../../locales/', import.meta.url))('en', 'UTC')
const flowOf = (id: string) => catalogue.find((flow) => flow.id === id) as Flow
const seenBy = ({ flow, state, now }: TestCase, role: Role): CaseView => viewCase(flow, { id: 1, state }, role, now)
const lines = (view: CaseView) => hiddenSteps(view, texts).map(({ title, notes }) => `${title}: ${notes}`)

/** A client-owned number whose client has admin access. */
function portOut() {
  const desk = caseOf(flowOf('port-out'), { partner: 'brightline', payment: 'direct' })
  desk.answer('number', '+49 30 123456')
  const channel = known({ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456', hubStatus: 'live' })
  desk.look({ channel, account: known({ id: '2', ownershipType: 'CLIENT_OWNED' }) }, { partner: 'brightline' })
  desk.answer('admin', true)
  desk.answer('invoices', true)
  return desk
}

test('a step that is no part of a case is listed with the answers that decided it', () => {
  const told = lines(seenBy(portOut(), 'support'))
  expect(told).toContainEqual(
    expect.stringMatching(
      /^Ticket from the client to 360dialog · Release by support: Not part of this case: “Account type” is “Embedded Signup \(client-owned\)” and “Client has admin access” is “yes”\.$/,
    ),
  )
  expect(told).toContain('Open invoices paid: Not part of this case: “Invoices paid” is “yes”.')
})

test('only the details list them, below everything else', () => {
  const desk = portOut()
  const running = { ...desk, state: { ...desk.state, steps: { 'two-step-off': { openedAt: start } } } }
  const view = seenBy(running, 'support')
  const marks = (details: boolean) =>
    caseCard(view, { texts, now: start, details }).items?.map(({ mark }) => mark) ?? []
  expect(marks(false)).not.toContain('hidden')
  expect(marks(true).indexOf('hidden')).toBe(view.plan.steps.length)
})

const small = defineFlow({
  id: 'port-out',
  version: 1,
  ref: '0',
  startedBy: ['support'],
  subject: 'number',
  questions: [
    ask.phone('number', { ref: 'x' }),
    ask.text('to-provider', { ref: 'x', by: ['partner', 'support'], skippable: true }),
  ],
  steps: [
    task('told', { ref: 'x', owner: 'support', when: ({ facts }) => facts.channel?.accountMode === 'sandbox' }),
    task('untold', { ref: 'x', owner: 'support', when: ({ facts }) => facts.phone !== undefined }),
    task('set-up', { ref: 'x', owner: 'support', when: ({ enabled }) => enabled.includes('cancel-by-api') }),
    task('after', { ref: 'x', owner: 'support', when: ({ outcomes }) => outcomes.told === 'done' }),
    task('proved', { ref: 'x', owner: 'support', when: ({ evidence }) => evidence.told?.templates === 7 }),
    task('by-answer', {
      ref: 'x',
      owner: 'support',
      for: ['partner', 'destination-partner'],
      when: ({ answers }) => answers['to-provider'] === 'x',
    }),
    task('never', { ref: 'x', owner: 'support', for: ['destination-partner'], when: ({ now }) => now === 0 }),
  ],
})

test('facts, other steps and the set-up are reasons, too; without any there is a plain sentence', () => {
  const desk = caseOf(small)
  desk.answer('number', '+49 30 123456')
  const channel = known({ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456', accountMode: 'live' })
  desk.look({ channel })
  expect(lines(seenBy(desk, 'support'))).toEqual([
    'told: Not part of this case: mode: live.',
    'untold: Not part of this case: the platforms do not tell what decides.',
    'set-up: Not part of this case: that is how the desk is set up.',
    'after: Not part of this case: “told” is not done.',
    'proved · never: Not part of this case as things stand.',
    expect.stringMatching(/^by-answer: .*is not answered\.$/),
  ])
})

test('the new partner reads nothing of what the other one answered or what its key told', () => {
  const desk = caseOf(small)
  desk.answer('number', '+49 30 123456')
  desk.answer('to-provider', 'Northern Lights')
  expect(lines(seenBy(desk, 'destination-partner'))).toEqual([
    'by-answer · never: Not part of this case as things stand.',
  ])
  expect(lines(seenBy(desk, 'support')).join()).toMatch(/Northern Lights/)
})

test('a procedure may say it in its own words', () => {
  const desk = caseOf(flowOf('number-migration'), { partner: 'brightline' })
  desk.answer('number', '+49 30 123456')
  expect(lines(seenBy(desk, 'support'))).toContain(
    'Extra 9 is as in the profile: Not part of this case: only Brazilian numbers have two spellings.',
  )
})
