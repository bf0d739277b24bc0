import { describe, expect, it } from 'vitest'
import { announce, sideOfOwner, tellingSchema } from '../../src/cases/announce.ts'
import type { Seat } from '../../src/cases/seats.ts'
import { check, defineFlow, pass, task } from '../../src/flows/engine/define.ts'
import type { By, CaseEvent, NewEvent } from '../../src/flows/engine/events.ts'
import type { Plan } from '../../src/flows/engine/plan.ts'
import type { Step } from '../../src/flows/engine/types.ts'
import { caseOf, person, start } from '../flows/kit.ts'
import { world } from '../flows/world.ts'
import { errand } from './errand.ts'

const desk: Seat = { surface: 'slack', room: 'C0CASES', side: 'desk', kind: 'card' }
const partner: Seat = { surface: 'telegram', room: '7001', side: 'partner', kind: 'card' }
const questions: Seat = { ...partner, kind: 'question' }
const destination: Seat = { surface: 'telegram', room: '-100', side: 'destination-partner', kind: 'card' }
const rooms = [desk, partner, destination]

const both = ['partner', 'destination-partner'] as const
const base = errand()
const flow = defineFlow({
  ...base,
  steps: [
    ...base.steps.map((step): Step => ({ ...step, for: both })),
    check('address', { ref: 'x', owner: 'support', passes: () => pass() }),
    check('insured', { ref: 'x', owner: 'support', for: both, announce: true, passes: () => pass() }),
    task('receive', { ref: 'x', owner: 'destination-partner' }),
    task('wrap', { ref: 'x', owner: 'partner', announce: true }),
    task('store', { ref: 'x', owner: 'destination-partner', for: ['destination-partner'], announce: true }),
  ],
})
const errandCase = () => {
  const running = caseOf(flow)
  running.answer('number', '+49 30 123456')
  running.answer('fragile', 'yes')
  running.look(world())
  return running
}
const plan: Plan = errandCase().plan
/** Before anything could pass. */
const early: Plan = caseOf(flow).plan

const ana = person('support', 'Ana')
const paula = person('partner', 'Paula')
const dest = person('destination-partner', 'Dora')
const bot: By = { role: 'system', id: 'system', name: 'Portdesk' }

const stamped = (event: NewEvent, by: By, seq = 9) => ({ ...event, seq, at: start, by }) as CaseEvent
const told = (event: NewEvent, by: By, seats = rooms) =>
  announce([stamped(event, by)], early, plan, seats).map(
    ({ seat, telling }) => `${seat.side}${telling.loud ? '!' : ''}`,
  )

const all = ['desk', 'partner', 'destination-partner']
const from = { surface: 'slack', room: 'C0CASES' } as const
const said = (internal: boolean, to?: By): NewEvent => ({
  type: 'said',
  data: { text: 'hi', internal, from, ...(to?.role === 'destination-partner' && { to: to.role }) },
})
const release = { step: 'release' }
const pack = { step: 'pack' }

