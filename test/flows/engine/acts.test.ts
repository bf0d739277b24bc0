import { describe, expect, test } from 'vitest'
import { action, ask, check, defineFlow, fail, pass, task, unknown, warn } from '../../../src/flows/engine/define.ts'
import { plan } from '../../../src/flows/engine/plan.ts'
import type { Finding, Flow, Question, Rule, Step } from '../../../src/flows/engine/types.ts'
import { caseOf, known, person, type TestCase } from '../kit.ts'

const ana = person('support', 'Ana')
const pat = person('partner', 'Pat')
const dan = person('destination-partner', 'Dan')

function flowOf(steps: Step[], questions: Question[] = []): Flow {
  const all = [ask.phone('number', { ref: 'x' }), ...questions]
  return defineFlow({
    id: 'acts',
    version: 1,
    ref: '0',
    startedBy: ['partner'],
    subject: 'number',
    questions: all,
    steps,
  })
}

function opened(steps: Step[], questions: Question[] = []): TestCase {
  const desk = caseOf(flowOf(steps, questions), { by: pat })
  desk.answer('number', '4930123456')
  return desk
}

const last = task('last', { ref: 'x', owner: 'support' })

describe('an action', () => {
  const cancel = action('cancel', {
    ref: 'x',
    owner: 'support',
    by: ['support'],
    call: 'cancel-channel',
    repeat: 'ask',
  })

  test('is started by one, once', () => {
    const desk = opened([cancel, last])
    expect(desk.act(pat, { do: 'start', step: 'cancel' })).toMatchObject({ why: { code: 'not-your-role' } })
    desk.act(ana, { do: 'start', step: 'cancel' })
    expect(desk.status('cancel')).toBe('running')
    expect(desk.act(person('lead', 'Lea'), { do: 'start', step: 'cancel' })).toMatchObject({
      ok: false,
      why: { code: 'already-decided', params: { outcome: 'started', by: 'Ana' } },
    })
    desk.write({ type: 'action-done', data: { step: 'cancel', evidence: { cancelled_at: '2026-03-31' } } })
    expect(desk.outcome('cancel')).toBe('done')
  })

  test('that failed can be started again, as another attempt', () => {
    const desk = opened([cancel, last])
    desk.act(ana, { do: 'start', step: 'cancel' })
    desk.write({ type: 'action-failed', data: { step: 'cancel', problem: 'HTTP 500' } })
    expect(desk.status('cancel')).toBe('open')
    expect(desk.state.steps.cancel?.action).toMatchObject({ status: 'failed', problem: 'HTTP 500', attempt: 1 })
    desk.act(ana, { do: 'start', step: 'cancel' })
    expect(desk.state.steps.cancel?.action).toMatchObject({ status: 'started', attempt: 2 })
  })

  test('of which nobody knows is repeated or attested by a person, never by itself', () => {
    const unclear = () => {
      const desk = opened([cancel, last])
      expect(desk.act(ana, { do: 'attest', step: 'cancel' })).toMatchObject({ ok: false })
      desk.act(ana, { do: 'start', step: 'cancel' })
      desk.write({ type: 'action-unclear', data: { step: 'cancel' } })
      return desk
    }
    const happened = unclear()
    expect(happened.act(pat, { do: 'attest', step: 'cancel' })).toMatchObject({ why: { code: 'not-your-role' } })
    happened.act(ana, { do: 'attest', step: 'cancel' })
    expect(happened.outcome('cancel')).toBe('declared')
    const again = unclear()
    expect(again.wait('P1D')).toEqual([])
    again.act(ana, { do: 'start', step: 'cancel' })
    expect(again.state.steps.cancel?.action?.attempt).toBe(2)
  })

  test('that runs keeps the answers it rests on as they are', () => {
    const desk = opened([cancel, last])
    desk.act(ana, { do: 'start', step: 'cancel' })
    expect(desk.answer('number', '4930999999')).toMatchObject({ ok: false, why: { code: 'already-decided' } })
    desk.write({ type: 'action-done', data: { step: 'cancel' } })
    expect(desk.answer('number', '4930999999').ok).toBe(true)
    expect(desk.state.steps.cancel?.ended).toBeUndefined()
  })

  test('that runs goes on running while a question has come up', () => {
    const more = ask.yesNo('more', { ref: 'x', when: ({ outcomes }) => outcomes.last !== undefined })
    const desk = opened([cancel, last], [more])
    desk.act(ana, { do: 'start', step: 'cancel' })
    desk.act(ana, { do: 'tick', step: 'last' })
    expect(desk.question).toBe('more')
    expect(desk.status('cancel')).toBe('running')
  })
})

