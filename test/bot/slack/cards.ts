import fc from 'fast-check'
import type { Button, Card, Item, Tone } from '../../../src/bot/card.ts'

/** Texts that try to be more than text, besides any other. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 120 }) },
  fc.constantFrom(
    '<!channel>',
    '<@U0ANA>',
    '<https://evil.example|Log in>',
    '&lt;!here&gt;',
    '*bold* _it_ `code`',
    '> quote',
    '',
    '  ',
    '👩‍👩‍👧‍👦'.repeat(40),
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((part) => `${part}<&>`.repeat(150)),
)

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const without = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))

const marks: Item['mark'][] = ['done', 'open', 'waiting', 'failed', 'warning', 'checking', 'skipped', 'hidden']
const tones: Tone[] = ['open', 'waiting', 'attention', 'done', 'stopped', 'info']

const button: fc.Arbitrary<Button> = fc
  .record({
    label: text,
    press: optional(fc.oneof(fc.string({ maxLength: 64 }), fc.constantFrom('y|4|c|release', 'z'))),
    url: optional(fc.webUrl()),
    style: optional(fc.constantFrom('primary' as const, 'danger' as const)),
    confirm: optional(fc.record({ title: text, text, yes: text, no: text })),
  })
  .map((value) => without(value) as unknown as Button)

/** Any card. */
export const anyCard: fc.Arbitrary<Card> = fc
  .record({
    title: text,
    subtitle: optional(text),
    state: optional(fc.record({ text, tone: fc.constantFrom(...tones) })),
    progress: optional(fc.record({ done: fc.nat(60), total: fc.nat(60) })),
    text: optional(fc.array(text, { maxLength: 30 })),
    fields: optional(fc.array(fc.record({ label: text, value: text }), { maxLength: 50 })),
    items: optional(
      fc.array(fc.record({ mark: fc.constantFrom(...marks), title: text, notes: fc.array(text, { maxLength: 4 }) }), {
        maxLength: 80,
      }),
    ),
    buttons: optional(fc.array(button, { maxLength: 60 })),
    footer: optional(fc.array(text, { maxLength: 12 })),
  })
  .map((value) => without(value) as unknown as Card)
