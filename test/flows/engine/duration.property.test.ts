import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Duration, durationMs } from '../../../src/flows/engine/duration.ts'

const part = fc.nat(1000)

test('a duration is the sum of its parts, a day is 24 hours', () => {
  fc.assert(
    fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
      const duration: Duration = `P${days}DT${hours}H${minutes}M${seconds}S`
      expect(durationMs(duration)).toBe(((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000)
    }),
  )
})

test('weeks are seven days, and the same span is the same however it is written', () => {
  fc.assert(
    fc.property(part, (n) => {
      expect(durationMs(`P${n}W`)).toBe(durationMs(`P${n * 7}D`))
      expect(durationMs(`P${n}D`)).toBe(durationMs(`PT${n * 24}H`))
    }),
  )
})

test('a longer duration is longer', () => {
  fc.assert(
    fc.property(part, fc.integer({ min: 1, max: 1000 }), (n, more) => {
      expect(durationMs(`PT${n + more}M`)).toBeGreaterThan(durationMs(`PT${n}M`))
    }),
  )
})

test.each(['P', 'PT', 'P1', 'P1H', 'Pat', 'P-1D', 'P1.5D'] as const)('%s is no duration', (text) => {
  expect(() => durationMs(text)).toThrow(RangeError)
})