describe('a task', () => {
  test('is skipped with a reason, when it may be skipped', () => {
    const desk = opened([task('refund', { ref: 'x', owner: 'client', skippable: true }), last])
    expect(desk.act(pat, { do: 'skip', step: 'refund', reason: ' ' })).toMatchObject({ why: { code: 'reason-needed' } })
    expect(desk.act(ana, { do: 'skip', step: 'last', reason: 'no' })).toMatchObject({ why: { code: 'cannot-skip' } })
    desk.act(pat, { do: 'skip', step: 'refund', reason: ' nothing left ' })
    expect(desk.state.steps.refund?.ended).toMatchObject({ outcome: 'skipped', reason: 'nothing left' })
  })

  test('can be unticked, unless the platform says that it is done', () => {
    const paid = task('paid', {
      ref: 'x',
      owner: 'client',
      needs: ['balance'],
      done: ({ facts }) => ((facts.balance?.amountMinor ?? 0) > 0 ? pass() : fail()),
    })
    const desk = opened([paid, last])
    desk.act(pat, { do: 'tick', step: 'paid' })
    expect(desk.act(pat, { do: 'untick', step: 'paid' }).ok).toBe(true)
    expect(desk.status('paid')).toBe('open')
    expect(desk.act(pat, { do: 'untick', step: 'paid' })).toMatchObject({ why: { code: 'not-open' } })
    desk.look({ balance: known({ amountMinor: 5, currency: 'EUR' }) })
    expect(desk.outcome('paid')).toBe('done')
    expect(desk.act(pat, { do: 'untick', step: 'paid' })).toMatchObject({ why: { code: 'known-by-platform' } })
  })

  test('that was ticked already says by whom', () => {
    const desk = opened([task('pay', { ref: 'x', owner: 'client' }), last])
    desk.act(pat, { do: 'tick', step: 'pay' })
    expect(desk.act(ana, { do: 'tick', step: 'pay' })).toMatchObject({
      ok: false,
      why: { code: 'already-decided', params: { by: 'Pat', outcome: 'done' } },
    })
    expect(desk.act(ana, { do: 'tick', step: 'no-such-step' })).toMatchObject({ why: { code: 'not-open' } })
  })
})

describe('a check', () => {
  test('that passed can be read by the rules of later steps', () => {
    const desk = opened([
      check('good', { ref: 'x', owner: 'client', passes: () => pass() }),
      task('then', { ref: 'x', owner: 'client', when: ({ outcomes }) => outcomes.good === 'passed' }),
    ])
    expect(desk.status('then')).toBe('open')
  })

  test('writes its result once, however a database orders the evidence', () => {
    const desk = opened([check('odd', { ref: 'x', owner: 'client', passes: () => warn({ bb: 1, a: 2 }) }), last])
    const kept = desk.state.steps.odd
    const state = {
      ...desk.state,
      steps: {
        ...desk.state.steps,
        odd: { ...kept, finding: { result: 'warn', evidence: { a: 2, bb: 1 }, at: desk.now } },
      },
    } as const
    expect(plan(desk.flow, state, desk.now).due).toEqual([])
  })

  test('that is asked once stays passed; another has to hold', () => {
    const passes: Rule<Finding> = ({ facts }) => (facts.phone?.isPinEnabled === false ? pass() : fail())
    const rest = { ref: 'x', owner: 'client', needs: ['phone'], passes } as const
    const desk = opened([check('once', { ...rest, once: true }), check('always', rest), last])
    desk.look({ phone: known({ id: '1', isPinEnabled: false }) })
    desk.look({ phone: known({ id: '1', isPinEnabled: true }) })
    expect([desk.status('once'), desk.status('always')]).toEqual(['ended', 'open'])
  })

  test('that needs a word is attested; one that failed is not', () => {
    const desk = opened([
      check('word', { ref: 'x', owner: 'client', passes: unknown }),
      check('bad', { ref: 'x', owner: 'client', passes: () => fail() }),
    ])
    expect(desk.act(pat, { do: 'attest', step: 'bad' })).toMatchObject({ why: { code: 'cannot-attest' } })
    desk.act(pat, { do: 'attest', step: 'word' })
    expect(desk.outcome('word')).toBe('declared')
  })
})

