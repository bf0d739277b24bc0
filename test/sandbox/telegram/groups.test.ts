import { expect, test } from 'vitest'
import { type Served, serve } from './served.ts'

const group = -100200300

const says = (world: Served, user: string, text: string, more: object = {}) =>
  world.does('message', { user, chat: 'nordwind x portdesk', text, ...more })

/** What the bot was told since the last time. */
async function heard({ api }: Served) {
  const updates = await api.getUpdates()
  const last = updates.at(-1)
  if (last) await api.getUpdates({ offset: last.update_id + 1 })
  return updates.map(({ message }) => message)
}

test('in a group the bot hears commands, mentions and answers to itself, nothing else', async () => {
  const world = await serve()
  await says(world, 'nils', 'good morning')
  await says(world, 'nils', '/status@other_bot')
  await says(world, 'nils', 'see /status')
  expect(await heard(world)).toEqual([])
  expect(world.messages(group)).toHaveLength(3)

  await says(world, 'nils', '/status')
  await says(world, 'nora', '/status@portdesk_bot +49301234567')
  await says(world, 'nora', 'what now, @portdesk_bot?')
  const card = await world.api.sendMessage(group, 'The card')
  await says(world, 'nora', 'about this', { reply_to: card.message_id })
  expect(await heard(world)).toMatchObject([
    { text: '/status', chat: { id: group, type: 'group' }, entities: [{ type: 'bot_command', offset: 0, length: 7 }] },
    { text: '/status@portdesk_bot +49301234567', entities: [{ type: 'bot_command', length: 20 }] },
    { text: 'what now, @portdesk_bot?' },
    { text: 'about this', reply_to_message: { message_id: card.message_id, from: { id: 4242 } } },
  ])
})

test('a forced question is answered by whoever writes next, once each', async () => {
  const world = await serve()
  const force_reply = { force_reply: true as const }
  const question = await world.api.sendMessage(group, 'Which number?', { reply_markup: force_reply })
  expect(world.messages(group)[0]).toMatchObject({ force_reply: true })
  await says(world, 'nils', '+49 30 1234567')
  await says(world, 'nils', 'lunch?')
  await says(world, 'nora', 'not me', { reply_to: null })
  expect(await heard(world)).toMatchObject([
    { text: '+49 30 1234567', reply_to_message: { message_id: question.message_id } },
  ])
})

test('a selective question asks only the one it replies to', async () => {
  const world = await serve()
  await says(world, 'nora', '/port')
  await world.api.sendMessage(group, 'Which number?', {
    reply_parameters: { message_id: 1 },
    reply_markup: { force_reply: true, selective: true },
  })
  await says(world, 'nils', 'lunch?')
  await says(world, 'nora', '+49 30 1234567')
  expect((await heard(world)).map((message) => message?.text)).toEqual(['/port', '+49 30 1234567'])
})

test('a group that throws the bot out', async () => {
  const world = await serve()
  await world.does('bar', { chat: group, kind: 'kicked' })
  const refused = world.api.sendMessage(group, 'x')
  await expect(refused).rejects.toThrow('403: Forbidden: bot was kicked from the group chat')
  await says(world, 'nils', '/status')
  await world.does('bar', { chat: group, kind: null })
  await world.api.sendMessage(group, 'x')
  await world.api.leaveChat(group)
  await expect(world.api.sendMessage(group, 'x')).rejects.toThrow('bot is not a member of the group chat')
  const changes = (await world.api.getUpdates()).map(({ my_chat_member: change }) => [
    change?.old_chat_member.status,
    change?.new_chat_member.status,
  ])
  expect(changes).toEqual([
    ['member', 'kicked'],
    ['kicked', 'member'],
    ['member', 'left'],
  ])
})

test('a group that becomes a supergroup has another id', async () => {
  const world = await serve()
  const { chat } = await world.does('upgrade', { chat: group })
  expect(chat).toBe(-1000100200300)
  await expect(world.api.sendMessage(group, 'x')).rejects.toMatchObject({
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: chat },
  })
  expect(await heard(world)).toMatchObject([{ migrate_to_chat_id: chat }, { migrate_from_chat_id: group }])
  await world.api.sendMessage(Number(chat), 'here now')
  await says(world, 'nils', 'hello')
  expect(world.messages(Number(chat)).map(({ text }) => text)).toEqual(['here now', 'hello'])
})

test('who is in which chat', async () => {
  const { api } = await serve()
  expect(await api.getChat(group)).toMatchObject({ id: group, type: 'group', title: 'Nordwind x Portdesk' })
  expect(await api.getChat(7001)).toMatchObject({ type: 'private', first_name: 'Paula' })
  await expect(api.getChat(7009)).rejects.toThrow('chat not found')
  expect(await api.getChatMember(group, 7002)).toMatchObject({ status: 'member', user: { first_name: 'Nils' } })
  expect(await api.getChatMember(group, 7001)).toMatchObject({ status: 'left' })
  expect(await api.getChatMember(group, 4242)).toMatchObject({ status: 'member', user: { is_bot: true } })
})
