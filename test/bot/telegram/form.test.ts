import { describe, expect, test } from 'vitest'
import type { Form } from '../../../src/bot/form.ts'
import { until } from '../../sandbox/telegram/served.ts'
import { group, stage } from './stage.ts'

const form: Form = {
  ref: { form: 'open', flow: 'port-out' },
  title: 'Move a number away',
  intro: ['Three questions & you are done.'],
  fields: [
    { id: 'number', kind: 'text', label: 'Which number?', hint: 'With country code.', placeholder: '+49 30 1234567' },
    {
      id: 'ownership',
      kind: 'choice',
      label: 'Account type',
      options: [
        { value: 'client_owned', label: 'Embedded Signup' },
        { value: 'obo', label: 'Classic Signup' },
      ],
    },
    { id: 'date', kind: 'date', label: 'Planned date', optional: true },
  ],
  submit: 'Start',
  cancel: 'Stop asking',
}

const opened = async (asking: Form = form) => {
  const scene = await stage('webhook')
  scene.answers([{ do: 'form', form: asking }])
  return scene
}

test('a form is asked field by field, then handed in', async () => {
  const { paula, answers, asked, world } = await opened()
  await paula.says('/new port-out')
  await paula.waitsFor('Which number? (1/3)')
  expect(paula.sees()).toEqual([
    'Move a number away\n\nThree questions & you are done.\n\nWhich number? (1/3)\nWith country code.',
  ])
  await paula.says('+49 30 1234567')
  await paula.waitsFor('Account type (2/3)')
  await paula.presses('Classic Signup')
  await paula.waitsFor('Planned date (3/3)')
  answers([{ do: 'show', card: { title: 'PD-1 is open' } }])
  await paula.presses('Skip')
  await paula.waitsFor('PD-1 is open')
  expect(paula.sees()).toEqual([
    'Which number?\n✅ +49 30 1234567',
    'Account type\n✅ Classic Signup',
    'Planned date\nleft out',
    'PD-1 is open',
  ])
  expect(world.messages(7001).every(({ keyboard }) => keyboard === undefined)).toBe(true)
  const values = { number: '+49 30 1234567', ownership: 'obo', date: '' }
  expect(asked.at(-1)?.slice(0, 4)).toEqual(['submit', 'telegram:7001', form.ref, values])

  answers([])
  await paula.says('thank you')
  await until(() => asked.length === 3)
  expect(asked.at(-1)).toMatchObject(['text', 'telegram:7001', 'thank you', {}])
})

test('a wrong answer is asked again with what was wrong about it, the others stay', async () => {
  const { paula, answers, asked } = await opened()
  await paula.says('/new')
  await paula.waitsFor('Which number?')
  await paula.says('12')
  await paula.presses('Embedded Signup')
  await paula.waitsFor('Planned date')
  answers([{ do: 'errors', errors: { number: 'That is no phone number <+49…>.' } }])
  await paula.says('2026-12-24')
  await paula.waitsFor('⚠️ That is no phone number <+49…>.\nWhich number? (1/3)')
  answers([{ do: 'show', card: { title: 'PD-2 is open' } }])
  await paula.says('+49 30 1234567')
  await paula.waitsFor('PD-2 is open')
  const values = { number: '+49 30 1234567', ownership: 'client_owned', date: '2026-12-24' }
  expect(asked.filter(([what]) => what === 'submit').map(([, , , given]) => given)).toEqual([
    { ...values, number: '12' },
    values,
  ])
})

test('a choice may be typed, by label or number; nothing else counts', async () => {
  const { paula, asked } = await opened()
  await paula.says('/new')
  await paula.waitsFor('Which number?')
  await paula.says('1')
  await paula.waitsFor('Account type')
  await paula.says('both')
  await paula.waitsFor('Pick one of these')
  await paula.says('classic signup')
  await paula.waitsFor('Planned date')
  expect(asked).toHaveLength(1)
})

test('several choices are ticked one by one', async () => {
  const options = ['Templates', 'Balance', 'Invoices'].map((label) => ({ value: label.toLowerCase(), label }))
  const { paula, answers, asked, world } = await opened({
    ...form,
    fields: [{ id: 'keep', kind: 'choices', label: 'What to keep?', options, value: ['balance'] }],
  })
  await paula.says('/new')
  await paula.presses('⬜ Templates')
  await paula.presses('⬜ Invoices')
  await paula.presses('☑️ Balance')
  expect(await paula.presses('☑️ Invoices')).toBeUndefined()
  expect(
    world
      .messages(7001)
      .at(-1)
      ?.keyboard?.flat()
      .map(({ text }) => text),
  ).toEqual(['☑️ Templates', '⬜ Balance', '⬜ Invoices', 'Done', 'Stop asking'])
  answers([])
  await paula.presses('Done')
  await until(() => asked.length === 2)
  expect(asked.at(-1)?.[3]).toEqual({ keep: ['templates'] })
})

test('what is filled in already can be kept', async () => {
  const { paula, answers, asked } = await opened({
    ...form,
    fields: [{ id: 'target', kind: 'text', label: 'Target', value: 'Acme' }],
  })
  await paula.says('/new')
  await paula.waitsFor('Target')
  answers([])
  await paula.presses('Keep Acme')
  await until(() => asked.length === 2)
  expect(asked.at(-1)?.[3]).toEqual({ target: 'Acme' })
})

