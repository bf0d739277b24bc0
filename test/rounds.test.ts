import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { rounds } from '../src/rounds.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Rounds that last until they are let go. */
function slow() {
  const ends: (() => void)[] = []
  const failures: unknown[] = []
  const work = () => new Promise<void>((resolve) => ends.push(resolve))
  return { ends, failures, looking: rounds({ every: 1000, work, failed: (error) => failures.push(error) }) }
}

test('never runs two rounds at once, and one more for all that asked meanwhile', async () => {
  const { ends, looking } = slow()
  looking.start()
  for (let asked = 0; asked < 5; asked += 1) looking.wake()
  expect(ends).toHaveLength(1)
  ends[0]?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(ends).toHaveLength(2)
  ends[1]?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(ends).toHaveLength(2)
})

test('looks by the clock, too, and after a round that failed', async () => {
  const failures: unknown[] = []
  let count = 0
  const work = async () => {
    count += 1
    throw new Error('the database is away')
  }
  const looking = rounds({ every: 1000, work, failed: (error) => failures.push(error) })
  looking.start()
  await vi.advanceTimersByTimeAsync(2500)
  expect([count, failures.length]).toEqual([3, 3])
  await looking.stop()
})

test('does nothing before the start, and nothing after the end, which waits for the last round', async () => {
  const { ends, looking } = slow()
  looking.wake()
  expect(ends).toHaveLength(0)
  looking.start()
  let stopped = false
  const stopping = looking.stop().then(() => {
    stopped = true
  })
  await vi.advanceTimersByTimeAsync(5000)
  expect([ends.length, stopped]).toEqual([1, false])
  ends[0]?.()
  await stopping
  looking.wake()
  looking.start()
  await vi.advanceTimersByTimeAsync(5000)
  expect(ends).toHaveLength(1)
})
