import { setTimeout as pause } from 'node:timers/promises'
import { type Bar, below, percentile } from './bar.ts'
import { type Case, type Keypad, keypad } from './keypad.ts'
import { onDesk } from './on-desk.ts'
import { kinds } from './stores.ts'

/** Numbers of events a case has, and a number of the sandbox for it. */
const sizes = [
  { events: 10, number: '493023125101' },
  { events: 100, number: '493023125301' },
  { events: 1000, number: '494066969201' },
]
/** People do not press twice within so many ms. */
const rest = 25

interface Times {
  taken: number[]
  shown: number[]
}

/** From a press in Slack to the edit of the card, by length of the case. */
export async function pressBars({ quick }: { quick: boolean }): Promise<Bar[]> {
  const bars: Bar[] = []
  for (const kind of kinds()) {
    const own = await onDesk(
      kind,
      () => undefined,
      async ({ sandbox, title }) => barsOf(title, await measure(keypad(sandbox), quick)),
    )
    bars.push(...own)
  }
  return bars
}

/** The sizes take turns, so that what slows the machine down for a while slows all of them. */
async function measure(keys: Keypad, quick: boolean): Promise<Map<number, Times>> {
  const rounds = quick ? 2 : 10
  const perRound = 30
  const cases = new Map<number, Case>()
  const times = new Map<number, Times>(sizes.map(({ events }) => [events, { taken: [], shown: [] }]))
  // The longest first: growing it also warms everything up.
  for (const { events, number } of sizes.toReversed()) cases.set(events, await grown(keys, number, events))
  for (let round = 0; round < rounds; round += 1) {
    for (const { events, number } of sizes) {
      const { taken, shown } = times.get(events) ?? { taken: [], shown: [] }
      for (let n = 0; n < perRound; n += 1) {
        const current = await rightSize(keys, cases, events, number)
        await pause(rest)
        const time = await keys.pressToCard(current)
        taken.push(time.taken)
        shown.push(time.shown)
      }
    }
  }
  return times
}

/** The case of that size, or a new one once it has grown by a third (a short one: to twice its size). */
async function rightSize(keys: Keypad, cases: Map<number, Case>, events: number, number: string): Promise<Case> {
  const current = cases.get(events)
  if (current && current.events < events + Math.max(10, events / 3)) return current
  if (current) await keys.cancel(current)
  const fresh = await grown(keys, number, events)
  cases.set(events, fresh)
  return fresh
}

async function grown(keys: Keypad, number: string, events: number): Promise<Case> {
  const made = await keys.openCase(number)
  while (made.events < events) await keys.press(made)
  await keys.quiet()
  return made
}

function barsOf(title: string, times: Map<number, Times>): Bar[] {
  const bars = [...times].flatMap(([events, { taken, shown }]): Bar[] => {
    const name = `${title}, case of ${events} events`
    return [
      { name: `${name}: press to taken, p50`, value: percentile(taken, 0.5), unit: 'ms' },
      { name: `${name}: press to card, p50`, value: percentile(shown, 0.5), unit: 'ms', target: below(15) },
      { name: `${name}: press to card, p99`, value: percentile(shown, 0.99), unit: 'ms', target: below(60) },
    ]
  })
  const p50 = (events: number) => percentile(times.get(events)?.shown ?? [], 0.5)
  const ratio = p50(1000) / p50(10)
  return [...bars, { name: `${title}: p50 of 1,000 events to p50 of 10`, value: ratio, unit: '×', target: below(1.3) }]
}
