import { describe, expect, test } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import { encodePress } from '../../../src/bot/press.ts'
import { until } from '../../sandbox/telegram/served.ts'
import { group, stage, type Way } from './stage.ts'

const tick = encodePress({ verb: 'tick', case: 142, seq: 7, target: 'export-templates' })
const cancel = encodePress({ verb: 'cancel', case: 142, seq: 7, target: 'pd-142' })
const card: Card = {
  title: 'PD-142 · Move a number away',
  buttons: [
    { label: 'Templates are exported', press: tick },
    {
      label: 'Cancel the case',
      press: cancel,
      style: 'danger',
      confirm: { title: 'Cancel PD-142?', text: 'Nobody works on it any more.', yes: 'Yes, cancel', no: 'No' },
    },
  ],
}

const ways: Way[] = ['webhook', 'polling']

describe.each(ways)('by %s', (way) => {
  test('a command is answered with a card, and taken once', async () => {
    const { paula, answers, asked, seen } = await stage(way)
    answers([{ do: 'show', card }])
    await paula.says('/status +49 30 1234567')
    await paula.waitsFor('PD-142')
    await until(() => seen.size === 1)
    expect(asked).toEqual([['command', 'telegram:7001', 'status', '+49 30 1234567', { key: [...seen][0] }]])
  })

  test('a press shows a toast and changes its message in place', async () => {
    const { paula, answers, asked, world } = await stage(way)
    answers([{ do: 'show', card }])
    await paula.says('/case 142')
    await paula.waitsFor('PD-142')
    answers([
      { do: 'toast', text: 'Ticked' },
      { do: 'replace', card: { ...card, title: 'PD-142 · Done' } },
    ])
    expect(await paula.presses('Templates are exported')).toBe('Ticked')
    await paula.waitsFor('PD-142 · Done')
    expect(paula.sees()).toHaveLength(1)
    const about = String(world.messages(7001).at(-1)?.message_id)
    expect(asked.at(-1)).toMatchObject(['press', 'telegram:7001', { verb: 'tick', case: 142, seq: 7 }, { about }])
  })

  test('a failing update is tried again, and then let go with a sentence to the person', async () => {
    const { paula, answers, asked, logged, seen } = await stage(way)
    answers(() => {
      throw new Error('the database is away')
    })
    await paula.says('/cases')
    await paula.waitsFor('Sorry, that went wrong (T-')
    await until(() => seen.size === 1)
    expect(asked).toHaveLength(3)
    const id = /T-\w+/.exec(paula.sees().at(-1) ?? '')?.[0]
    expect(logged.filter((row) => row.includes(`"${id}"`) && row.includes('the database is away'))).toHaveLength(3)
    answers([{ do: 'show', card }])
    await paula.says('/cases')
    await paula.waitsFor('PD-142')
  })

  test('what fails for a moment is done all the same', async () => {
    const { paula, answers, asked } = await stage(way)
    answers(() => {
      if (asked.length < 2) throw new Error('a hiccup')
      return [{ do: 'show', card }]
    })
    await paula.says('/cases')
    await paula.waitsFor('PD-142')
    expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1)
  })
})

test('an update that comes again is handled once', async () => {
  const { paula, answers, asked, world, bot, seen } = await stage('webhook')
  answers([{ do: 'show', card }])
  await paula.says('/cases')
  await until(() => seen.size === 1)
  const update = {
    update_id: Number([...seen][0]?.split(':')[1]),
    message: { message_id: 1, date: 1, chat: { id: 7001, type: 'private' }, from: { id: 7001 }, text: '/cases' },
  }
  const again = () =>
    bot.routes.request('/webhook', {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': 'a-secret-of-the-webhook' },
      body: JSON.stringify(update),
    })
  expect((await again()).status).toBe(200)
  expect(asked).toHaveLength(1)
  expect(world.messages(7001).filter((message) => message.bot)).toHaveLength(1)
})

