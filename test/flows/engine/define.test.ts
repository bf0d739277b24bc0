import { expect, test } from 'vitest'
import { ask, defineFlow, task } from '../../../src/flows/engine/define.ts'
import type { Flow } from '../../../src/flows/engine/types.ts'

const number = ask.phone('number', { ref: 'x' })
const step = (id: string, after: string[] = []) => task(id, { ref: 'x', owner: 'client', after })

const make = (rest: Partial<Flow>) => () =>
  defineFlow({
    id: 'try',
    version: 1,
    ref: '0',
    startedBy: ['partner'],
    subject: 'number',
    questions: [number],
    steps: [],
    ...rest,
  })

test('a flow is what was written', () => {
  expect(make({ steps: [step('a'), step('b', ['a'])] })().steps.map(({ id }) => id)).toEqual(['a', 'b'])
})

test.each<[string, Partial<Flow>, string]>([
  ['two steps of one id', { steps: [step('a'), step('a')] }, 'Flow try: the id "a" is used twice'],
  ['a step named like a question', { steps: [step('number')] }, 'Flow try: the id "number" is used twice'],
  ['a subject that nobody asks', { subject: 'waba' }, 'Flow try: no question "waba"'],
  [
    'a step after one that is not there',
    { steps: [step('a', ['z'])] },
    '"a" comes after "z", which must be a step above it',
  ],
  ['a step after itself', { steps: [step('a', ['a'])] }, '"a" comes after "a", which must be a step above it'],
  ['steps that wait for each other', { steps: [step('a', ['b']), step('b', ['a'])] }, '"a" comes after "b"'],
  ['a step after a question', { steps: [step('a', ['number'])] }, '"a" comes after "number"'],
])('complains of %s', (_, rest, words) => {
  expect(make(rest)).toThrow(words)
})
