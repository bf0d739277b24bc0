import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance } from '../../../src/flows/engine/advance.ts'
import { decide } from '../../../src/flows/engine/decide.ts'
import { system } from '../../../src/flows/engine/events.ts'
import { fold } from '../../../src/flows/engine/fold.ts'
import { plan } from '../../../src/flows/engine/plan.ts'
import type { Flow } from '../../../src/flows/engine/types.ts'
import { catalogue } from '../../../src/flows/index.ts'
import { caseOf, person, type TestCase } from '../kit.ts'
import { expectHistory, expectOnce, expectRights, expectSound, foreign } from './invariants.ts'
import { build, type FlowSpec, flowSpec, reached } from './random-flow.ts'
import { answerFor, finish, type Move, moves, play } from './random-play.ts'

const payment = fc.constantFrom('direct' as const, 'partner' as const)

function played(flow: Flow, history: readonly Move[]): TestCase {
  const desk = caseOf(flow, { payment: 'direct' })
  for (const move of history) play(desk, move)
  return desk
}

/** As far as the history goes without closing the case. */
function stillOpen(flow: Flow, history: readonly Move[]): TestCase {
  const desk = caseOf(flow, { payment: 'direct' })
  const end = history.findIndex((move) => {
    play(desk, move)
    return desk.state.closed !== undefined
  })
  return end < 0 ? desk : played(flow, history.slice(0, end))
}

function expectGoodLife(desk: TestCase, history: readonly Move[]): void {
  expectSound(desk)
  for (const move of history) {
    const acted = play(desk, move)
    if (acted) expectOnce(desk, acted)
    expectSound(desk)
  }
  expectRights(desk)
  expectHistory(desk)
}

/** The flow without rules that could keep a case from ever ending. */
const willing = (spec: FlowSpec): FlowSpec => ({
  questions: spec.questions.map(({ problem: _, ...question }) => question),
  steps: spec.steps.map((step) => ({ ...step, otherwise: 'unknown' })),
})

describe('whatever happens to a case of any flow', () => {
  test('it is closed or has something open, wakes in time, knows its history and its people', () => {
    fc.assert(
      fc.property(flowSpec, moves, (spec, history) => expectGoodLife(caseOf(build(spec)), history)),
      { numRuns: 250 },
    )
  })

  test('an edited answer opens again exactly what depends on it', () => {
    fc.assert(
      fc.property(flowSpec, moves, fc.nat(5), fc.nat(5), (spec, history, which, value) => {
        const desk = stillOpen(build(spec), history)
        const { flow, state, now } = desk
        const answered = desk.plan.questions.filter(({ status }) => status === 'answered' || status === 'skipped')
        const { question } = answered[which % Math.max(1, answered.length)] ?? {}
        if (!question) return
        const act = { do: 'answer', question: question.id, value: answerFor(question, desk.plan.view, value) } as const
        const verdict = decide(flow, state, person('support'), act, now)
        if (!verdict.ok || verdict.events.length === 0) return
        const [edit] = verdict.events
        const events = edit ? [{ ...edit, seq: state.seq + 1, at: now, by: person('support') }] : []
        const after = fold(events, state)
        const opens = reached(spec, question.id)
        for (const { id } of flow.steps) {
          expect(after.steps[id], id).toEqual(opens.has(`outcomes:${id}`) ? undefined : state.steps[id])
        }
        for (const { id } of flow.questions) {
          if (id === question.id) continue
          expect(after.answers[id], id).toEqual(opens.has(`answers:${id}`) ? undefined : state.answers[id])
        }
        const settled = advance(flow, state, verdict.events, person('support'), now).state
        for (const { id } of flow.steps) {
          if (!opens.has(`outcomes:${id}`)) expect(settled.steps[id]?.ended, id).toEqual(state.steps[id]?.ended)
        }
        if (question.id === flow.subject) expect(after.steps).toEqual({})
      }),
      { numRuns: 250 },
    )
  })

  test('strange events, unknown ids and extra fields of other versions are passed over', () => {
    fc.assert(
      fc.property(flowSpec, moves, (spec, history) => {
        const desk = played(build(spec), history)
        const state = fold(foreign(desk.events))
        const { steps, questions } = plan(desk.flow, state, desk.now)
        const before = plan(desk.flow, desk.state, desk.now)
        expect(steps.map(({ status }) => status)).toEqual(before.steps.map(({ status }) => status))
        expect(questions.map(({ status }) => status)).toEqual(before.questions.map(({ status }) => status))
      }),
      { numRuns: 100 },
    )
  })

  test('a version that drops a step and adds another goes on, and can close', () => {
    fc.assert(
      fc.property(flowSpec, flowSpec, moves, fc.nat(5), (spec, other, history, which) => {
        const first = willing(spec)
        const desk = stillOpen(build(first), history)
        const dropped = `s${which % first.steps.length}`
        const added = willing(other).steps.map((step, index) => ({
          ...step,
          id: `new${index}`,
          after: step.after.map((id) => id.replace('s', 'new')),
        }))
        const steps = [...first.steps, ...added]
          .filter(({ id }) => id !== dropped)
          .map((step) => ({ ...step, after: step.after.filter((id) => id !== dropped) }))
        const next = desk.deploy({ ...build({ ...first, steps }), version: 2 })
        next.write()
        expectSound(next)
        finish(next)
        expect(next.state.closed).toBeDefined()
        expectHistory(next)
      }),
      { numRuns: 100 },
    )
  })
})

describe.each(catalogue.map((flow) => [flow.id, flow] as const))('whatever happens to a case of %s', (_, flow) => {
  test('it is closed or has something open, wakes in time, knows its history and its people', () => {
    fc.assert(
      fc.property(moves, payment, (history, pays) => expectGoodLife(caseOf(flow, { payment: pays }), history)),
      { numRuns: 50 },
    )
  })

  test('another subject opens every step again', () => {
    fc.assert(
      fc.property(moves, (history) => {
        const desk = stillOpen(flow, history)
        if (!desk.state.answers[flow.subject]) return
        const before = desk.state.seq
        const verdict = desk.answer(flow.subject, '+1 631 555 5556 00'.replace(/\D/g, ''), person('support'))
        const running = Object.values(desk.state.steps).some(({ action }) => action?.status === 'started')
        if (running && !verdict.ok) return
        expect(verdict.ok).toBe(true)
        const told = desk.events.find(({ seq }) => seq === before + 1)
        expect(fold(told ? [told] : [], fold(desk.events.slice(0, before))).steps).toEqual({})
        desk.write({ type: 'closed', data: { outcome: 'cancelled' } })
        expect(advance(flow, desk.state, [], system, desk.now).events).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})