test('a second delivery waits for the work of the first', async () => {
  const { paula, answers, asked, seen } = await stage('webhook', { times: { webhook: 20, press: 40, retry: 5 } })
  const { promise, resolve } = Promise.withResolvers<void>()
  answers(async () => {
    await promise
    return [{ do: 'show', card }]
  })
  await paula.says('/cases')
  await new Promise((done) => setTimeout(done, 100))
  expect([asked.length, seen.size]).toEqual([1, 0])
  resolve()
  await paula.waitsFor('PD-142')
  await until(() => seen.size === 1)
  expect(asked).toHaveLength(1)
  expect(paula.sees()).toHaveLength(1)
})

test('only Telegram, which knows the secret, is heard, and nothing huge', async () => {
  const { bot, asked } = await stage('webhook')
  const post = (headers: Record<string, string>, body: string) =>
    bot.routes.request('/webhook', { method: 'POST', headers, body })
  expect((await post({}, '{}')).status).toBe(401)
  expect((await post({ 'x-telegram-bot-api-secret-token': 'a-secret-of-the-webhoox' }, '{}')).status).toBe(401)
  expect((await post({ 'content-length': '2000000' }, '{}')).status).toBe(413)
  expect(asked).toEqual([])
})

test('a slow press is answered at once, and its toast comes as a message', async () => {
  const { paula, answers } = await stage('webhook')
  answers([{ do: 'show', card }])
  await paula.says('/case 142')
  await paula.waitsFor('PD-142')
  answers(async () => {
    await new Promise((resolve) => setTimeout(resolve, 80))
    return [{ do: 'toast', text: 'Ticked at last' }]
  })
  expect(await paula.presses('Templates are exported')).toBeUndefined()
  await paula.waitsFor('Ticked at last')
})

describe('a button that has to be confirmed', () => {
  const shown = async () => {
    const scene = await stage('webhook')
    scene.cards.set('pd-142', card)
    scene.answers([{ do: 'show', card }])
    await scene.paula.says('/case 142')
    await scene.paula.waitsFor('PD-142')
    scene.asked.length = 0
    return scene
  }

  test('asks first, and counts after yes; what comes of it is shown on the card', async () => {
    const { paula, answers, asked, world } = await shown()
    const [, message] = world.messages(7001)
    await paula.presses('Cancel the case')
    await paula.waitsFor('Cancel PD-142?\n\nNobody works on it any more.')
    expect(asked).toEqual([])
    answers([{ do: 'replace', card: { title: 'PD-142 · Cancelled' } }])
    await paula.presses('Yes, cancel')
    await paula.waitsFor('PD-142 · Cancelled')
    expect(paula.sees()).toEqual(['PD-142 · Cancelled'])
    const about = String(message?.message_id)
    expect(asked).toMatchObject([['press', 'telegram:7001', { verb: 'cancel', case: 142 }, { about }]])
  })

  test('asks, and goes away after no', async () => {
    const { paula, asked } = await shown()
    await paula.presses('Cancel the case')
    await paula.presses('No')
    await until(() => paula.sees().length === 1)
    expect(asked).toEqual([])
  })

  test('says so when there is nothing to confirm any more', async () => {
    const { paula, cards, asked } = await shown()
    cards.set('pd-142', { title: 'PD-142 · Closed' })
    expect(await paula.presses('Cancel the case')).toBe('That is over')
    expect(asked).toEqual([])
  })
})

test('a button nobody knows gets a toast', async () => {
  const { paula, answers, asked } = await stage('polling')
  answers([{ do: 'show', card: { title: 'Old', buttons: [{ label: 'Old button', press: '%%%' }] } }])
  await paula.says('/start')
  await paula.waitsFor('Old')
  asked.length = 0
  expect(await paula.presses('Old button')).toBe('An unknown button')
  expect(asked).toEqual([])
})

test('a card whose message is gone is shown anew', async () => {
  const { paula, answers, world } = await stage('webhook')
  answers([{ do: 'show', card }])
  await paula.says('/case 142')
  await paula.waitsFor('PD-142')
  answers(async () => {
    await world.api.deleteMessage(7001, world.messages(7001).at(-1)?.message_id ?? 0)
    return [{ do: 'replace', card: { title: 'Here again' } }]
  })
  await paula.presses('Templates are exported')
  await paula.waitsFor('Here again')
})

