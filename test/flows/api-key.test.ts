import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import apiKey, { leftOut } from '../../src/flows/api-key.ts'
import type { Facts, Readings } from '../../src/meta/facts.ts'
import { broken, caseOf, known, notAsked, person } from './kit.ts'
import { world } from './world.ts'

const pat = person('partner', 'Pat')
const ana = person('support', 'Ana')
const leo = person('lead', 'Leo')

interface Told {
  permission?: Facts['permission']['apiKey'] | 'untold'
  keys?: number
  redirectUrl?: string
  numbers?: number
  accountMode?: string
}

function outside({ permission = 'shared', keys = 0, numbers = 1, accountMode = 'live', ...told }: Told = {}): Readings {
  const row = { id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456' }
  return {
    ...world({ channel: { accountMode } }),
    permission: permission === 'untold' ? notAsked : known({ apiKey: permission }),
    apiKeys: known({ count: keys, ids: Array.from({ length: keys }, (_, n) => String(201_126 + n)) }),
    partner: known({ id: 'Ab1PA', ...(told.redirectUrl && { redirectUrl: told.redirectUrl }) }),
    numbers: known(Array.from({ length: numbers }, () => row)),
  }
}

/** A case with every question answered. */
function asked(
  told: Told = {},
  { payment = 'direct' as 'direct' | 'partner', made = 'here', enabled = [] as string[] } = {},
) {
  const desk = caseOf(apiKey, { by: pat, payment, enabled })
  desk.answer('number', '+49 30 123456')
  desk.look(outside(told))
  if (desk.question === 'which-numbers') desk.answer('which-numbers', 'all')
  desk.answer('made', made)
  desk.answer('last-digits', '3456')
  return desk
}

function makeKey(desk: ReturnType<typeof asked>) {
  desk.act(ana, { do: 'approve', step: 'support-agrees' })
  desk.act(pat, { do: 'start', step: 'create-key' })
  const evidence = { key_id: '301126', receiver: 'Pat' }
  desk.write({ type: 'action-done', data: { step: 'create-key', evidence } })
}

test('a shared permission and no key in use: support agrees, the key is made, its receiver stores it', () => {
  const desk = asked()
  expect(desk.outcome('permission-shared')).toBe('passed')
  expect(desk.status('permission-link')).toBe('hidden')
  expect(desk.outcome('earlier-keys')).toBe('passed')
  expect(desk.act(pat, { do: 'approve', step: 'support-agrees' })).toMatchObject({ why: { code: 'not-your-role' } })
  makeKey(desk)
  expect(desk.act(ana, { do: 'tick', step: 'key-stored' })).toMatchObject({ why: { code: 'not-your-role' } })
  desk.act(pat, { do: 'tick', step: 'key-stored' })
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('a desk may let the key be made without support; all that was to be looked at is looked at', () => {
  const enabled = ['api-key-without-approval']
  const desk = asked({}, { enabled })
  expect(desk.status('support-agrees')).toBe('hidden')
  expect(desk.act(pat, { do: 'start', step: 'create-key' }).ok).toBe(true)
  const missing = asked({ permission: 'missing' }, { enabled })
  expect(missing.act(pat, { do: 'start', step: 'create-key' })).toMatchObject({ why: { code: 'not-open' } })
  const inUse = asked({ keys: 2 }, { enabled })
  expect(inUse.status('create-key')).toBe('blocked')
  inUse.act(pat, { do: 'attest', step: 'earlier-keys' })
  expect(inUse.status('create-key')).toBe('open')
})

test('the last four digits have to be those of the number', () => {
  const desk = caseOf(apiKey, { by: pat, payment: 'direct' })
  desk.answer('number', '+49 30 123456')
  desk.look(outside())
  desk.answer('made', 'here')
  desk.answer('last-digits', '9999')
  expect(desk.plan.question).toMatchObject({ problem: 'other-digits' })
  desk.answer('last-digits', '3456')
  expect(desk.plan.ready).toBe(true)
})

test('a missing permission is asked for with a link, and waited for', () => {
  const desk = asked({ permission: 'missing', redirectUrl: 'https://bright.example/back', numbers: 3 })
  expect(desk.outcome('redirect-url')).toBe('passed')
  expect(desk.status('support-agrees')).toBe('blocked')
  desk.act(pat, { do: 'start', step: 'permission-link' })
  desk.write({ type: 'action-done', data: { step: 'permission-link', evidence: { link: 'https://hub.example/x' } } })
  const says = desk.flow.steps.find(({ id }) => id === 'permission-shared')?.says?.(desk.plan.view)
  expect(says).toMatchObject({ link: 'https://hub.example/x', number: '+4930123456' })
  desk.look(outside({ redirectUrl: 'https://bright.example/back', numbers: 3 }))
  expect(desk.outcome('permission-shared')).toBe('passed')
  expect(desk.status('permission-link')).toBe('ended')
  expect(desk.status('support-agrees')).toBe('open')
})

test('the client is reminded after one, three and six days, then the partner has to look after it', () => {
  const desk = asked({ permission: 'missing', redirectUrl: 'https://bright.example/back' })
  desk.act(pat, { do: 'start', step: 'permission-link' })
  desk.write({ type: 'action-done', data: { step: 'permission-link', evidence: { link: 'https://hub.example/x' } } })
  const reminded = { type: 'reminded', data: { step: 'permission-shared' } }
  const days = Array.from({ length: 8 }, () => desk.wait('P1D').filter(({ type }) => type === 'reminded').length)
  expect(days).toEqual([1, 0, 1, 0, 0, 1, 1, 0])
  expect(desk.events.filter(({ type }) => type === 'reminded').at(-1)).toMatchObject(reminded)
  expect(desk.plan.steps.find(({ step }) => step.id === 'permission-shared')?.owner).toBe('partner')
})

test('no Redirect URL warns before the client is sent anywhere', () => {
  const desk = asked({ permission: 'missing' })
  expect(desk.plan.steps.find(({ step }) => step.id === 'redirect-url')?.finding?.result).toBe('warn')
  expect(desk.status('permission-link')).toBe('blocked')
  desk.act(pat, { do: 'attest', step: 'redirect-url' })
  expect(desk.status('permission-link')).toBe('open')
})

test('a permission that was given and is taken back stops everything', () => {
  const desk = asked()
  desk.look(outside({ permission: 'missing' }))
  expect(desk.outcome('permission-shared')).toBeUndefined()
  expect(desk.status('permission-link')).toBe('blocked')
  expect(desk.act(ana, { do: 'start', step: 'create-key' })).toMatchObject({ ok: false })
})

test('where the partner pays the permission is there from the start, and nobody is asked', () => {
  const desk = asked({ permission: 'missing' }, { payment: 'partner' })
  expect(desk.outcome('permission-shared')).toBe('passed')
  expect(desk.status('redirect-url')).toBe('hidden')
})

test('a permission that nobody can tell about is attested, and then no link is needed', () => {
  const desk = asked({ permission: 'untold', redirectUrl: 'https://bright.example/back' })
  expect(desk.status('permission-link')).toBe('open')
  desk.act(pat, { do: 'attest', step: 'permission-shared' })
  expect(desk.status('permission-link')).toBe('hidden')
  expect(desk.status('support-agrees')).toBe('open')
})

test('a key in use has to be let go of; a list that cannot be read has to be confirmed', () => {
  const desk = asked({ keys: 1 })
  expect(desk.status('support-agrees')).toBe('blocked')
  desk.act(pat, { do: 'attest', step: 'earlier-keys' })
  expect(desk.status('support-agrees')).toBe('open')
  const other = asked()
  other.look({ ...outside(), apiKeys: broken })
  expect(other.outcome('earlier-keys')).toBe('passed')
})

test('support cannot take a key; a lead can', () => {
  const desk = asked()
  desk.act(ana, { do: 'approve', step: 'support-agrees' })
  expect(desk.act(ana, { do: 'start', step: 'create-key' })).toMatchObject({ why: { code: 'not-your-role' } })
  expect(desk.act(leo, { do: 'start', step: 'create-key' })).toMatchObject({ ok: true })
})

test('nothing is made twice without a new decision, and nothing that came later undoes it', () => {
  const desk = asked()
  makeKey(desk)
  expect(desk.act(pat, { do: 'start', step: 'create-key' })).toMatchObject({ why: { code: 'already-decided' } })
  desk.look(outside({ permission: 'missing', keys: 1 }))
  expect(desk.status('key-stored')).toBe('open')
  expect(desk.outcome('permission-shared')).toBe('passed')
})

test('after an hour the receiver is reminded that only a new key helps', () => {
  const desk = asked()
  makeKey(desk)
  expect(desk.wait('PT1H')).toEqual([{ type: 'reminded', data: { step: 'key-stored' } }])
  const step = desk.flow.steps.find(({ id }) => id === 'key-stored')
  expect(step?.how?.(desk.plan.view)).toBe('late')
})

test('made by hand in the Hub, no secret comes through here', () => {
  const desk = asked({}, { made: 'hub' })
  expect(desk.status('create-key')).toBe('hidden')
  desk.act(pat, { do: 'tick', step: 'key-in-hub' })
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('a number that is not live yet waits', () => {
  const desk = asked({ accountMode: 'sandbox' })
  expect(desk.status('support-agrees')).toBe('blocked')
})

const procedures = new URL('../../../shared/procedures.md', import.meta.url)
const present = existsSync(procedures)
if (!present) console.warn('procedures.md is not here: rows that are left out are not compared')

test.skipIf(!present)('every row of procedures.md 6 is a part of it, or named with its reason', () => {
  const rows = [...readFileSync(procedures, 'utf8').matchAll(/^\| (ak-[\w-]+) \|/gm)].map((match) => match[1] ?? '')
  const refs = new Set([...apiKey.questions, ...apiKey.steps].map(({ ref }) => ref))
  expect(rows.filter((row) => !refs.has(row) && leftOut[row] === undefined)).toEqual([])
  expect(Object.keys(leftOut).filter((row) => refs.has(row) || !rows.includes(row))).toEqual([])
})
