import { describe, expect, test } from 'vitest'
import { approval, ask, check, defineFlow, fail, pass, task, unknown, wait } from '../../../src/flows/engine/define.ts'
import { durationMs } from '../../../src/flows/engine/duration.ts'
import { plan } from '../../../src/flows/engine/plan.ts'
import { pollInterval } from '../../../src/flows/engine/rhythm.ts'
import type { Flow, Step } from '../../../src/flows/engine/types.ts'
import portOut from '../../../src/flows/port-out.ts'
import { caseOf, known, person, start, type TestCase } from '../kit.ts'
import { world } from '../world.ts'

const ana = person('support', 'Ana')
const minutes = (n: number) => n * 60_000
const hours = (n: number) => n * 3_600_000

function flowOf(...steps: Step[]): Flow {
  const questions = [ask.phone('number', { ref: 'x' })]
  return defineFlow({ id: 'timed', version: 1, ref: '0', startedBy: ['partner'], subject: 'number', questions, steps })
}

function opened(...steps: Step[]): TestCase {
  const desk = caseOf(flowOf(...steps))
  desk.answer('number', '4930123456')
  return desk
}

describe('reminders and limits', () => {
  const release = approval('release', {
    ref: 'x',
    owner: 'support',
    by: ['support'],
    within: 'PT72H',
    remind: 'PT24H',
    atLimit: 'escalate',
  })

  test('reminds at 24 and 48 hours, escalates at 72, then reminds again', () => {
    const desk = opened(release)
    expect(desk.plan.wakeAt).toBe(start + hours(24))
    expect(desk.wait(hours(24) - 1)).toEqual([])
    expect(desk.wait(1)).toEqual([{ type: 'reminded', data: { step: 'release' } }])
    expect(desk.wait('PT24H')).toEqual([{ type: 'reminded', data: { step: 'release' } }])
    expect(desk.wait('PT24H')).toEqual([{ type: 'escalated', data: { step: 'release' } }])
    expect(desk.plan.view.late.release).toBe(true)
    expect(desk.wait('PT24H')).toEqual([{ type: 'reminded', data: { step: 'release' } }])
    expect(desk.state.steps.release?.reminders).toBe(3)
  })

  test('reminds at the days of a list, and once more at the limit', () => {
    const desk = opened(task('ask', { ref: 'x', owner: 'client', within: 'P7D', remind: ['P1D', 'P3D', 'P6D'] }))
    const reminded = Array.from({ length: 9 }, (_, day) => (desk.wait('P1D').length ? [day + 1] : [])).flat()
    expect(reminded).toEqual([1, 3, 6, 7])
    expect(desk.plan.wakeAt).toBeUndefined()
    const late = opened(task('ask', { ref: 'x', owner: 'client', remind: ['P1D', 'P3D', 'P6D'] }))
    expect(late.wait('P4D')).toHaveLength(1)
    expect(late.plan.wakeAt).toBe(start + hours(6 * 24))
  })

  test('an escalation takes the place of the reminder due with it, also after a long sleep', () => {
    const desk = opened(release)
    expect(desk.wait('P6D')).toEqual([{ type: 'escalated', data: { step: 'release' } }])
    expect(desk.plan.due).toEqual([])
  })

  test('a step that ended reminds nobody', () => {
    const desk = opened(release, task('after', { ref: 'x', owner: 'client' }))
    desk.act(ana, { do: 'approve', step: 'release' })
    expect(desk.wait('P6D')).toEqual([])
    expect(desk.plan.wakeAt).toBeUndefined()
  })

  test('what is due is a reason to wake, whatever was written meanwhile', () => {
    const desk = opened(release)
    expect(plan(desk.flow, desk.state, start + hours(25))).toMatchObject({
      due: [{ type: 'reminded' }],
      wakeAt: start + hours(25),
    })
  })

  test('a task that was unticked begins anew', () => {
    const desk = opened(
      task('pay', { ref: 'x', owner: 'client', remind: 'PT24H' }),
      task('other', { ref: 'x', owner: 'client' }),
    )
    desk.wait('PT24H')
    desk.act(person('partner'), { do: 'tick', step: 'pay' })
    desk.wait('P5D')
    desk.act(person('partner'), { do: 'untick', step: 'pay' })
    expect(desk.plan.due).toEqual([])
    expect(desk.plan.wakeAt).toBe(desk.now + hours(24))
  })

  test('a check that fails after it had passed has its limit anew', () => {
    const pin = check('pin', {
      ref: 'x',
      owner: 'client',
      needs: ['phone'],
      within: 'PT72H',
      atLimit: 'escalate',
      passes: ({ facts }) => (facts.phone?.isPinEnabled === false ? pass() : fail()),
    })
    const desk = opened(pin, task('other', { ref: 'x', owner: 'client' }))
    expect(desk.status('pin')).toBe('checking')
    desk.look({ phone: known({ id: '1', isPinEnabled: false }) })
    desk.wait('P9D')
    desk.look({ phone: known({ id: '1', isPinEnabled: true }) })
    expect(desk.status('pin')).toBe('open')
    expect(desk.plan.due).toEqual([])
    expect(desk.plan.steps[0]?.dueAt).toBe(desk.now + hours(72))
  })

  test('a wait for a date ends on that date, and reminds nobody of it', () => {
    const date = start + hours(30)
    const desk = opened(
      wait('date', {
        ref: 'x',
        owner: 'bot',
        remind: 'P7D',
        within: () => date,
        until: ({ now }) => (now >= date ? pass() : unknown()),
      }),
      task('then', { ref: 'x', owner: 'client' }),
    )
    expect(desk.plan.wakeAt).toBe(date)
    desk.wait('PT30H')
    expect(desk.outcome('date')).toBe('passed')
    expect(desk.events.filter(({ type }) => type === 'reminded')).toEqual([])
  })

  test('a number that has not moved in 14 days is asked about once', () => {
    const desk = caseOf(portOut, { by: ana, payment: 'partner' })
    desk.answer('number', '4930123456', ana)
    desk.look(world({ phone: { isPinEnabled: false } }))
    const answers = { admin: true, target: 'Nordwind', 'planned-date': '2026-03-12', invoices: true, templates: true }
    for (const [question, value] of Object.entries(answers)) desk.answer(question, value, ana)
    expect(desk.plan.steps.find(({ step }) => step.id === 'number-moved')?.dueAt).toBe(start + hours(14 * 24))
    expect(desk.wait('P13D')).toEqual([])
    expect(desk.wait('P1D')).toEqual([{ type: 'reminded', data: { step: 'number-moved' } }])
    expect(desk.wait('P14D')).toEqual([])
  })
})

