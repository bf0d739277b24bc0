import { describe, expect, test } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import type { Form } from '../../../src/bot/form.ts'
import { peopleOf } from '../../../src/bot/people.ts'
import { encodePress } from '../../../src/bot/press.ts'
import { topicOf } from '../../../src/bot/telegram/incoming.ts'
import { config } from '../../cases/people.ts'
import { until } from '../../sandbox/telegram/served.ts'
import { stage } from './stage.ts'

const forum = -1_000_100_200_300
const partners = config.partners.map((partner) => {
  const [room] = partner.telegram
  return partner.id === 'nordwind' && room ? { ...partner, telegram: [{ ...room, chat: forum }] } : partner
})
const people = peopleOf({ ...config, partners })
const card: Card = {
  title: 'A card',
  buttons: [
    { label: 'More', press: encodePress({ verb: 'case', target: 'a' }) },
    {
      label: 'Cancel',
      press: encodePress({ verb: 'cancel', target: 'a' }),
      confirm: { title: 'Cancel it?', text: 'Nobody works on it any more.', yes: 'Yes', no: 'No' },
    },
  ],
}
const form: Form = {
  ref: { form: 'quiet', notice: 1 },
  title: 'Quiet…',
  submit: 'Save',
  cancel: 'Never mind',
  fields: [{ id: 'reason', kind: 'text', label: 'Why?' }],
}

/** Nils in a topic of Nordwind's forum, with the real bot. */
async function inTopic() {
  const opened = await stage('webhook', { people })
  const { world } = opened
  await world.does('upgrade', { chat: -100200300 })
  const topic = Number((await world.does('topic', { chat: forum, name: 'Templates' })).topic)
  const sees = (text: string) => () => world.messages(forum).some((one) => one.bot && one.text.includes(text))
  return {
    ...opened,
    topic,
    says: (text: string) => world.does('message', { user: 'nils', chat: forum, text, topic }),
    async presses(button: string) {
      const id = world
        .messages(forum)
        .findLast(({ keyboard }) => JSON.stringify(keyboard)?.includes(button))?.message_id
      return world.does('press', { user: 'nils', chat: forum, message_id: id, button })
    },
    /** Waits for such a message; the topics of all messages of the bot. */
    async topicsAfter(text: string) {
      await until(sees(text))
      return world.messages(forum).flatMap((one) => (one.bot ? [one.topic] : []))
    },
  }
}

test('an answer in "General" has a thread, and is in no topic', () => {
  expect(topicOf({ message_thread_id: 5, is_topic_message: true })).toBe(5)
  expect(topicOf({ message_thread_id: 5 })).toBeUndefined()
})

describe('in a topic of a forum', () => {
  test('a command and a press are answered in that topic', async () => {
    const { says, presses, topicsAfter, answers, topic } = await inTopic()
    answers([{ do: 'show', card }])
    await says('/status 1')
    expect(await topicsAfter('A card')).toEqual([topic])
    answers([{ do: 'show', card: { title: 'The details' } }])
    await presses('More')
    expect(await topicsAfter('The details')).toEqual([topic, topic])
  })

  test('a button is confirmed, and a form asked, in that topic', async () => {
    const { says, presses, topicsAfter, answers, cards, asked, topic } = await inTopic()
    answers([{ do: 'show', card }])
    cards.set('a', card)
    await says('/status 1')
    await topicsAfter('A card')
    await presses('Cancel')
    expect(await topicsAfter('Cancel it?')).toEqual([topic, topic])
    answers([{ do: 'form', form }])
    await presses('More')
    expect((await topicsAfter('Why?')).at(-1)).toBe(topic)
    answers([{ do: 'show', card: { title: 'Quiet now' } }])
    await says('It moves')
    expect((await topicsAfter('Quiet now')).at(-1)).toBe(topic)
    expect(asked.at(-1)).toMatchObject(['submit', 'telegram:7002', form.ref, { reason: 'It moves' }, {}])
  })

  test('what went wrong is said there', async () => {
    const { says, topicsAfter, answers, topic } = await inTopic()
    answers(() => {
      throw new Error('the database is away')
    })
    await says('/cases')
    expect(await topicsAfter('Sorry, that went wrong')).toEqual([topic])
  })
})
