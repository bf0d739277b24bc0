import fc from 'fast-check'
import type { Button, Card } from '../../../src/bot/card.ts'

/** Texts as people and platforms write them, with everything that markup could trip over. */
export const arbitraryText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom(
    '',
    ' ',
    '<b>',
    '</b>',
    '&lt;',
    '&amp;',
    '<a href="x">',
    'a < b && c > "d"',
    '\u0000',
    '\ud800',
    '🏟\n\n🏟',
  ),
  fc.integer({ min: 1, max: 6000 }).map((length) => '<&🏟'.repeat(length / 3 + 1).slice(0, length)),
)

const optional: { noNullPrototype: true; requiredKeys: [] } = { noNullPrototype: true, requiredKeys: [] }

const confirm = fc.record({ title: arbitraryText, text: arbitraryText, yes: arbitraryText, no: arbitraryText })

export const arbitraryButton: fc.Arbitrary<Button> = fc
  .tuple(
    arbitraryText,
    fc.record(
      {
        press: fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 30 })),
        url: fc.oneof(fc.webUrl(), fc.constantFrom('javascript:alert(1)', 'https://a b', 'tg://x', '')),
        style: fc.constantFrom('primary', 'danger'),
        confirm,
      },
      optional,
    ),
  )
  .map(([label, rest]) => ({ label, ...rest }))

const item = fc.record({
  mark: fc.constantFrom('done', 'open', 'waiting', 'failed', 'warning', 'checking', 'skipped', 'hidden'),
  title: arbitraryText,
  notes: fc.array(arbitraryText, { maxLength: 4 }),
})

/** Any card at all. */
export const arbitraryCard: fc.Arbitrary<Card> = fc
  .tuple(
    arbitraryText,
    fc.record(
      {
        subtitle: arbitraryText,
        state: fc.record({
          text: arbitraryText,
          tone: fc.constantFrom('open', 'waiting', 'attention', 'done', 'stopped', 'info'),
        }),
        progress: fc.record({ done: fc.integer({ min: -2, max: 30 }), total: fc.integer({ min: -2, max: 30 }) }),
        text: fc.array(arbitraryText, { maxLength: 6 }),
        fields: fc.array(fc.record({ label: arbitraryText, value: arbitraryText }), { maxLength: 30 }),
        items: fc.array(item, { maxLength: 40 }),
        buttons: fc.array(arbitraryButton, { maxLength: 40 }),
        footer: fc.array(arbitraryText, { maxLength: 3 }),
      },
      optional,
    ),
  )
  .map(([title, rest]) => ({ title, ...rest }))
