import { expect, test } from 'vitest'
import { SendError } from '../../../src/bot/surface.ts'
import type { Messages } from '../../../src/bot/telegram/messages.ts'
import { patient } from '../../../src/bot/telegram/patience.ts'

const group = '-100200300'
const supergroup = '-1009999'

/** A Telegram in which the group has become a supergroup, and what the bot did in that. */
function upgraded() {
  const did: unknown[] = []
  const call = async (chat: string, ...what: unknown[]) => {
    if (chat === group) throw new SendError({ kind: 'moved', words: 'has another id now', to: supergroup })
    did.push([chat, ...what])
    return 1
  }
  const messages: Messages = {
    send: (chat, message) => call(chat, message),
    sendFile: (chat, file) => call(chat, file),
    edit: async (chat, id) => void (await call(chat, 'edit', id)),
    relabel: async (chat, id) => void (await call(chat, 'relabel', id)),
    remove: async (chat, id) => void (await call(chat, 'remove', id)),
  }
  return { did, messages: patient(messages, 0) }
}

test('what is said to a group that became a supergroup is said there, and refers to no message of before', async () => {
  const { did, messages } = upgraded()
  await messages.send(group, { html: 'Hello', replyTo: 17 })
  await messages.sendFile(group, { name: 'a.csv', content: 'a', text: 'A' })
  expect(did).toEqual([
    [supergroup, { html: 'Hello', replyTo: undefined }],
    [supergroup, { name: 'a.csv', content: 'a', text: 'A' }],
  ])
})

test('a message that stayed behind is gone: its number is another message in the supergroup', async () => {
  const { did, messages } = upgraded()
  const gone = { problem: { kind: 'gone' } }
  await expect(messages.edit(group, 17, { html: 'Hello' })).rejects.toMatchObject(gone)
  await expect(messages.relabel(group, 17, { inline_keyboard: [] })).rejects.toMatchObject(gone)
  await expect(messages.remove(group, 17)).rejects.toMatchObject(gone)
  expect(did).toEqual([])
})
