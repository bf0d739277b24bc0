import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePress, type Verb } from '../../../src/bot/press.ts'
import { confirmKeyboard, confirmOf, keyboard } from '../../../src/bot/telegram/keyboard.ts'
import { telegramLimits } from '../../../src/bot/telegram/limits.ts'
import { catalogue } from '../../../src/flows/index.ts'
import { arbitraryCard } from './arbitrary-card.ts'

const confirm = { title: 'Sure?', text: 'There is no way back.', yes: 'Yes', no: 'No' }

test('any card has a keyboard that Telegram takes', () => {
  fc.assert(
    fc.property(arbitraryCard, (card) => {
      const markup = keyboard(card)
      if (!markup) return
      const buttons = markup.inline_keyboard.flat()
      expect(buttons.length).toBeGreaterThan(0)
      expect(buttons.length).toBeLessThanOrEqual(telegramLimits.buttons)
      for (const row of markup.inline_keyboard) expect(row.length).toBeLessThanOrEqual(2)
      for (const button of buttons) {
        expect(button.text.trim()).not.toBe('')
        if ('callback_data' in button) {
          const bytes = Buffer.byteLength(button.callback_data)
          expect(bytes > 0 && bytes <= telegramLimits.callbackData, button.callback_data).toBe(true)
        } else {
          expect('url' in button && button.url).toMatch(/^https?:\/\/\S+$/i)
        }
      }
    }),
  )
})

test('the longest presses of every flow fit, the confirmed ones too', () => {
  const numbers = { case: 99_999_999, seq: 99_999 }
  for (const { id, questions, steps } of catalogue) {
    const stepVerbs: Verb[] = ['tick', 'attest', 'approve', 'decline', 'skip', 'start']
    const presses = [
      ...steps.flatMap(({ id: target }) => stepVerbs.map((verb) => encodePress({ verb, ...numbers, target }))),
      ...questions.map(({ id: target }) => encodePress({ verb: 'ask', ...numbers, target })),
      encodePress({ verb: 'new', target: id, value: '4930123456789012' }),
    ]
    for (const press of presses) {
      expect(keyboard({ title: id, buttons: [{ label: 'x', press, confirm }] }), `${id}: ${press}`).toBeDefined()
    }
  }
})

test('short labels share a row, long ones stand alone, links open pages', () => {
  const buttons = [
    { label: 'Yes', press: 'a|1' },
    { label: 'No', press: 'a|2' },
    { label: 'I have read and understood it', press: 'a|3', style: 'primary' as const },
    { label: 'Help', url: 'https://example.com/help' },
    { label: 'No link', url: 'javascript:alert(1)' },
  ]
  expect(keyboard({ title: 'x', buttons })?.inline_keyboard).toEqual([
    [
      { text: 'Yes', callback_data: 'a|1' },
      { text: 'No', callback_data: 'a|2' },
    ],
    [{ text: 'I have read and understood it', callback_data: 'a|3', style: 'primary' }],
    [{ text: 'Help', url: 'https://example.com/help' }],
  ])
  expect(keyboard({ title: 'x' })).toBeUndefined()
})

test('a press that needs a confirm is marked, and finds its question on a newer card', () => {
  const at = (seq: number) => encodePress({ verb: 'start', case: 7, seq, target: 'delete' })
  const card = { title: 'x', buttons: [{ label: 'Delete', press: at(9), confirm }] }
  expect(keyboard(card)?.inline_keyboard).toEqual([[{ text: 'Delete', callback_data: `?${at(9)}` }]])
  expect(confirmOf(card, at(4))).toEqual(confirm)
  expect(confirmOf(card, encodePress({ verb: 'start', case: 8, target: 'delete' }))).toBeUndefined()
  expect(confirmKeyboard(confirm, at(9)).inline_keyboard).toEqual([
    [
      { text: 'Yes', callback_data: `!${at(9)}`, style: 'danger' },
      { text: 'No', callback_data: '!z' },
    ],
  ])
})
