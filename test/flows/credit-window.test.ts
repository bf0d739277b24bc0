import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  allowed,
  type Day,
  dayOf,
  downtimeDays,
  edgeDay,
  edgeMoment,
  latestStart,
  nextShareDay,
  plan,
  recommended,
  resume,
  startOf,
} from '../../src/flows/credit-window.ts'
import { zoneOfMeta } from '../../src/flows/meta-time-zones.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const compare = Temporal.PlainDate.compare

test.each([
  ['2026-04-21', true, '2026-04-21', '2026-05-01'],
  ['2026-04-27', true, '2026-04-27', '2026-05-01'],
  ['2026-04-28', false, '2026-05-05', '2026-06-01'],
  ['2026-05-04', false, '2026-05-05', '2026-06-01'],
  ['2026-05-05', true, '2026-05-05', '2026-06-01'],
  ['2026-05-28', true, '2026-05-28', '2026-06-01'],
  ['2026-05-29', false, '2026-06-05', '2026-07-01'],
  ['2026-02-25', true, '2026-02-25', '2026-03-01'],
  ['2026-02-26', false, '2026-03-05', '2026-04-01'],
  ['2028-02-26', true, '2028-02-26', '2028-03-01'],
  ['2028-02-27', false, '2028-03-05', '2028-04-01'],
  ['2026-01-28', true, '2026-01-28', '2026-02-01'],
  ['2026-01-29', false, '2026-02-05', '2026-03-01'],
  ['2026-12-28', true, '2026-12-28', '2027-01-01'],
  ['2026-12-29', false, '2027-01-05', '2027-02-01'],
  ['2027-01-02', false, '2027-01-05', '2027-02-01'],
])('sharing on %s is allowed: %s; the next day for it is %s, live on %s', (asked, ok, next, live) => {
  expect(allowed(day(asked))).toBe(ok)
  expect(nextShareDay(day(asked)).toString()).toBe(next)
  expect(resume(nextShareDay(day(asked))).toString()).toBe(live)
})

test.each([
  ['2026-04-20', '2026-04-21', '2026-05-01', 11],
  ['2026-04-26', '2026-04-26', '2026-05-01', 5],
  ['2026-04-27', '2026-04-27', '2026-05-01', 4],
  ['2026-04-28', '2026-05-05', '2026-06-01', 34],
  ['2026-04-20', '2026-05-06', '2026-06-01', 42],
  ['2026-03-03', '2026-03-05', '2026-04-01', 29],
  ['2026-02-26', '2026-03-05', '2026-04-01', 34],
  ['2026-03-29', '2026-04-05', '2026-05-01', 33],
  ['2026-12-29', '2027-01-05', '2027-02-01', 34],
])('unshared on %s and shared on %s: live on %s after %i days without sending', (unshared, shared, live, days) => {
  expect(resume(day(shared)).toString()).toBe(live)
  expect(downtimeDays(day(unshared), day(shared))).toBe(days)
})

test.each([
  ['2026-03-10', '2026-03-27', '2026-03-28', '2026-04-01', 5],
  ['2026-03-28', '2026-03-28', '2026-03-28', '2026-04-01', 4],
  ['2026-03-29', '2026-04-26', '2026-04-27', '2026-05-01', 5],
  ['2026-02-03', '2026-02-24', '2026-02-25', '2026-03-01', 5],
  ['2026-02-26', '2026-03-27', '2026-03-28', '2026-04-01', 5],
  ['2028-02-10', '2028-02-25', '2028-02-26', '2028-03-01', 5],
  ['2026-12-30', '2027-01-27', '2027-01-28', '2027-02-01', 5],
  ['2026-04-28', '2026-05-27', '2026-05-28', '2026-06-01', 5],
])('planned on %s: begin on %s, on %s at the latest, live on %s after %i days', (today, start, latest, live, days) => {
  const planned = plan(day(today))
  expect(planned.toString()).toBe(start)
  expect(latestStart(planned).toString()).toBe(latest)
  expect(resume(planned).toString()).toBe(live)
  expect(downtimeDays(planned, planned)).toBe(days)
})