describe('a form ends early', () => {
  test('by its button', async () => {
    const { paula, answers, asked } = await opened()
    await paula.says('/new')
    await paula.presses('Stop asking')
    await paula.waitsFor('"Move a number away" was cancelled')
    answers([])
    await paula.says('anything')
    await until(() => asked.length === 2)
    expect(asked[1]?.[0]).toBe('text')
  })

  test('by /cancel, which is about nothing else then', async () => {
    const { paula, asked } = await opened()
    await paula.says('/new')
    await paula.waitsFor('Which number?')
    await paula.says('/cancel')
    await paula.waitsFor('"Move a number away" was cancelled')
    expect(asked).toHaveLength(1)
  })

  test('by a new command, with a notice', async () => {
    const { paula, answers, asked } = await opened()
    await paula.says('/new')
    await paula.waitsFor('Which number?')
    answers([{ do: 'show', card: { title: 'Your cases' } }])
    await paula.says('/cases')
    await paula.waitsFor('Your cases')
    expect(paula.sees().slice(-2)).toEqual(['"Move a number away" was left', 'Your cases'])
    expect(asked.map(([, , command]) => command)).toEqual(['new', 'cases'])
  })

  test('after a day', async () => {
    const { paula, answers, asked, world } = await opened()
    await paula.says('/new')
    await paula.waitsFor('Which number?')
    world.ground.clock.advance(25 * 3_600_000)
    answers([])
    await paula.says('+49 30 1234567')
    await until(() => asked.length === 2)
    expect(asked[1]?.[0]).toBe('text')
  })
})

test('buttons of a question that is over do nothing', async () => {
  const { paula, world } = await opened()
  await paula.says('/new')
  await paula.waitsFor('Which number?')
  const first = world.messages(7001).at(-1)?.message_id ?? 0
  await paula.says('/new')
  await until(() => paula.sees().filter((text) => text.includes('Which number? (1/3)')).length === 1)
  await until(() => (world.messages(7001).at(-1)?.message_id ?? 0) > first + 1)
  const keyboard = { inline_keyboard: [[{ text: 'Old skip', callback_data: '=skip' }]] }
  await world.api.editMessageReplyMarkup(7001, first, { reply_markup: keyboard })
  expect(await paula.presses('Old skip')).toBe('This question is over')
})

test('a word on another message of the bot is no answer to the question', async () => {
  const { paula, answers, asked, world } = await opened()
  const card = await world.api.sendMessage(7001, 'PD-9')
  await paula.says('/new')
  await paula.waitsFor('Which number?')
  answers([])
  await paula.says('about this one', { reply_to: card.message_id })
  await until(() => asked.length === 2)
  expect(asked[1]).toMatchObject(['text', 'telegram:7001', 'about this one', { about: String(card.message_id) }])
})

test('when handing it in fails, the repeat finds the form as it was', async () => {
  const { paula, answers, asked } = await opened({ ...form, fields: form.fields.slice(0, 1) })
  await paula.says('/new')
  await paula.waitsFor('Which number?')
  let failures = 2
  answers(() => {
    failures -= 1
    if (failures >= 0) throw new Error('the database is away')
    return [{ do: 'show', card: { title: 'PD-3 is open' } }]
  })
  await paula.says('+49 30 1234567')
  await paula.waitsFor('PD-3 is open')
  const submits = asked.filter(([what]) => what === 'submit')
  expect(submits).toHaveLength(3)
  expect(new Set(submits.map((one) => JSON.stringify(one))).size).toBe(1)
})

test('an answer that came through once is not taken for the next question when it comes again', async () => {
  const { paula, world, asked } = await opened({
    ...form,
    fields: [form.fields[0], form.fields[2]].flatMap((one) => one ?? []),
  })
  await paula.says('/new')
  await paula.waitsFor('Which number?')
  // The prompt reaches the chat, but the bot does not learn so.
  world.ground.faults.add({
    system: 'telegram',
    path: 'sendMessage',
    kind: 'done-but-500',
    times: 1,
    ms: 1,
    retryAfter: 1,
  })
  await paula.says('+49 30 1234567')
  await until(() => paula.sees().filter((text) => text.startsWith('Planned date')).length === 2)
  await paula.says('2026-12-24')
  await until(() => asked.length === 2)
  expect(asked[1]?.[3]).toEqual({ number: '+49 30 1234567', date: '2026-12-24' })
})

describe('in a group', () => {
  test('a typed answer is asked of one person by a forced reply; others are not heard', async () => {
    const { nils, answers, asked, world } = await opened({ ...form, fields: form.fields.slice(0, 2) })
    await nils.says('/new')
    await nils.waitsFor('Nils: Which number? (1/2)\nWith country code.\nReply to this message')
    expect(world.messages(group).at(-1)).toMatchObject({ force_reply: true })
    await world.does('message', { user: 'nora', chat: String(group), text: 'lunch?' })
    await nils.says('+49 30 1234567')
    await nils.waitsFor('Account type')
    const prompt = world.messages(group).at(-1)
    const press = { user: 'nora', chat: String(group), message_id: prompt?.message_id, button: 'Classic Signup' }
    expect(await world.does('press', press)).toMatchObject({ toast: 'This question is over' })
    answers([])
    await nils.presses('Classic Signup')
    await until(() => asked.length === 2)
    expect(asked.at(-1)?.slice(0, 4)).toEqual([
      'submit',
      'telegram:7002',
      form.ref,
      { number: '+49 30 1234567', ownership: 'obo' },
    ])
  })
})
