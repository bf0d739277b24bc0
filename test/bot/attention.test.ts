import { expect, test } from 'vitest'
import { attention } from '../../src/bot/attention.ts'
import { conversationsIn } from '../../src/bot/conversation.ts'
import { nora } from '../cases/people.ts'

test('what a person was asked is remembered when the group has another id since', async () => {
  const memory = new Map<string, unknown>()
  const conversations = conversationsIn({
    get: async (key) => memory.get(key),
    set: async (key, value) => memory.set(key, value),
    delete: async (key) => memory.delete(key),
  })
  const { askAgain, caseOf } = attention({ desk: { view: async () => undefined }, conversations })
  await askAgain(nora, { case: 7, question: 'number' })
  expect(await caseOf({ ...nora, room: '-1009999', home: nora.room })).toBe(7)
  expect(await caseOf({ ...nora, room: '-1009999' })).toBeUndefined()
})