test('an unknown command is answered with help', async () => {
  const { paula, answers, asked } = await stage('webhook')
  answers([{ do: 'show', card: { title: 'What I can do' } }])
  await paula.says('/frobnicate now')
  await paula.waitsFor('What I can do')
  expect(paula.sees()).toEqual(['I do not know "frobnicate"', 'What I can do'])
  expect(asked.map(([what, by, ...more]) => [what, by, ...more.slice(0, -1)])).toEqual([
    ['command', 'telegram:7001', 'help', ''],
  ])
})

test('free text goes to the desk, with the message it answers', async () => {
  const { paula, answers, asked, world } = await stage('webhook')
  answers([{ do: 'show', card }])
  await paula.says('hello <there>')
  await paula.waitsFor('PD-142')
  const card142 = world.messages(7001).at(-1)?.message_id
  answers([])
  await paula.says('We are done', { reply_to: card142 })
  await until(() => asked.length === 2)
  expect(asked).toMatchObject([
    ['text', 'telegram:7001', 'hello <there>', {}],
    ['text', 'telegram:7001', 'We are done', { about: String(card142) }],
  ])
})

test('strangers are told so, and never reach the desk', async () => {
  const { zoe, asked } = await stage('webhook')
  await zoe.says('/cases')
  await zoe.waitsFor('I do not know you yet')
  expect(asked).toEqual([])
})

describe('in a group', () => {
  test('the bot acts on commands, replies to it and mentions, and answers to the person', async () => {
    const { nils, answers, asked, world } = await stage('webhook')
    answers([{ do: 'show', card }])
    await nils.says('lunch?')
    await nils.says('/frobnicate')
    await nils.says('/status@portdesk_bot +49 30 1')
    await nils.waitsFor('PD-142')
    const shown = world.messages(group).at(-1)
    expect(shown?.reply_to).toBe(3)
    answers([])
    await nils.says('is that so?', { reply_to: shown?.message_id })
    await nils.says('what now, @portdesk_bot?')
    await nils.says('@portdesk_bot /cases')
    await until(() => asked.length === 4)
    expect(asked).toMatchObject([
      ['command', 'telegram:7002', 'status', '+49 30 1', {}],
      ['text', 'telegram:7002', 'is that so?', { about: String(shown?.message_id) }],
      ['text', 'telegram:7002', 'what now, ?', {}],
      ['command', 'telegram:7002', 'cases', '', {}],
    ])
  })

  test('that it became a supergroup is heard in either chat, and answered in none', async () => {
    const { world, moved, asked } = await stage('webhook')
    const { chat } = await world.does('upgrade', { chat: group })
    await until(() => moved.length === 2)
    expect(moved).toEqual(moved.map(() => [String(group), String(chat)]))
    expect([...world.messages(Number(chat)).filter(({ bot }) => bot), ...asked]).toEqual([])
  })

  test('a group that the desk does not know is told so once when the bot comes', async () => {
    const people = { slack: () => undefined, telegram: async () => undefined }
    const { nils, world, logged } = await stage('webhook', { people })
    await world.does('bar', { chat: group, kind: 'kicked' })
    await world.does('bar', { chat: group, kind: null })
    await nils.waitsFor('I do not know you yet')
    expect(nils.sees()).toHaveLength(1)
    expect(logged.some((row) => row.includes('removed from a chat'))).toBe(true)
  })
})

