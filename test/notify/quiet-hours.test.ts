import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextDigest, quietUntil } from '../../src/notify/quiet-hours.ts'

const minute = 60_000
const ms = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const wall = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
const shown = (at: number | undefined, zone: string) =>
  at === undefined ? undefined : wall(at, zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' })

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin', weekends: false }
  const lunch = { ...night, from: '12:00', to: '13:00' }
  const free = { ...night, weekends: true }

  // 2026-11-24 is a Tuesday.
  it.each([
    ['the evening is not quiet yet', night, '2026-11-24T21:59+01:00', undefined],
    ['from ten on it is', night, '2026-11-24T22:00+01:00', '2026-11-25T07:00+01:00'],
    ['after midnight it still is', night, '2026-11-25T06:59+01:00', '2026-11-25T07:00+01:00'],
    ['at seven it is over', night, '2026-11-25T07:00+01:00', undefined],
    ['quiet within one day', lunch, '2026-11-24T12:30+01:00', '2026-11-24T13:00+01:00'],
    ['a working day is loud', free, '2026-11-24T12:00+01:00', undefined],
    ['Friday night lasts until Monday morning', free, '2026-11-27T23:00+01:00', '2026-11-30T07:00+01:00'],
    ['Saturday noon, too', free, '2026-11-28T12:00+01:00', '2026-11-30T07:00+01:00'],
    [
      'a weekend without a night ends at midnight',
      { ...lunch, weekends: true },
      '2026-11-28T12:00+01:00',
      '2026-11-30T00:00+01:00',
    ],
    [
      'weekends are the zone’s own',
      { ...free, timeZone: 'Pacific/Auckland' },
      '2026-11-27T12:00Z',
      '2026-11-30T07:00+13:00',
    ],
  ])('%s', (_, hours, at, until) => {
    expect(shown(quietUntil(ms(at), hours), hours.timeZone)).toBe(until)
  })

  it.each([
    [
      'an end that the clocks jump over: at the jump',
      { ...night, to: '02:30' },
      '2026-03-29T01:00+01:00',
      '2026-03-29T03:00+02:00',
    ],
    [
      'an end that the clocks show twice: the first',
      { ...night, to: '02:30' },
      '2026-10-25T01:00+02:00',
      '2026-10-25T02:30+02:00',
    ],
    [
      'the second time it is quiet again',
      { ...night, to: '02:30' },
      '2026-10-25T02:10+01:00',
      '2026-10-25T02:30+01:00',
    ],
    [
      'clocks that go back to before the quiet',
      { ...night, from: '02:30', to: '04:00' },
      '2026-10-25T02:50+02:00',
      '2026-10-25T02:00+01:00',
    ],
  ])('when the clocks change: %s', (_, hours, at, until) => {
    expect(shown(quietUntil(ms(at), hours), hours.timeZone)).toBe(until)
  })
})

const zones = [
  'Europe/Berlin',
  'America/Sao_Paulo',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Africa/Casablanca',
]

/** A moment near one of ten years' changes of the clocks; anywhere in those years where there are none. */
const moment = fc
  .record({
    zone: fc.constantFrom(...zones),
    start: fc.integer({ min: ms('2020-01-01T00:00Z') / minute, max: ms('2029-12-31T00:00Z') / minute }),
    off: fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }),
  })
  .map(({ zone, start, off }) => {
    const change = wall(start * minute, zone).getTimeZoneTransition('next')
    const near = change && change.year < 2030 ? change.epochMilliseconds : start * minute
    return { zone, at: near + off * minute }
  })
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, rest]) => `${String(hour).padStart(2, '0')}:${rest}`)

describe('over ten years of changing clocks', () => {
  it('quiet hours end at the first minute that is not quiet', () => {
    const rule = fc.property(moment, time, time, fc.boolean(), ({ zone, at }, from, to, weekends) => {
      fc.pre(from !== to)
      const hours = { from, to, timeZone: zone, weekends }
      const until = quietUntil(at, hours)
      const quiet = (now: number) => isQuietByHand(wall(now, zone), hours)
      expect(until !== undefined).toBe(quiet(at))
      if (until === undefined) return
      expect(until).toBeGreaterThan(at)
      expect(quiet(until)).toBe(false)
      const between = Array.from(
        { length: Math.ceil((until - at) / (15 * minute)) },
        (_, step) => at + step * 15 * minute,
      )
      expect(between.filter((now) => !quiet(now))).toEqual([])
    })
    fc.assert(rule, { numRuns: 100 })
  })

  it('a digest comes at its time on the wall, on each day or each Monday once', () => {
    const rule = fc.property(
      moment,
      time,
      fc.constantFrom('day' as const, 'week' as const),
      ({ zone, at }, told, every) => {
        const digest = { every, at: told, timeZone: zone }
        const first = nextDigest(at, digest)
        const second = nextDigest(first, digest)
        expect(first).toBeGreaterThan(at)
        const [one, two] = [wall(first, zone), wall(second, zone)]
        expect(two.toPlainDate().since(one.toPlainDate()).days).toBe(every === 'day' ? 1 : 7)
        if (every === 'week') expect(one.dayOfWeek).toBe(1)
        for (const day of [one, two]) {
          const clock = day.toPlainTime().toString({ smallestUnit: 'minute' })
          const skipped = day
            .toPlainDate()
            .toPlainDateTime(told)
            .toZonedDateTime(zone)
            .toPlainTime()
            .toString({ smallestUnit: 'minute' })
          // A time that the clocks jump over is told at the jump.
          if (skipped === told) expect(clock).toBe(told)
          else
            expect(day.subtract({ milliseconds: 1 }).toPlainTime().toString().slice(0, 5) < told && told < clock).toBe(
              true,
            )
        }
      },
    )
    fc.assert(rule, { numRuns: 100 })
  })
})

/** The rule itself, for one moment. */
function isQuietByHand(
  at: Temporal.ZonedDateTime,
  { from, to, weekends }: { from: string; to: string; weekends: boolean },
) {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  const now = at.hour * 60 + at.minute
  const night = minutes(from) > minutes(to)
  const inside = night ? now >= minutes(from) || now < minutes(to) : now >= minutes(from) && now < minutes(to)
  return inside || (weekends && (at.dayOfWeek === 6 || at.dayOfWeek === 7))
}
