import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/bot/card.ts'
import { looksOf, showsIt } from '../../src/bot/drawn.ts'
import { encodePress } from '../../src/bot/press.ts'
import { openTexts, type Texts } from '../../src/bot/texts.ts'

const texts = openTexts(new URL('../../locales/', import.meta.url))('en', 'UTC')
const start = Date.parse('2026-03-02T09:00:00Z')
const minute = 60_000

/** A card with one check, drawn some time after it was looked at. */
const drawing =
  ({ seq = 7, after = 0, title = 'Two-step verification is off' } = {}) =>
  (words: Texts): Card => ({
    title: 'PD-1',
    items: [{ mark: 'open', title, notes: [`checked ${words.relative(start, start + after)}`] }],
    buttons: [{ label: 'Done', press: encodePress({ verb: 'tick', case: 1, seq, target: 'pack' }) }],
    footer: [`Updated ${words.time(start + after)}`],
  })
const looks = (how?: Parameters<typeof drawing>[0]) => looksOf(drawing(how), texts)

describe('what a card looks like', () => {
  test('hangs neither on the time nor on the number of the last event', () => {
    const numbers = [fc.nat({ max: 10_000 }), fc.nat({ max: 90 * 86_400_000 })] as const
    const same = fc.property(...numbers, (seq, after) => looks({ seq, after }) === looks())
    fc.assert(same, { numRuns: 50 })
  })

  test('hangs on every word', () => {
    expect(looks({ title: 'Two-step verification is on' })).not.toBe(looks())
  })
})

describe('a message', () => {
  test('stays as it is only while it says the same and its time is younger than 15 minutes', () => {
    const drawn = { looks: 'a', at: start }
    const rule = fc.property(
      fc.integer({ min: 0, max: 30 * minute }),
      fc.boolean(),
      (age, same) => showsIt(drawn, same ? 'a' : 'b', start + age) === (same && age < 15 * minute),
    )
    fc.assert(rule, { numRuns: 100 })
  })

  test('is edited when nobody knows what it looks like', () => {
    expect(showsIt(undefined, 'a', start)).toBe(false)
  })
})