describe('a conversation that rests', () => {
  test('is nudged once after 24 hours and expires after 7 days', () => {
    const desk = caseOf(flowOf(task('t', { ref: 'x', owner: 'client' })))
    expect(desk.wait(hours(24) - 1)).toEqual([])
    expect(desk.wait(1)).toEqual([{ type: 'nudged', data: { question: 'number' } }])
    expect(desk.plan.wakeAt).toBe(start + hours(7 * 24))
    expect(desk.wait('P6D')).toEqual([{ type: 'closed', data: { outcome: 'expired' } }])
    expect(desk.state.closed).toMatchObject({ outcome: 'expired', by: { role: 'system' } })
  })

  test('is nudged again after somebody came back to it', () => {
    const desk = caseOf(portOut)
    desk.wait('PT30H')
    desk.wait('PT1H')
    desk.answer('number', '4930123456')
    desk.look(world())
    expect(desk.wait('PT23H')).toEqual([])
    expect(desk.wait('PT1H')).toEqual([{ type: 'nudged', data: { question: 'admin' } }])
  })

  test('that slept through everything expires without a nudge', () => {
    expect(caseOf(portOut).wait('P30D')).toEqual([{ type: 'closed', data: { outcome: 'expired' } }])
  })

  test('a question that comes up in the middle of a case is nudged and never expires', () => {
    const flow = flowOf(
      task('first', { ref: 'x', owner: 'client' }),
      task('then', { ref: 'x', owner: 'client', after: ['first'] }),
    )
    const more = ask.yesNo('more', { ref: 'x', when: ({ outcomes }) => outcomes.first !== undefined })
    const desk = caseOf({ ...flow, questions: [...flow.questions, more] })
    desk.answer('number', '4930123456')
    desk.act(person('partner'), { do: 'tick', step: 'first' })
    expect(desk.question).toBe('more')
    expect(desk.wait('P8D')).toEqual([{ type: 'nudged', data: { question: 'more' } }])
    expect(desk.state.closed).toBeUndefined()
  })
})

describe('how often the platforms are asked', () => {
  test.each([
    [0, 2],
    [29.99, 2],
    [30, 15],
    [359.99, 15],
    [360, 60],
    [60 * 24 * 30, 60],
  ])('after %d minutes: every %d minutes', (open, next) => {
    expect(pollInterval('poll', minutes(open))).toBe(minutes(next))
  })

  test('slow is hourly from the start', () => {
    expect([pollInterval('slow', 0), pollInterval('slow', hours(100))]).toEqual([hours(1), hours(1)])
  })

  test('a wait asks at once, then in its rhythm, and never after its end', () => {
    const moved = wait('moved', {
      ref: 'x',
      owner: 'client',
      needs: ['phone'],
      every: 'poll',
      until: ({ facts }) => (facts.phone?.status === 'MIGRATED' ? pass() : fail()),
    })
    const desk = opened(moved, task('other', { ref: 'x', owner: 'client' }))
    expect(desk.plan.lookUp).toEqual({ names: ['phone'], at: desk.now })
    desk.look({ phone: known({ id: '1' }) })
    expect(desk.plan.lookUp?.at).toBe(desk.now + minutes(2))
    desk.wait(minutes(31))
    desk.look({ phone: known({ id: '1' }) })
    expect(desk.plan.lookUp?.at).toBe(desk.now + minutes(15))
    desk.wait(durationMs('PT6H'))
    desk.look({ phone: known({ id: '1' }) })
    expect(desk.plan.lookUp?.at).toBe(desk.now + minutes(60))
    desk.look({ phone: known({ id: '1', status: 'MIGRATED' }) })
    expect(desk.plan.lookUp).toBeUndefined()
  })
})
