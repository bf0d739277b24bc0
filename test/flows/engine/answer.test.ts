import { expect, test } from 'vitest'
import { readAnswer } from '../../../src/flows/engine/answer.ts'
import { ask } from '../../../src/flows/engine/define.ts'
import type { Question, View } from '../../../src/flows/engine/types.ts'

const view: View = {
  answers: { number: '4930123456' },
  facts: {},
  readings: {},
  outcomes: {},
  endedAt: {},
  answeredAt: {},
  late: {},
  evidence: {},
  partners: [],
  payment: undefined,
  enabled: [],
  busy: undefined,
  now: 0,
}
const ref = { ref: 'x' }
const phone = ask.phone('a', ref)
const yesNo = ask.yesNo('a', ref)
const confirm = ask.confirm('a', ref)
const choice = ask.choice('a', ['red', 'blue'], ref)
const choices = ask.choices('a', ({ answers }) => [String(answers.number), 'other'], ref)
const date = ask.date('a', ref)
const metaId = ask.metaId('a', ref)
const hubId = ask.hubId('a', ref)
const email = ask.email('a', ref)
const url = ask.url('a', ref)
const text = ask.text('a', { ...ref, min: 2, max: 5 })
const number = ask.number('a', { ...ref, min: 0, max: 10 })

test.each<[string, Question, unknown, unknown]>([
  ['phone', phone, ' +49 (0)30/123-456.7 ', '490301234567'],
  ['phone', phone, '1234567', '1234567'],
  ['yes-no', yesNo, 'yes', true],
  ['yes-no', yesNo, ' no ', false],
  ['yes-no', yesNo, false, false],
  ['confirm', confirm, 'yes', true],
  ['choice', choice, 'blue', 'blue'],
  ['choices', choices, ['4930123456'], ['4930123456']],
  ['date', date, '2028-02-29', '2028-02-29'],
  ['meta-id', metaId, '102290129340398', '102290129340398'],
  ['hub-id', hubId, 'BrghtlPA', 'BrghtlPA'],
  ['email', email, ' ana@example.com ', 'ana@example.com'],
  ['url', url, 'https://example.com/a?b=c', 'https://example.com/a?b=c'],
  ['text', text, '  five5 ', 'five5'],
  ['number', number, '2,5', 2.5],
  ['number', number, 0, 0],
])('a good %s: %#', (_, question, raw, answer) => {
  expect(readAnswer(question, raw, view)).toEqual({ ok: true, answer })
})

test.each<[string, Question, unknown, string]>([
  ['phone', phone, '', 'empty'],
  ['phone', phone, 4930123456, 'empty'],
  ['phone', phone, '123456', 'not-a-phone'],
  ['phone', phone, '+49 30 CALL ME', 'not-a-phone'],
  ['phone', phone, '1234567890123456', 'not-a-phone'],
  ['yes-no', yesNo, 'maybe', 'not-yes-or-no'],
  ['yes-no', yesNo, undefined, 'not-yes-or-no'],
  ['confirm', confirm, 'no', 'not-yes-or-no'],
  ['choice', choice, 'green', 'not-an-option'],
  ['choice', choice, ['red'], 'not-an-option'],
  ['choices', choices, [], 'empty'],
  ['choices', choices, ['4930123456', 'mine'], 'not-an-option'],
  ['choices', choices, 'other', 'not-an-option'],
  ['date', date, '29.02.2028', 'not-a-date'],
  ['date', date, '2026-02-29', 'not-a-date'],
  ['date', date, '2026-03-10T09:00', 'not-a-date'],
  ['meta-id', metaId, '1234', 'not-an-id'],
  ['meta-id', metaId, '10229x', 'not-an-id'],
  ['hub-id', hubId, 'a-b-c-d', 'not-an-id'],
  ['email', email, 'ana@', 'not-an-email'],
  ['url', url, 'http://example.com', 'not-a-url'],
  ['url', url, 'example', 'not-a-url'],
  ['text', text, '   ', 'empty'],
  ['text', text, 'x', 'too-short'],
  ['text', text, 'sixsix', 'too-long'],
  ['text', text, { deep: true }, 'empty'],
  ['number', number, 'seven', 'not-a-number'],
  ['number', number, '', 'not-a-number'],
  ['number', number, 'Infinity', 'not-a-number'],
  ['number', number, -1, 'too-short'],
  ['number', number, '11', 'too-long'],
])('a bad %s: %#', (_, question, raw, problem) => {
  expect(readAnswer(question, raw, view)).toEqual({ ok: false, problem })
})
