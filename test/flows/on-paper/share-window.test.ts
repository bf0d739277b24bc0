import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { allowed, downtimeDays, latestStart, nextShareDay, planFrom, resume } from './share-window.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

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
])('sharing on %s is allowed: %s; next %s, live %s', (asked, ok, next, live) => {
  expect(allowed(day(asked))).toBe(ok)
  expect(nextShareDay(day(asked)).toString()).toBe(next)
  expect(resume(nextShareDay(day(asked))).toString()).toBe(live)
})

test.each([
  ['2026-04-20', '2026-04-21', 11],
  ['2026-04-26', '2026-04-26', 5],
  ['2026-04-27', '2026-04-27', 4],
  ['2026-04-28', '2026-05-05', 34],
  ['2026-04-20', '2026-05-06', 42],
  ['2026-03-03', '2026-03-05', 29],
  ['2026-02-26', '2026-03-05', 34],
  ['2026-03-29', '2026-04-05', 33],
  ['2026-12-29', '2027-01-05', 34],
])('unshared on %s, shared on %s: %i days without sending', (unshared, shared, days) => {
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
])('planned on %s: start %s (latest %s), live %s after %i days', (today, start, latest, live, days) => {
  const planned = planFrom(day(today))
  expect(planned.toString()).toBe(start)
  expect(latestStart(planned).toString()).toBe(latest)
  expect(resume(planned).toString()).toBe(live)
  expect(downtimeDays(planned, planned)).toBe(days)
})
