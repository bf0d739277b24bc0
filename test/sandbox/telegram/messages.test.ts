import { InputFile } from 'grammy'
import { expect, test } from 'vitest'
import { serve } from './served.ts'

const button = (text: string, callback_data: string) => ({ inline_keyboard: [[{ text, callback_data }]] })

test('a message is edited in place, and an edit that changes nothing is refused', async () => {
  const { api, messages } = await serve()
  const sent = await api.sendMessage(7001, ' one ', { reply_markup: button('Go', 'go') })
  expect(sent).toMatchObject({ message_id: 1, text: 'one', from: { id: 4242, is_bot: true } })
  const edit = (text: string, reply_markup = button('Go', 'go')) =>
    api.editMessageText(7001, 1, text, { parse_mode: 'HTML', reply_markup })
  await expect(edit('one')).rejects.toThrow(
    '400: Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  )
  expect(await edit('<b>one</b>')).toMatchObject({ edit_date: expect.any(Number), reply_markup: button('Go', 'go') })
  await edit('<b>one</b>', button('Go', 'go:2'))
  await api.editMessageReplyMarkup(7001, 1)
  await expect(api.editMessageReplyMarkup(7001, 1)).rejects.toThrow('message is not modified')
  expect(messages(7001)).toEqual([
    {
      message_id: 1,
      from: 4242,
      bot: true,
      date: expect.any(String),
      edited: expect.any(String),
      text: 'one',
      html: '<b>one</b>',
    },
  ])
})

test('text without a keyboard takes the old keyboard away', async () => {
  const { api, messages } = await serve()
  await api.sendMessage(7001, 'one', { reply_markup: button('Go', 'go') })
  await api.editMessageText(7001, 1, 'two')
  expect(messages(7001)[0]).not.toHaveProperty('keyboard')
})

test('what does not exist or belongs to others cannot be edited or deleted', async () => {
  const { api, does, ground } = await serve()
  await expect(api.editMessageText(7001, 99, 'x')).rejects.toThrow('400: Bad Request: message to edit not found')
  await expect(api.deleteMessage(7001, 99)).rejects.toThrow('400: Bad Request: message to delete not found')
  await expect(api.sendMessage(7999, 'x')).rejects.toThrow('400: Bad Request: chat not found')
  await does('message', { user: 'nils', chat: 'Nordwind x Portdesk', text: 'mine' })
  await expect(api.editMessageText(-100200300, 1, 'x')).rejects.toThrow("message can't be edited")
  await expect(api.deleteMessage(-100200300, 1)).rejects.toThrow("message can't be deleted")
  await api.sendMessage(7001, 'old')
  await api.sendMessage(7001, 'older')
  expect(await api.deleteMessage(7001, 2)).toBe(true)
  ground.clock.advance(49 * 3_600_000)
  await expect(api.deleteMessage(7001, 1)).rejects.toThrow("message can't be deleted")
})

test('limits: text, callback data, buttons, caption', async () => {
  const { api } = await serve()
  await expect(api.sendMessage(7001, '<b> </b>', { parse_mode: 'HTML' })).rejects.toThrow('message text is empty')
  await expect(api.sendMessage(7001, 'x'.repeat(4097))).rejects.toThrow('400: Bad Request: message is too long')
  await api.sendMessage(7001, `<b>${'🏟'.repeat(4096)}</b>`, { parse_mode: 'HTML' })
  await api.sendMessage(7001, 'x', { reply_markup: button('Go', 'é'.repeat(32)) })
  const data = api.sendMessage(7001, 'x', { reply_markup: button('Go', 'é'.repeat(33)) })
  await expect(data).rejects.toThrow('400: Bad Request: BUTTON_DATA_INVALID')
  await expect(api.sendMessage(7001, 'x', { reply_markup: button('Go', '') })).rejects.toThrow('BUTTON_DATA_INVALID')
  const bare = { inline_keyboard: [[{ text: 'Go' } as { text: string; url: string }]] }
  await expect(api.sendMessage(7001, 'x', { reply_markup: bare })).rejects.toThrow('Text buttons are unallowed')
  const odd = api.sendMessage(7001, 'a < b', { parse_mode: 'HTML' })
  await expect(odd).rejects.toThrow(`can't parse entities: Unsupported start tag "" at byte offset 2`)
  const file = new InputFile(Buffer.from('log'), 'log.txt')
  await expect(api.sendDocument(7001, file, { caption: 'x'.repeat(1025) })).rejects.toThrow('caption is too long')
})

test('nobody gets a message from a bot they never wrote to', async () => {
  const { api, does } = await serve()
  for (const stranger of [7002, 7004, 7009]) {
    await expect(api.sendMessage(stranger, 'Hi')).rejects.toThrow(
      "403: Forbidden: bot can't initiate conversation with a user",
    )
  }
  await does('message', { user: 'zoe', text: '/start' })
  await api.sendMessage(7009, 'Hi')
})

test('who blocks the bot is out of reach until they let it in again', async () => {
  const { api, does } = await serve()
  await does('bar', { chat: 'paula', kind: 'blocked' })
  await expect(api.sendMessage(7001, 'x')).rejects.toThrow('403: Forbidden: bot was blocked by the user')
  expect(await does('message', { user: 'paula', text: 'x' })).toMatchObject({ status: 409 })
  expect(await does('bar', { chat: 'paula', kind: 'kicked' })).toMatchObject({ status: 400 })
  await does('bar', { chat: 'paula', kind: null })
  await api.sendMessage(7001, 'x')
  const updates = await api.getUpdates()
  expect(updates.map(({ my_chat_member }) => my_chat_member?.new_chat_member.status)).toEqual(['kicked', 'member'])
})

test('files arrive by multipart, keep their text, and can be fetched and sent again', async () => {
  const { api, messages, apiRoot, token } = await serve()
  const file = new InputFile(Buffer.from('a,b\n1,é\n'), 'cases.csv')
  const sent = await api.sendDocument(7001, file, { caption: 'The <b>list</b>', parse_mode: 'HTML' })
  expect(sent).toMatchObject({ caption: 'The list', document: { file_name: 'cases.csv', file_size: 9 } })
  expect(messages(7001)[0]).toMatchObject({
    html: 'The <b>list</b>',
    document: { name: 'cases.csv', content: 'a,b\n1,é\n' },
  })
  const { file_path } = await api.getFile(sent.document.file_id)
  expect(await (await fetch(`${apiRoot}/file/bot${token}/${file_path}`)).text()).toBe('a,b\n1,é\n')
  expect((await fetch(`${apiRoot}/file/botwrong/${file_path}`)).status).toBe(401)
  await api.sendDocument(7001, sent.document.file_id)
  expect(messages(7001)).toHaveLength(2)
  await expect(api.sendDocument(7001, 'https://x.example/a.csv')).rejects.toThrow('wrong file identifier')
  await expect(api.editMessageText(7001, 1, 'x')).rejects.toThrow('there is no text in the message to edit')
})

test('reactions, actions and answers to a message', async () => {
  const { api, does, messages } = await serve()
  await does('message', { user: 'paula', text: 'Thanks!' })
  await api.setMessageReaction(7001, 1, [{ type: 'emoji', emoji: '👍' }])
  await api.setMessageReaction(7001, 1, [])
  const odd = [{ type: 'emoji' as const, emoji: '🏟' as '👍' }]
  await expect(api.setMessageReaction(7001, 1, odd)).rejects.toThrow('REACTION_INVALID')
  await api.sendChatAction(7001, 'typing')
  await expect(api.sendChatAction(7001, 'dancing' as 'typing')).rejects.toThrow('wrong parameter action in request')
  await api.sendMessage(7001, 'Welcome', { reply_parameters: { message_id: 1 } })
  expect(messages(7001)[1]).toMatchObject({ reply_to: 1 })
  const lost = api.sendMessage(7001, 'x', { reply_parameters: { message_id: 55 } })
  await expect(lost).rejects.toThrow('message to be replied not found')
})

test('a press that nobody answers, answers that are late, twice or too long', async () => {
  const { api, does, ground } = await serve()
  await api.sendMessage(7001, 'x', { reply_markup: button('Go', 'go') })
  const press = { user: 'paula', message_id: 1, button: 'Go' }
  const pressed = does('press', press)
  const query = (await api.getUpdates({ timeout: 5 }))[0]?.callback_query
  expect(query).toMatchObject({ data: 'go', from: { id: 7001 }, message: { message_id: 1 } })
  const id = query?.id ?? ''
  await expect(api.answerCallbackQuery(id, { text: 'x'.repeat(201) })).rejects.toThrow('MESSAGE_TOO_LONG')
  await api.answerCallbackQuery(id, { text: 'Sure?', show_alert: true })
  expect(await pressed).toEqual({ status: 200, ok: true, alert: 'Sure?' })
  const tooOld = '400: Bad Request: query is too old and response timeout expired or query ID is invalid'
  await expect(api.answerCallbackQuery(id)).rejects.toThrow(tooOld)
  await expect(api.answerCallbackQuery('1')).rejects.toThrow(tooOld)

  const offset = (await api.getUpdates()).map(({ update_id }) => update_id + 1)[0] ?? 0
  const second = does('press', press)
  const late = (await api.getUpdates({ timeout: 5, offset }))[0]?.callback_query?.id ?? ''
  ground.clock.advance(60_000)
  await expect(api.answerCallbackQuery(late)).rejects.toThrow(tooOld)
  expect(await second).toEqual({ status: 200, ok: true, unanswered: true })
})

test('people of the control API are named, and what they cannot do is a sentence', async () => {
  const { does } = await serve()
  expect(await does('message', { user: 'Max', text: 'x' })).toMatchObject({ status: 404, error: expect.any(String) })
  expect(await does('message', { user: 'zoe', chat: -100200300, text: 'x' })).toEqual({
    status: 409,
    error: 'Zoe is not in Nordwind x Portdesk',
  })
  expect(await does('message', { user: 'zoe', text: ' ' })).toMatchObject({ status: 400 })
  expect(await does('message', { user: 'zoe' })).toMatchObject({ status: 400 })
  expect(await does('press', { user: 'paula', message_id: 5, button: 'x' })).toMatchObject({ status: 409 })
})
