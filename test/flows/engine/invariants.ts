import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { Act } from '../../../src/flows/engine/act.ts'
import { advance } from '../../../src/flows/engine/advance.ts'
import { decide } from '../../../src/flows/engine/decide.ts'
import { type By, type CaseEvent, system } from '../../../src/flows/engine/events.ts'
import { fold } from '../../../src/flows/engine/fold.ts'
import { plan } from '../../../src/flows/engine/plan.ts'
import { person, type TestCase } from '../kit.ts'
import { roles } from './random-play.ts'

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** What holds of every state a case can be in. */
export function expectSound(desk: TestCase): void {
  const { flow, state, now } = desk
  const current = plan(flow, state, now)
  expect(isDeepStrictEqual(plan(flow, state, now), current), 'the same case and time give the same plan').toBe(true)
  if (state.closed) {
    expect(current.due).toEqual([])
    expect(current.lookUp).toBeUndefined()
    expect(current.wakeAt).toBeUndefined()
    return
  }
  const active = current.steps.some(({ status }) => status === 'open' || status === 'running' || status === 'checking')
  expect(active || current.question || current.lookUp, 'something is open').toBeTruthy()
  if (current.due.length) {
    expect(current.wakeAt, 'it is woken for what is due').toBeLessThanOrEqual(now)
    desk.write(...current.due)
    if (!desk.state.closed) expect(desk.plan.due, 'what was done is not due again').toEqual([])
    expectSound(desk)
    return
  }
  expect(advance(flow, state, [], system, now).events, 'nothing more follows by itself').toEqual([])
  const asks = current.lookUp !== undefined && current.lookUp.at <= now
  if (!asks && current.wakeAt !== undefined) expect(current.wakeAt).toBeGreaterThan(now)
}

/** A history says everything: folded at once, from any snapshot on, and after a trip through JSON. */
export function expectHistory(desk: TestCase): void {
  const { events, state } = desk
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const whole = copy(state)
  expect(copy(fold(events))).toEqual(whole)
  expect(copy(fold(copy(events)))).toEqual(whole)
  for (const cut of [1, events.length >> 1, events.length - 1]) {
    const snapshot = copy(fold(events.slice(0, cut)))
    expect(copy(fold(copy(events.slice(cut)), cut ? snapshot : undefined))).toEqual(whole)
  }
}

/** An act that was done is not done again by the same press. */
export function expectOnce(desk: TestCase, { by, act }: { by: By; act: Act }): void {
  if (act.do === 'say' || act.do === 'add-item') return
  const again = decide(desk.flow, desk.state, by, act, desk.now)
  expect(again.ok ? again.events : [], `${act.do} twice is one change`).toEqual([])
}

const speaksFor: Record<string, readonly string[]> = {
  support: ['support', 'lead', 'admin'],
  lead: ['lead', 'admin'],
  admin: ['admin'],
  partner: ['partner'],
  'destination-partner': ['destination-partner'],
}

/** Nobody moves a step or a question that is not theirs, and nobody moves a closed case. */
export function expectRights(desk: TestCase): void {
  const { flow, state, now } = desk
  const verdict = (role: (typeof roles)[number], act: Act) => decide(flow, state, person(role), act, now)
  if (state.closed) {
    const acts: Act[] = [{ do: 'cancel' }, { do: 'take' }, { do: 're-check' }]
    for (const role of roles) for (const act of acts) expect(verdict(role, act).ok, `${role} ${act.do}`).toBe(false)
  }
  const items: Act[] = [
    { do: 'add-item', text: 'call the client' },
    ...(state.items ?? []).flatMap(({ id }) => {
      return (['tick-item', 'untick-item', 'remove-item'] as const).map((what): Act => ({ do: what, item: id }))
    }),
  ]
  for (const act of items) expect(verdict('destination-partner', act).ok, act.do).toBe(false)
  for (const { step, owner } of desk.plan.steps) {
    const asked =
      step.by ?? (owner === 'client' ? ['partner', 'support'] : owner === 'bot' ? ['support'] : [owner, 'support'])
    const allowed = state.closed ? [] : asked.flatMap((role) => speaksFor[role] ?? [])
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      for (const what of ['tick', 'untick', 'attest', 'approve', 'start'] as const) {
        expect(verdict(role, { do: what, step: step.id }).ok, `${role} ${what} ${step.id}`).toBe(false)
      }
      for (const what of ['skip', 'decline'] as const) {
        expect(verdict(role, { do: what, step: step.id, reason: 'because' }).ok, `${role} ${what} ${step.id}`).toBe(
          false,
        )
      }
    }
  }
  for (const { question } of desk.plan.questions) {
    const asked = question.by ?? ['partner', 'support']
    const allowed = state.closed ? [] : asked.flatMap((role) => speaksFor[role] ?? [])
    for (const role of roles.filter((one) => !allowed.includes(one))) {
      expect(verdict(role, { do: 'answer', question: question.id, value: true }).ok).toBe(false)
      expect(verdict(role, { do: 'skip-question', question: question.id }).ok).toBe(false)
    }
  }
}

/** The same history, as another version of the program might have written it. */
export function foreign(events: readonly CaseEvent[]): CaseEvent[] {
  const step = 'step-of-old'
  const strange = [
    { type: 'from-the-future', data: { step: 's0', anything: [1] } },
    { type: 'step-opened', data: { step } },
    { type: 'ticked', data: { step, more: 'fields' } },
    {
      type: 'answered',
      data: { question: 'question-of-old', value: 'x', reopens: { questions: ['q9'], steps: [step], facts: false } },
    },
    { type: 'action-done', data: { step } },
    { type: 'checked', data: { step, result: 'pass' } },
    { type: 'item-ticked', data: { item: 404, text: 'of old' } },
    { type: 'item-removed', data: { item: 404, text: 'of old' } },
  ]
  const [first, ...rest] = events
  if (!first) return []
  const inserted = strange.map((event) => ({ ...event, at: first.at, by: system, extra: true }))
  const told = rest.map((event) => ({ ...event, data: { ...event.data, toBeIgnored: { deep: true } }, extra: 1 }))
  return [first, ...inserted, ...told].map((event, index) => ({ ...event, seq: index + 1 }) as CaseEvent)
}
