import { expect, test } from 'vitest'
import { lastDayOfMonth, startOfNextMonth } from '../../src/flows/month-end.ts'

test.each([
  ['2026-04-10T08:00:00Z', '2026-04-30'],
  ['2026-04-30T23:59:59Z', '2026-04-30'],
  ['2026-05-01T00:00:00Z', '2026-05-31'],
  ['2026-12-31T12:00:00Z', '2026-12-31'],
  ['2027-02-01T00:00:00Z', '2027-02-28'],
  ['2028-02-29T09:00:00Z', '2028-02-29'],
])('what is cancelled at %s ends with %s', (at, day) => {
  const asked = Date.parse(at)
  expect(lastDayOfMonth(asked)).toBe(day)
  expect(startOfNextMonth(asked)).toBe(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
})

test('on every day of ten years the end is in the same month, and the next day is a first', () => {
  for (let at = Date.UTC(2026, 0, 1, 5); at < Date.UTC(2036, 0, 1); at += 86_400_000) {
    expect(lastDayOfMonth(at).slice(0, 7)).toBe(new Date(at).toISOString().slice(0, 7))
    expect(new Date(startOfNextMonth(at)).toISOString()).toMatch(/-01T00:00:00\.000Z$/)
  }
})
