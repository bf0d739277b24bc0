import type { CaseEvent, NewEvent } from '../src/flows/engine/events.ts'
import { fold } from '../src/flows/engine/fold.ts'
import { plan } from '../src/flows/engine/plan.ts'
import type { Answer, Flow, Question } from '../src/flows/engine/types.ts'
import { catalogue } from '../src/flows/index.ts'
import { type Bar, below, percentile } from './bar.ts'
import { readings } from './world.ts'

const length = 200
const now = Date.UTC(2026, 2, 10, 9)
const ana = { role: 'support', id: 'slack:ana', name: 'Ana' } as const

/** `plan` and `fold` of a long case of the flow with the most steps. */
export function engineBars({ quick }: { quick: boolean }): Bar[] {
  const flow = catalogue.toSorted((a, b) => size(b) - size(a))[0]
  if (!flow) throw new Error('The catalogue is empty')
  const events = longStory(flow)
  const state = fold(events)
  const title = `${flow.id} (${flow.questions.length} questions, ${flow.steps.length} steps), ${length} events`
  const rounds = quick ? 20 : 100
  return [
    { name: `${title}: plan`, value: micros(() => plan(flow, state, now), rounds), unit: 'µs', target: below(200) },
    { name: `${title}: fold of all events`, value: micros(() => fold(events), rounds), unit: 'µs' },
  ]
}

const size = (flow: Flow) => flow.questions.length + flow.steps.length

/** Everything answered and looked up, every step opened, then tasks ticked and unticked until the story is long enough. */
function longStory(flow: Flow): CaseEvent[] {
  const tasks = flow.steps.filter(({ kind }) => kind === 'task').map(({ id }) => id)
  const events: NewEvent[] = [
    { type: 'opened', data: { flow: flow.id, version: flow.version, partner: 'brightline', payment: 'direct' } },
    ...flow.questions.map((question): NewEvent => {
      return { type: 'answered', data: { question: question.id, value: someAnswer(question) } }
    }),
    { type: 'looked-up', data: { readings: readings(now), phone: '493023125101' } },
    ...flow.steps.map(({ id }): NewEvent => ({ type: 'step-opened', data: { step: id } })),
  ]
  for (let n = 0; events.length < length; n += 1) {
    const step = tasks[Math.floor(n / 2) % tasks.length] ?? 'none'
    events.push({ type: n % 2 === 0 ? 'ticked' : 'unticked', data: { step } })
  }
  return events.map((event, index) => ({ ...event, seq: index + 1, at: now, by: ana }) as CaseEvent)
}

function someAnswer(question: Question): Answer {
  switch (question.kind) {
    case 'yes-no':
    case 'confirm':
      return false
    case 'number':
      return 5
    case 'date':
      return '2026-04-01'
    case 'choice':
      return typeof question.options === 'function' ? 'one' : (question.options[0] ?? 'one')
    case 'choices':
      return []
    default:
      return '493023125101'
  }
}

/** Median µs per call, over rounds of 200 calls after a warm-up. */
function micros(work: () => unknown, rounds: number): number {
  const calls = 200
  const round = () => {
    const began = performance.now()
    for (let n = 0; n < calls; n += 1) work()
    return ((performance.now() - began) * 1000) / calls
  }
  for (let n = 0; n < 10; n += 1) round()
  return percentile(Array.from({ length: rounds }, round), 0.5)
}
