import { expect, test } from 'vitest'
import { openTexts } from '../../src/bot/texts.ts'
import { showValue, showValues } from '../../src/bot/values.ts'

const texts = openTexts(new URL('../../locales/', import.meta.url))('en', 'Europe/Berlin')
const plain = (text: string) => text.replaceAll(/\s/g, ' ')

test.each([
  ['2026-04-01', 'April 1, 2026'],
  ['2026-04-01T09:00:00Z', 'Apr 1, 11:00'],
  ['12.50 EUR', 'EUR 12.50'],
  ['-3.20 EUR', '-EUR 3.20'],
  ['1250 JPY', 'JPY 1,250'],
  ['+493023125101', '+49 30 23125101'],
  [true, 'yes'],
  [5, '5'],
  ['CLOUD_API', 'CLOUD_API'],
  ['12.50', '12.50'],
])('%j is read as %s', (value, shown) => {
  expect(plain(showValue(texts, value))).toBe(shown)
})

test('numbers stay numbers, so that a text can count with them', () => {
  expect(showValues(texts, { days: 5, resume: '2026-04-01' })).toEqual({ days: 5, resume: 'April 1, 2026' })
  expect(showValues(texts)).toEqual({})
})