describe('when Telegram does not play along', () => {
  test('a person who has blocked the bot stops nothing', async () => {
    const { paula, answers, asked, seen, world, logged } = await stage('webhook')
    answers([{ do: 'show', card }])
    world.ground.faults.add({ system: 'telegram', path: 'sendMessage', kind: '403', times: 1, ms: 1, retryAfter: 1 })
    await paula.says('/cases')
    await until(() => seen.size === 1)
    expect(asked).toHaveLength(1)
    expect(logged.some((row) => row.includes('may not write in this chat'))).toBe(true)
  })

  test('a short "too many requests" is waited out', async () => {
    const { paula, answers, asked, world } = await stage('webhook')
    answers([{ do: 'show', card }])
    world.ground.faults.add({ system: 'telegram', path: 'sendMessage', kind: '429', times: 1, ms: 1, retryAfter: 0 })
    await paula.says('/cases')
    await paula.waitsFor('PD-142')
    expect(asked).toHaveLength(1)
  })

  test('a server error is tried again with the same key', async () => {
    const { paula, answers, asked, world, logged } = await stage('polling')
    answers([{ do: 'show', card }])
    world.ground.faults.add({ system: 'telegram', path: 'sendMessage', kind: 'cut', times: 1, ms: 1, retryAfter: 1 })
    await paula.says('/cases')
    await paula.waitsFor('PD-142')
    expect(asked[1]).toEqual(asked[0])
    expect(logged.join()).not.toContain(world.token)
  })

  test('a poller that is thrown out comes back', async () => {
    const { paula, answers, world, bot } = await stage('polling')
    answers([{ do: 'show', card }])
    const other = world.api.getUpdates({ timeout: 1 }).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await paula.says('/cases')
    await paula.waitsFor('PD-142')
    await other
    expect(bot.ready()).toBe(true)
  })

  test('a wrong token ends the start with a clear sentence', async () => {
    const { world } = await stage('polling', { silent: true })
    const wrong = { TELEGRAM_API_ROOT: world.apiRoot, TELEGRAM_BOT_TOKEN: '4242:wrong-token' }
    const { bot } = await stage('polling', { silent: true, env: wrong })
    await expect(bot.start()).rejects.toThrow(/cannot start with .*check TELEGRAM_BOT_TOKEN/)
    expect(bot.ready()).toBe(false)
  })
})

test('the menu of commands is set at the start', async () => {
  const { world, bot } = await stage('webhook')
  expect(world.telegram.state().chats[0]?.commands).toEqual([{ command: 'help', description: 'What I can do' }])
  expect(await world.api.getWebhookInfo()).toMatchObject({
    allowed_updates: ['message', 'callback_query', 'my_chat_member'],
  })
  expect(bot.ready()).toBe(true)
})

test('work that never ends is given up, and the chat goes on', async () => {
  const { paula, answers } = await stage('webhook', { times: { webhook: 10, update: 20, press: 40, retry: 5 } })
  answers((_what, _by, command) => (command === 'status' ? new Promise(() => undefined) : [{ do: 'show', card }]))
  await paula.says('/status')
  await paula.says('/cases')
  await paula.waitsFor('Sorry, that went wrong')
  await paula.waitsFor('PD-142')
})

test('a poller that is stopped leaves what it has not done to the next one', async () => {
  const { paula, answers, asked, bot, world, seen } = await stage('polling', { times: { retry: 5, tries: 1000 } })
  answers((_what, _by, command) => {
    if (command === 'cases') throw new Error('the database is away')
    return []
  })
  await paula.says('/help')
  await until(() => seen.size === 1)
  await paula.says('/cases')
  await until(() => asked.length > 3)
  await bot.stop()
  expect(await world.api.getUpdates()).toMatchObject([{ message: { text: '/cases' } }])
  expect(bot.ready()).toBe(false)
})

test('the chats of a batch do not wait for each other', async () => {
  const { paula, nils, answers, bot } = await stage('polling', { silent: true })
  const { promise, resolve } = Promise.withResolvers<void>()
  answers(async (_what, by) => {
    if (by === 'telegram:7001') await promise
    return [{ do: 'show', card: { title: `For ${by}` } }]
  })
  await paula.says('/cases')
  await nils.says('/cases')
  await bot.start()
  await nils.waitsFor('For telegram:7002')
  expect(paula.sees()).toEqual([])
  resolve()
  await paula.waitsFor('For telegram:7001')
})
