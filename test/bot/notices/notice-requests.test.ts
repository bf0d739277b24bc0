import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tomorrowMorning } from '../../../src/bot/notices/morning.ts'
import { readEntry, readLength, readMute, readSubscription } from '../../../src/bot/notices/notice-requests.ts'
import { openTexts } from '../../../src/bot/texts.ts'
import { families } from '../../../src/notify/families.ts'

const hour = 3_600_000
const day = 24 * hour
const texts = openTexts(new URL('../../../locales/', import.meta.url))('en', 'UTC')

describe('what a room subscribes to', () => {
  it.each([
    ['templates', { kinds: [...families.templates] }],
    ['Templates QUALITY @de', { kinds: [...families.templates, ...families.quality], countries: ['DE'] }],
    ['everything critical', { kinds: ['*'], severities: ['critical'] }],
    ['template-rejected, two-step-*', { kinds: ['template-rejected', 'two-step-*'] }],
    ['critical warning', { severities: ['critical', 'warning'] }],
    ['@UK', { countries: ['GB'] }],
    ['@DE @BR Acme Corp', { countries: ['DE', 'BR'], text: 'Acme Corp' }],
  ])('%s', (words, match) => {
    expect(readSubscription(words)).toEqual({ ok: true, match })
  })

  it.each([
    ['@Germany', 'country', '@Germany'],
    ['templates @', 'country', '@'],
    ['@QX', 'country', '@QX'],
    ['tomplates-*', 'kind', 'tomplates-*'],
    ['x'.repeat(101), 'text', 'x'.repeat(40)],
    ['', 'subscribe', ''],
    [' , ', 'subscribe', ''],
  ])('not: %s', (words, problem, word) => {
    expect(readSubscription(words)).toEqual({ ok: false, problem, word })
  })
})

describe('what is muted', () => {
  it.each([
    ['+49 30 1234567 for 3d we move it', { subject: 'phone:49301234567' }, 3 * day, 'we move it'],
    ['template-rejected for 30 m known', { kind: 'template-rejected' }, hour / 2, 'known'],
    ['template-* FOR 2w spam for fun', { kind: 'template-*' }, 14 * day, 'spam for fun'],
    ['waba 70011 for 8h known', { subject: 'waba:70011' }, 8 * hour, 'known'],
    ['client:abC9 for 8h known', { subject: 'client:abC9' }, 8 * hour, 'known'],
    ['360dialog for 1h outage', { source: 'hub' }, hour, 'outage'],
    ['Meta for 1h outage\nsee status page', { source: 'meta' }, hour, 'outage\nsee status page'],
  ])('%s', (words, scope, length, reason) => {
    expect(readMute(words)).toEqual({ ok: true, scope, length, reason })
  })

  it.each([
    ['', 'mute', ''],
    ['+49 30 1234567', 'mute', ''],
    ['+49 30 1234567 3d known', 'mute', ''],
    ['for 3d known', 'mute', ''],
    ['+49 30 1234567 for ever', 'mute', ''],
    ['+49 30 1234567 for 3x known', 'length', '3x'],
    ['+49 30 1234567 for 0h known', 'length', '0h'],
    ['+49 30 1234567 for -1h known', 'length', '-1h'],
    ['+49 30 1234567 for 3 known', 'length', '3known'],
    ['tomplates for 3d known', 'what', 'tomplates'],
    ['030 1234567 for 3d known', 'what', '030 1234567'],
    ['* for 3d known', 'what', '*'],
    ['+49 30 1234567 for 3d', 'reason', ''],
    ['+49 30 1234567 for 3d  ', 'reason', ''],
  ])('not: %s', (words, problem, word) => {
    expect(readMute(words)).toEqual({ ok: false, problem, word })
    expect(texts.has(`notice-desk.problems.${problem}`)).toBe(true)
  })

  it('is read from anything without falling over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (words) => {
        for (const read of [readMute(words), readSubscription(words)]) {
          if (!read.ok) expect(texts.has(`notice-desk.problems.${read.problem}`)).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })
})

it('a length of time is a number and a unit', () => {
  expect(['1h', '30 min', '2W', '1d'].map(readLength)).toEqual([hour, hour / 2, 14 * day, day])
  expect(['', 'h', '1', '1y', '1.5h', '123456h', 'morning'].map(readLength)).toEqual(Array(7).fill(undefined))
})

it('an entry of a list is its number', () => {
  expect(['3', ' #12 '].map(readEntry)).toEqual([3, 12])
  expect(['', 'three', '-1', '1 2', '9'.repeat(10)].map(readEntry)).toEqual(Array(5).fill(undefined))
})

describe('tomorrow at nine', () => {
  const at = (zone: string, moment: string) => new Date(tomorrowMorning(Date.parse(moment), zone)).toISOString()

  it('is nine where the person is', () => {
    expect(at('UTC', '2026-03-05T23:30:00Z')).toBe('2026-03-06T09:00:00.000Z')
    expect(at('America/Sao_Paulo', '2026-03-06T01:00:00Z')).toBe('2026-03-06T12:00:00.000Z')
  })

  it('stays nine when the clocks change overnight', () => {
    expect(at('Europe/Berlin', '2026-03-28T20:00:00Z')).toBe('2026-03-29T07:00:00.000Z')
    expect(at('Europe/Berlin', '2026-10-24T20:00:00Z')).toBe('2026-10-25T08:00:00.000Z')
  })
})
