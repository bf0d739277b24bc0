import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import { cardHtml } from '../../../src/bot/telegram/html.ts'
import { telegramLimits } from '../../../src/bot/telegram/limits.ts'
import { parseHtml } from '../../../src/sandbox/telegram/html.ts'
import { arbitraryCard } from './arbitrary-card.ts'

/** The tags of a message, in order; fails on a tag that does not belong there or does not close. */
function checkTags(html: string) {
  const open: string[] = []
  for (const [tag, end, name = ''] of html.matchAll(/<(\/?)([^>]*)>/g)) {
    expect(['b', 'i'], tag).toContain(name)
    if (end) expect(open.pop()).toBe(name)
    else open.push(name)
  }
  expect(open).toEqual([])
  expect(html.replace(/<\/?[bi]>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/)
}

test('any card is a message that Telegram takes', () => {
  fc.assert(
    fc.property(arbitraryCard, (card) => {
      const html = cardHtml(card)
      checkTags(html)
      const { text } = parseHtml(html)
      expect(text.length).toBeLessThanOrEqual(telegramLimits.text)
      expect(text.trim()).not.toBe('')
      expect(text.isWellFormed()).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('whatever a text holds is shown, not obeyed', () => {
  const printable = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((text) => !/\s|\p{Cc}/u.test(text))
  fc.assert(
    fc.property(fc.oneof(printable, fc.constantFrom('<b>x', '</i>', '&lt;', '"&"', '<a href="x">')), (text) => {
      const { text: shown, entities } = parseHtml(
        cardHtml({ title: text, items: [{ mark: 'open', title: text, notes: [] }] }),
      )
      expect(shown).toBe(`${text.replaceAll(/\s+/g, ' ')}\n\n⬜ ${text.replaceAll(/\s+/g, ' ')}`)
      expect(entities).toHaveLength(1)
    }),
  )
})

const card: Card = {
  title: 'PD-142 · Move a number away',
  subtitle: '+49 30 1234567 · Nordwind',
  state: { text: 'Waiting for the client', tone: 'waiting' },
  progress: { done: 3, total: 5 },
  text: ['The target provider starts the move.'],
  items: [
    { mark: 'done', title: 'Two-step verification is off', notes: ['Meta, 14:05'] },
    { mark: 'failed', title: 'Balance', notes: ['-3.20 EUR', 'client'] },
    { mark: 'checking', title: 'Moved', notes: [] },
  ],
  fields: [{ label: 'Target', value: 'A & B <GmbH>' }],
  footer: ['as of 14:05'],
}

test('a case as people see it', () => {
  expect(cardHtml(card)).toBe(
    [
      '<b>PD-142 · Move a number away</b>',
      '+49 30 1234567 · Nordwind',
      '🟡 Waiting for the client',
      '▰▰▰▱▱ 3/5',
      '',
      'The target provider starts the move.',
      '',
      '✅ Two-step verification is off',
      '<i>      Meta, 14:05</i>',
      '❌ Balance',
      '<i>      -3.20 EUR · client</i>',
      '🔄 Moved',
      '',
      '<b>Target:</b> A &amp; B &lt;GmbH&gt;',
      '',
      '<i>as of 14:05</i>',
    ].join('\n'),
  )
})

test('a card that is too long loses what is finished before what is open, and says so', () => {
  const items = Array.from({ length: 30 }, (_, index) => ({
    mark: index < 12 ? ('done' as const) : ('open' as const),
    title: `Step ${index + 1}`,
    notes: [`${'n'.repeat(180)}`],
  }))
  const { text } = parseHtml(cardHtml({ ...card, items }))
  expect(text).not.toContain('Step 1\n')
  expect(text).toContain('Step 12\n')
  for (const open of items.slice(12)) expect(text).toContain(`⬜ ${open.title}\n      nnn`)
  expect(text).toMatch(/as of 14:05\n\n…$/)
  expect(text.length).toBeGreaterThan(3700)
})

test('then the notes go, from the end', () => {
  const items = Array.from({ length: 30 }, (_, index) => ({
    mark: 'open' as const,
    title: `Step ${index + 1}`,
    notes: [`${'n'.repeat(300)}`],
  }))
  const { text } = parseHtml(cardHtml({ ...card, items }))
  expect(text).toContain('Step 1\n      nnn')
  expect(text).toContain('⬜ Step 29\n⬜ Step 30\n')
  expect(text).toContain('Target: A & B <GmbH>')
})

test('one text cannot push out the others', () => {
  const { text } = parseHtml(cardHtml({ ...card, title: '🏟'.repeat(3000) }))
  expect(text).toContain('🏟…\n+49 30')
  expect(text).toContain('as of 14:05')
})

test('a card without anything is still a message', () => {
  expect(cardHtml({ title: ' ' })).toBe('…')
})
