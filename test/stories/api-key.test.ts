import { expect, test } from 'vitest'
import { type Person, until } from '../kit/people.ts'
import { openStage, type Stage } from '../kit/stage.ts'

/** Healthy, and its client has given the permission. */
const acme = '+49 30 23125101'
/** Its client has three numbers and has not given the permission. */
const bluebird = '+49 30 23125202'
/** Its partner pays 360dialog. */
const retail = '+49 40 66969101'

async function ask(person: Person, number: string, made = 'Here, in private') {
  await person.says('/new api-key')
  await person.sees(/Which number/)
  await person.says(number, /Which number/)
  await person.sees(/Ask for the permission|Where shall the key be made/)
  if (person.canSee(/Ask for the permission/)) await person.presses('All numbers', /Ask for the permission/)
  await person.presses(made, /Where shall the key be made/)
  await person.sees(/type the last 4 digits/)
  await person.says(number.slice(-4), /type the last 4 digits/)
  await person.sees(/PD-1 · Make an API key/)
}

/** Presses the button, and the "Do it?" that comes with it in Telegram. */
async function makeKey(person: Person, on = /Next: Make the key/) {
  await person.presses('Do it', on)
  await person.presses('Do it', /^Do it\?/)
}

/** The last paragraph of the message that brings it. */
async function keyOf(person: Person): Promise<string> {
  const message = await person.sees(/this is the new API key/)
  return message.split('\n').at(-1) ?? ''
}

test('A key is asked for, agreed to, and goes to one person alone', async () => {
  await using stage = await openStage()
  const { paula, ana, ben } = stage
  await ask(paula, acme)
  await ana.presses('Accept', /PD-1/)
  await makeKey(paula)
  await paula.sees(/your key comes here in a moment/)
  const key = await keyOf(paula)
  await ana.sees(/Paula has the new key, with the id \d+/)
  await paula.sees(/Paula has the new key/)
  expect(key).toMatch(/^[\w-]{16,}$/)
  expect(paula.texts().filter((text) => text.includes(key))).toHaveLength(1)
  expect(paula.buttons(/this is the new API key/)).toEqual(['Copy'])
  expect([...ana.texts(), ...ben.texts()].join()).not.toContain(key)

  await paula.presses(/^Done: Key stored/, /Next: Store the key/)
  await paula.sees(/Done\. The new key is in use/)
  await stage.quiet()
  expect(
    stage
      .transcript()
      .replaceAll(key, 'THE-KEY')
      .replaceAll(/id \d{6}/g, 'id 000000'),
  ).toMatchSnapshot()
})

test('The client is asked for its permission with a link, and the webhook moves the case on', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await ask(paula, bluebird)
  await paula.presses('Do it', /PD-1 · Make an API key/)
  await paula.presses('Do it', /^Do it\?/)
  const told = await paula.sees(/Please send this link to the client/)
  const link = new URL(/https:\S+/.exec(told)?.[0] ?? '')
  expect(link.pathname).toBe('/dashboard/app/BrghtlPA/permissions')
  expect(Object.fromEntries(link.searchParams)).toMatchObject({ state: 'PD-1', next: 'login' })
  expect(link.searchParams.has('number')).toBe(false)
  await clock.advance('P1D')
  await paula.sees(/Still open: Get the API-key permission from the client/)
  await world({ permission: { phone: bluebird, shared: true } })
  await paula.sees(/The API-key permission for \+49 30 23125202 is granted/)

  await world({ permission: { phone: bluebird, shared: false } })
  await paula.sees(/This does not hold any more: Get the API-key permission/)
  await paula.presses('Cancel case', /PD-1 · Make an API key/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*Cancelled/)
})

test('Support declines, with a reason that the partner hears', async () => {
  await using stage = await openStage()
  const { paula, ana } = stage
  await ask(paula, acme)
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'The client wants to keep its key' })
  await paula.sees(/This case was declined: The client wants to keep its key/)
})

test('Without a way to the person no key is made; then the platform refuses; then it works', async () => {
  await using stage = await openStage()
  const { nils, ana, world } = stage
  await ask(nils, retail)
  await ana.presses('Accept', /PD-1/)
  await makeKey(nils)
  await ana.sees(/did not work: We cannot write to you in private, so nothing was done/)

  await pressStart(stage)
  await world({ permission: { phone: retail, shared: false } })
  await makeKey(nils, /We cannot write to you in private/)
  await nils.sees(/did not work: (?!We cannot)/)
  await world({ permission: { phone: retail, shared: true } })
  await makeKey(nils, /did not work: (?!We cannot)/)
  await nils.sees(/Nils has the new key/)
  const own = stage.sandbox.state().telegram.chats.find(({ id }) => id === 7002)
  expect(own?.messages.at(-1)?.text).toMatch(/this is the new API key/)
  const key = own?.messages.at(-1)?.text.split('\n').at(-1) ?? ''
  expect(nils.texts().join()).not.toContain(key)
})

/** Nils opens his own chat with the bot. */
async function pressStart({ sandbox }: Stage) {
  const answer = await fetch(`${sandbox.url}/api/telegram/message`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 7002, chat: 7002, text: '/start' }),
  })
  expect(answer.ok).toBe(true)
}

test('Nobody knows whether a key was made: it is not made again until a person says so', async () => {
  await using stage = await openStage()
  const { paula, ana, world } = stage
  await ask(paula, acme)
  await ana.presses('Accept', /PD-1/)
  await world({ fault: { system: 'hub', path: 'api_keys', kind: 'done-but-500', times: 1 } })
  await makeKey(paula)
  await paula.sees(/We do not know whether this worked: Key made/)
  expect(paula.canSee(/this is the new API key/)).toBe(false)
  await paula.sees(/Keys now in use: \d{6}/)
  await makeKey(paula, /We do not know whether this worked/)
  await keyOf(paula)
})

test('A lead takes the key in Slack, in direct messages', async () => {
  await using stage = await openStage()
  const { ana, cleo, sandbox } = stage
  await ana.says('/portdesk new api-key')
  await ana.submits({ number: acme, made: 'here' })
  await ana.submits({ 'last-digits': '5101' })
  await ana.presses('Accept', /PD-1/)
  await ana.sees(/PD-1 · Make an API key[\s\S]*✅ Support agrees/)
  expect(ana.buttons(/PD-1 · Make an API key/)).not.toContain('Do it')
  await cleo.says('/portdesk case PD-1')
  await cleo.presses('Do it', /PD-1/)
  const direct = () => sandbox.state().slack.channels.find(({ name }) => name === '@cleo')?.messages ?? []
  const message = await until(
    sandbox,
    () => direct().find(({ text }) => text.includes('this is the new API key')),
    () => 'Cleo got no key',
  )
  const key = /```([\w-]+)```/.exec(JSON.stringify(message.blocks))?.[1] ?? 'none'
  expect(message.text).not.toContain(key)
  expect(direct()[0]?.text).toMatch(/your key comes here in a moment/)
  await cleo.sees(/Cleo has the new key/)
  expect([...ana.texts(), ...cleo.texts()].join()).not.toContain(key)
})

test('A case that nobody answers expires', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says('/new api-key')
  await paula.sees(/Which number/)
  await paula.says(acme)
  await paula.sees(/Where shall the key be made/)
  await clock.advance('P8D')
  await paula.sees(/Nobody answered for 7 days/)
})
