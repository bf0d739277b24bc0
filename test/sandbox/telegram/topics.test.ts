import { expect, test } from 'vitest'
import { type Served, serve } from './served.ts'

const group = -100200300

/** Nordwind's group as a forum with two topics. */
async function forum() {
  const world = await serve()
  const chat = Number((await world.does('upgrade', { chat: group })).chat)
  const open = async (name: string) => Number((await world.does('topic', { chat, name })).topic)
  const topics = { templates: await open('Templates'), money: await open('Money') }
  await heard(world)
  return { world, chat, ...topics }
}

/** What the bot was told since the last time. */
async function heard({ api }: Served) {
  const updates = await api.getUpdates()
  const last = updates.at(-1)
  if (last) await api.getUpdates({ offset: last.update_id + 1 })
  return updates.map(({ message, callback_query }) => message ?? callback_query?.message)
}

test('only a supergroup has topics, and it is a forum from then on', async () => {
  const world = await serve()
  expect(await world.does('topic', { chat: group, name: 'Money' })).toMatchObject({ status: 409 })
  const { chat } = await world.does('upgrade', { chat: group })
  await heard(world)
  const { topic } = await world.does('topic', { chat, name: 'Money' })
  expect(await world.api.getChat(Number(chat))).toMatchObject({ type: 'supergroup', is_forum: true })
  expect(await heard(world)).toMatchObject([
    {
      message_id: topic,
      message_thread_id: topic,
      is_topic_message: true,
      chat: { is_forum: true },
      forum_topic_created: { name: 'Money' },
    },
  ])
})

test('what is written in a topic says so, and refers to its beginning', async () => {
  const { world, chat, templates, money } = await forum()
  await world.does('message', { user: 'nils', chat, text: '/help', topic: templates })
  await world.does('message', { user: 'nils', chat, text: '/help' })
  const [there, general] = await heard(world)
  expect(there).toMatchObject({
    message_thread_id: templates,
    is_topic_message: true,
    reply_to_message: { message_id: templates, forum_topic_created: { name: 'Templates' } },
  })
  for (const field of ['message_thread_id', 'is_topic_message', 'reply_to_message']) {
    expect(general).not.toHaveProperty(field)
  }
  const nowhere = { user: 'nils', chat, text: 'hello', topic: money + 1 }
  expect(await world.does('message', nowhere)).toMatchObject({ status: 404 })
  expect(world.messages(chat).map(({ topic }) => topic)).toEqual([templates, undefined])
})

test('the bot writes in a topic, and what answers a message is in the topic of that message', async () => {
  const { world, chat, templates, money } = await forum()
  const keyboard = { inline_keyboard: [[{ text: 'More', callback_data: 'more' }]] }
  const sent = await world.api.sendMessage(chat, 'A card', { message_thread_id: templates, reply_markup: keyboard })
  expect(sent).toMatchObject({ message_thread_id: templates, is_topic_message: true })
  const reply_parameters = { message_id: sent.message_id }
  expect(await world.api.sendMessage(chat, 'And more', { reply_parameters })).toMatchObject({
    message_thread_id: templates,
    reply_to_message: { message_id: sent.message_id },
  })
  await world.does('message', { user: 'nora', chat, text: 'Thanks', reply_to: sent.message_id })
  await world.does('press', { user: 'nora', chat, message_id: sent.message_id, button: 'More' })
  const inTopic = { message_thread_id: templates, is_topic_message: true }
  expect(await heard(world)).toMatchObject([
    { text: 'Thanks', ...inTopic },
    { text: 'A card', ...inTopic },
  ])
  expect(await world.api.editMessageText(chat, sent.message_id, 'A new card')).toMatchObject(inTopic)
  const lost = world.api.sendMessage(chat, 'x', { message_thread_id: money + 1 })
  await expect(lost).rejects.toThrow('message thread not found')
})

test('a forced question is answered in its topic', async () => {
  const { world, chat, templates, money } = await forum()
  const question = await world.api.sendMessage(chat, 'Which number?', {
    message_thread_id: templates,
    reply_markup: { force_reply: true },
  })
  await world.does('message', { user: 'nils', chat, text: 'lunch?', topic: money })
  await world.does('message', { user: 'nils', chat, text: 'lunch?' })
  expect(await heard(world)).toEqual([])
  await world.does('message', { user: 'nils', chat, text: '+49 30 1234567', topic: templates })
  expect(await heard(world)).toMatchObject([
    { text: '+49 30 1234567', reply_to_message: { message_id: question.message_id } },
  ])
})