describe('people', () => {
  test('a question can be for the destination partner', () => {
    const token = ask.choice('token', ['a', 'b'], { ref: 'x', by: ['destination-partner'] })
    const desk = opened([last], [token])
    expect(desk.answer('token', 'a', pat)).toMatchObject({ why: { code: 'not-your-role' } })
    expect(desk.answer('token', 'a', dan).ok).toBe(true)
    expect(desk.answer('number', '4930999999', dan)).toMatchObject({ why: { code: 'not-your-role' } })
    expect(desk.act(dan, { do: 'cancel' })).toMatchObject({ why: { code: 'not-your-role' } })
  })

  test('only support takes a case; taking it twice changes nothing', () => {
    const desk = opened([last])
    expect(desk.act(pat, { do: 'take' })).toMatchObject({ why: { code: 'not-your-role' } })
    desk.act(ana, { do: 'take' })
    expect(desk.state.assignee?.name).toBe('Ana')
    expect(desk.act(ana, { do: 'take' })).toEqual({ ok: true, events: [] })
  })

  test('a partner cancels with or without a reason, and then nothing moves', () => {
    const desk = opened([last])
    desk.act(pat, { do: 'cancel', reason: 'changed our mind' })
    expect(desk.state.closed).toMatchObject({ outcome: 'cancelled', reason: 'changed our mind' })
    expect(desk.act(ana, { do: 'tick', step: 'last' })).toMatchObject({ why: { code: 'case-closed' } })
  })
})

describe('an answer', () => {
  test('that is the same again changes nothing', () => {
    const desk = opened([last])
    expect(desk.answer('number', '+49 30 123456')).toEqual({ ok: true, events: [] })
  })

  test('another subject asks again what rested on a step', () => {
    const how = ask.text('how', { ref: 'x', when: ({ outcomes }) => outcomes.first !== undefined })
    const desk = opened([task('first', { ref: 'x', owner: 'client' }), last], [how, ask.text('name', { ref: 'x' })])
    desk.answer('name', 'Bright Lights')
    desk.act(pat, { do: 'tick', step: 'first' })
    desk.answer('how', 'by phone')
    desk.answer('number', '4930999999')
    expect(Object.keys(desk.state.answers)).toEqual(['number', 'name'])
    expect(desk.status('first')).toBe('open')
  })

  test('a skipped question can be answered later, a needed one not skipped', () => {
    const desk = opened([last], [ask.date('date', { ref: 'x', skippable: true }), ask.yesNo('sure', { ref: 'x' })])
    desk.act(pat, { do: 'skip-question', question: 'date' })
    expect(desk.question).toBe('sure')
    expect(desk.act(pat, { do: 'skip-question', question: 'sure' })).toMatchObject({ why: { code: 'cannot-skip' } })
    expect(desk.answer('date', '2026-02-30')).toMatchObject({
      why: { code: 'bad-answer', params: { problem: 'not-a-date' } },
    })
    desk.answer('date', '2026-03-30')
    expect(desk.state.answers.date?.value).toBe('2026-03-30')
  })

  test('what a question shows is what is agreed to: other dates ask again', () => {
    const desk = opened(
      [last],
      [
        ask.date('date', { ref: 'x' }),
        ask.confirm('agreed', { ref: 'x', shows: ({ answers }) => ({ date: String(answers.date) }) }),
      ],
    )
    desk.answer('date', '2026-03-30')
    expect(desk.plan.question).toMatchObject({ shows: { date: '2026-03-30' } })
    desk.answer('agreed', 'yes')
    expect(desk.status('last')).toBe('open')
    desk.answer('date', '2026-03-31')
    expect(desk.question).toBe('agreed')
  })
})
