import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activeFrom, windowIsOpen } from '../../../src/sandbox/world/credit-window.ts'

const day = 86_400_000
const at = (date: string) => Date.parse(`${date}T12:00:00Z`)

describe('when a credit line can be shared', () => {
  it('is what procedures.md 11 says of single days', () => {
    const open = ['2026-04-21', '2026-04-27', '2026-05-05', '2026-05-28', '2026-02-25', '2028-02-26', '2026-12-28']
    const closed = ['2026-04-28', '2026-05-04', '2026-05-29', '2026-02-26', '2028-02-27', '2026-12-29', '2027-01-02']
    expect(open.filter((date) => !windowIsOpen(at(date)))).toEqual([])
    expect(closed.filter((date) => windowIsOpen(at(date)))).toEqual([])
    expect(new Date(activeFrom(at('2026-12-28'))).toISOString()).toBe('2027-01-01T00:00:00.000Z')
  })

  it('leaves out the last 3 and the first 4 days of every month of ten years, at any time of day', () => {
    const first = Date.UTC(2026, 0, 1)
    const ten = fc.integer({ min: 0, max: 10 * 366 * day })
    fc.assert(
      fc.property(ten, (offset) => {
        const ms = first + offset
        const month = (of: number) => new Date(of).getUTCMonth()
        const nearStart = month(ms - 4 * day) !== month(ms)
        const nearEnd = month(ms + 3 * day) !== month(ms)
        expect(windowIsOpen(ms)).toBe(!nearStart && !nearEnd)
      }),
      { numRuns: 2000 },
    )
    for (let ms = first; ms < first + 3653 * day; ms += day) {
      const start = activeFrom(ms)
      expect(new Date(start).getUTCDate()).toBe(1)
      expect(start - ms).toBeGreaterThan(0)
      expect(start - ms).toBeLessThanOrEqual(31 * day)
    }
  })

  it('is open on 21 to 24 days of a month', () => {
    for (let month = 0; month < 120; month += 1) {
      const days = Array.from({ length: 31 }, (_, n) => Date.UTC(2026, month, n + 1))
      const open = days.filter((ms) => new Date(ms).getUTCMonth() === month % 12 && windowIsOpen(ms))
      expect(open.length).toBeGreaterThanOrEqual(21)
      expect(open.length).toBeLessThanOrEqual(24)
    }
  })
})