test.each([
  ['2026-02-01', 28, 5, 25, 24],
  ['2028-02-01', 29, 5, 26, 25],
  ['2026-04-01', 30, 5, 27, 26],
  ['2026-05-01', 31, 5, 28, 27],
])('the month of %s has %i days: allowed from %i to %i, best on %i', (first, days, from, to, best) => {
  const month = Array.from({ length: days }, (_, index) => day(first).add({ days: index }))
  expect(month.filter(allowed).map((each) => each.day)).toEqual(
    Array.from({ length: to - from + 1 }, (_, n) => from + n),
  )
  expect(latestStart(day(first)).day).toBe(to)
  expect(recommended(day(first)).day).toBe(best)
  expect(recommended(day(first), 60).day).toBe(from)
})

describe('every day of ten years', () => {
  const first = day('2026-01-01')
  const days: Day[] = Array.from({ length: 3653 }, (_, index) => first.add({ days: index }))
  const inTheMiddle = (each: Day) => each.day > 4 && each.day <= each.daysInMonth - 3

  test.each([0, 1, 2, 7])(
    'with %i days to spare the planned share day is allowed and nothing is live earlier',
    (buffer) => {
      for (const today of days) {
        const planned = plan(today, buffer)
        expect(inTheMiddle(planned), `${today} plans ${planned}`).toBe(true)
        expect(compare(planned, today), `${today} plans the past`).toBeGreaterThanOrEqual(0)
        const ahead = Array.from({ length: 40 }, (_, index) => today.add({ days: index })).filter(inTheMiddle)
        const earliest = ahead.map(resume).sort(compare)[0]
        expect(resume(planned).toString(), `${today}`).toBe(earliest?.toString())
      }
    },
  )

  test('the next share day is the first that is allowed', () => {
    for (const today of days) {
      const next = nextShareDay(today)
      expect(inTheMiddle(next), `${today}`).toBe(true)
      for (let each = today; compare(each, next) < 0; each = each.add({ days: 1 }))
        expect(inTheMiddle(each)).toBe(false)
    }
  })

  test('sharing later never brings messages back earlier, and each day of waiting costs a day', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(60), fc.nat(60), (at, wait, more) => {
        const unshared = first.add({ days: at })
        const shared = unshared.add({ days: wait })
        const later = shared.add({ days: more })
        expect(downtimeDays(unshared, later)).toBeGreaterThanOrEqual(downtimeDays(unshared, shared))
        expect(downtimeDays(unshared, shared)).toBe(downtimeDays(unshared.add({ days: 1 }), shared) + 1)
        expect(downtimeDays(unshared, shared)).toBeGreaterThan(wait)
      }),
    )
  })

  test('a day and its beginning are the same thing', () => {
    for (const each of days) expect(dayOf(startOf(each)).equals(each)).toBe(true)
  })
})

describe('the edge of the window', () => {
  test('the first allowed day is the day before in Los Angeles', () => {
    expect(edgeDay(day('2026-05-05'))).toBe(true)
    expect(edgeMoment(Date.UTC(2026, 4, 5, 6))).toBe(true)
    expect(edgeMoment(Date.UTC(2026, 4, 5, 8))).toBe(false)
  })

  test('the last allowed day is the day after in the east', () => {
    expect(edgeDay(day('2026-05-28'))).toBe(false)
    expect(edgeDay(day('2026-05-28'), ['Australia/Sydney'])).toBe(true)
    expect(edgeMoment(Date.UTC(2026, 4, 28, 20), ['Australia/Sydney'])).toBe(true)
    expect(edgeMoment(Date.UTC(2026, 4, 28, 8), ['Australia/Sydney'])).toBe(false)
  })

  test('days in the middle and blocked days are no edge', () => {
    expect(
      ['2026-05-06', '2026-05-17', '2026-05-27', '2026-05-29', '2026-05-04'].map((each) => edgeDay(day(each))),
    ).toEqual(Array(5).fill(false))
  })

  test("Meta's number of a time zone is read, as far as it is known", () => {
    expect([zoneOfMeta('1'), zoneOfMeta('47'), zoneOfMeta('25')]).toEqual([
      'America/Los_Angeles',
      'Europe/Berlin',
      'America/Sao_Paulo',
    ])
    expect([zoneOfMeta('0'), zoneOfMeta('4711'), zoneOfMeta('x'), zoneOfMeta(undefined)]).toEqual(
      Array(4).fill(undefined),
    )
  })

  test('every zone of the list is one', () => {
    for (let id = 1; id <= 53; id += 1) {
      const zone = zoneOfMeta(String(id))
      expect(zone && dayOf(Date.UTC(2026, 4, 5, 12), zone).month, `${id}`).toBe(5)
    }
  })
})