describe('what is told about an event', () => {
  it.each<[string, NewEvent, By, string[]]>([
    ['the opening is the card itself', { type: 'opened', data: { flow: 'errand', version: 1 } }, paula, []],
    ['an answer is on the card', { type: 'answered', data: { question: 'fragile', value: true } }, paula, []],
    ['a look-up is silent', { type: 'looked-up', data: { readings: {} } }, bot, []],
    ['a decision goes to everybody', { type: 'decided', data: { ...release, decision: 'approved' } }, ana, all],
    ['a task that was ticked stays with the desk', { type: 'ticked', data: pack }, paula, ['desk']],
    ['so does one that was skipped', { type: 'skipped', data: { ...pack, reason: 'no box' } }, paula, ['desk']],
    [
      'a passed check that matters goes to everybody',
      { type: 'checked', data: { step: 'insured', result: 'pass' } },
      bot,
      all,
    ],
    ['another passed check does not', { type: 'checked', data: { step: 'address', result: 'pass' } }, bot, []],
    ['a failed check does not', { type: 'checked', data: { step: 'insured', result: 'fail' } }, bot, []],
    [
      'a partner hears of its own deed on the card only',
      { type: 'attested', data: { step: 'insured' } },
      paula,
      ['desk', 'destination-partner'],
    ],
    ['unticking is on the card', { type: 'unticked', data: pack }, paula, []],
    ['a reminder goes to who has to move', { type: 'reminded', data: pack }, bot, ['partner']],
    ['also when that is the desk', { type: 'reminded', data: release }, bot, ['desk']],
    ['or the new partner', { type: 'reminded', data: { step: 'receive' } }, bot, ['destination-partner']],
    [
      'an escalation speaks up at the desk',
      { type: 'escalated', data: release },
      bot,
      ['desk!', 'partner', 'destination-partner'],
    ],
    ['who took the case is for the desk', { type: 'assigned', data: { to: ana } }, ana, ['desk']],
    [
      'a failed action goes to everybody',
      { type: 'action-failed', data: { step: 'ship', problem: 'HTTP 500' } },
      bot,
      all,
    ],
    ['an unclear one too', { type: 'action-unclear', data: { step: 'ship' } }, bot, all],
    ['its start does not', { type: 'action-started', data: { step: 'ship', attempt: 1 } }, ana, []],
    ['the end goes to everybody', { type: 'closed', data: { outcome: 'done' } }, bot, all],
    ['the desk’s words go to the partner', said(false), ana, ['partner']],
    ['or to the new partner, where they are addressed to it', said(false, dest), ana, ['destination-partner']],
    ['a partner’s words go to the desk alone', said(false), paula, ['desk']],
    ['so do the new partner’s', said(false), dest, ['desk']],
    ['the new partner hears of steps that it sees', { type: 'ticked', data: { step: 'store' } }, dest, ['desk']],
    ['and the partner of its own', { type: 'escalated', data: { step: 'wrap' } }, bot, ['desk!', 'partner']],
    ['never of the other’s', { type: 'escalated', data: { step: 'store' } }, bot, ['desk!', 'destination-partner']],
    [
      'a pending question nudges whose it is',
      { type: 'nudged', data: { question: 'fragile' } },
      bot,
      ['desk', 'partner'],
    ],
    ['internal words go nowhere', said(true), ana, []],
    ['not even when a partner wrote them', said(true), paula, []],
    ['a step that is gone is passed over', { type: 'reminded', data: { step: 'gone' } }, bot, []],
  ])('%s', (_, event, by, expected) => {
    expect(told(event, by)).toEqual(expected)
  })

  it('reaches a partner that has only the questions so far', () => {
    expect(told({ type: 'closed', data: { outcome: 'expired' } }, bot, [questions])).toEqual(['partner'])
    expect(told({ type: 'closed', data: { outcome: 'expired' } }, bot, [desk, questions, partner])).toEqual([
      'desk',
      'partner',
    ])
  })

  it('carries what a delivery needs, and survives the trip through the database', () => {
    const event: NewEvent = { type: 'decided', data: { step: 'release', decision: 'declined', reason: 'no ticket' } }
    const [first] = announce([stamped(event, ana, 12)], plan, plan, [partner])
    expect(first?.seq).toBe(12)
    expect(tellingSchema.parse(JSON.parse(JSON.stringify(first?.telling)))).toEqual({
      side: 'partner',
      loud: false,
      type: 'decided',
      at: start,
      by: ana,
      data: { step: 'release', decision: 'declined', reason: 'no ticket' },
    })
  })

  it('keeps why a partner cancelled from the other partner, and why somebody declined from nobody', () => {
    const reasons = (event: NewEvent) =>
      announce([stamped(event, paula)], plan, plan, rooms).map(({ seat, telling }) => [seat.side, telling.data.reason])
    expect(reasons({ type: 'closed', data: { outcome: 'cancelled', reason: 'too dear' } })).toEqual([
      ['desk', 'too dear'],
      ['partner', 'too dear'],
      ['destination-partner', undefined],
    ])
    expect(reasons({ type: 'closed', data: { outcome: 'declined', reason: 'too early' } })).toContainEqual([
      'destination-partner',
      'too early',
    ])
  })

  it('tells of news whoever sees it, whosever step it is', () => {
    const steps = flow.steps.map((step): Step => (step.id === 'release' ? { ...step, news: true } : step))
    const running = caseOf({ ...flow, steps })
    running.answer('number', '+49 30 123456')
    const before = { ...running.plan, steps: plan.steps }
    running.look(world())
    running.answer('fragile', 'yes')
    const opened = announce(running.events, before, running.plan, rooms).filter(
      ({ telling }) => telling.type === 'step-opened' && JSON.stringify(telling.data).includes('release'),
    )
    expect(opened.map(({ seat }) => seat.side)).toEqual(all)
  })

  it('is no news when a check passes for another reason than before', () => {
    const again: NewEvent = { type: 'checked', data: { step: 'insured', result: 'pass' } }
    expect(announce([stamped(again, bot)], plan, plan, rooms)).toEqual([])
  })

  it('tells everybody when a check that matters does not hold any more', () => {
    const undone: NewEvent = { type: 'checked', data: { step: 'insured', result: 'fail' } }
    expect(announce([stamped(undone, bot)], plan, plan, rooms).map(({ seat }) => seat.side)).toEqual(all)
  })

  it('tells of steps that opened those who have to do them, as one message', () => {
    const running = errandCase()
    const before = running.plan
    const known = running.events.length
    running.act(ana, { do: 'approve', step: 'release' })
    const fresh = running.events.slice(known)
    const opened = announce(fresh, before, running.plan, rooms).filter(({ telling }) => telling.type === 'step-opened')
    expect(opened.map(({ seat, telling }) => [seat.side, telling.data])).toEqual([['partner', { steps: ['pack'] }]])
  })

  it('does not tell of the first steps: they come with the card', () => {
    const running = caseOf(flow)
    running.answer('number', '+49 30 123456')
    running.answer('fragile', 'yes')
    const before = running.plan
    const known = running.events.length
    running.look(world())
    const types = announce(running.events.slice(known), before, running.plan, rooms).map(({ telling }) => telling.type)
    expect(types).not.toContain('step-opened')
  })
})

it('a partner speaks for its client, and the desk for the bot', () => {
  expect((['client', 'partner', 'destination-partner', 'support', 'bot'] as const).map(sideOfOwner)).toEqual([
    'partner',
    'partner',
    'destination-partner',
    'desk',
    'desk',
  ])
})
