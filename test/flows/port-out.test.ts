import { expect, test } from 'vitest'
import portOut from '../../src/flows/port-out.ts'
import { absent, broken, caseOf, person, type TestCase } from './kit.ts'
import { type Told, world } from './world.ts'

const pat = person('partner', 'Pat')
const ana = person('support', 'Ana')

/** Pat has answered what only people know; the platforms told the rest. */
function asked(told: Told = {}, payment: 'direct' | 'partner' = 'direct'): TestCase {
  const desk = caseOf(portOut, { by: pat, payment })
  desk.answer('number', '+49 30 123-456')
  desk.look(world(told))
  if (desk.question === 'ownership') desk.answer('ownership', 'client_owned')
  desk.answer('admin', 'yes')
  desk.answer('target', 'Nordwind')
  desk.act(pat, { do: 'skip-question', question: 'planned-date' })
  desk.answer('invoices', true)
  desk.answer('templates', true)
  if (payment === 'direct') desk.answer('refund', 'yes')
  return desk
}

test('a client-owned number leaves: two-step off, moved, cancelled, money back', () => {
  const desk = asked()
  expect(desk.plan.ready).toBe(true)
  expect([desk.status('release'), desk.status('release-ticket'), desk.status('pay-invoices')]).toEqual(
    Array(3).fill('hidden'),
  )
  expect([desk.status('two-step-off'), desk.status('number-moved')]).toEqual(['open', 'blocked'])

  desk.look(world({ phone: { isPinEnabled: false } }))
  expect(desk.outcome('two-step-off')).toBe('passed')
  expect(desk.status('number-moved')).toBe('open')

  desk.look(world({ phone: { isPinEnabled: false, status: 'MIGRATED' } }))
  expect(desk.outcome('number-moved')).toBe('passed')
  expect(desk.status('cancel-subscription')).toBe('open')

  desk.look(world({ phone: { status: 'MIGRATED', isPinEnabled: false }, channel: { cancelledAt: '2026-03-31' } }))
  expect(desk.outcome('cancel-subscription')).toBe('done')
  expect(desk.events.find(({ type }) => type === 'ticked')?.by.role).toBe('system')

  desk.act(pat, { do: 'tick', step: 'request-refund' })
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('an on-behalf-of number goes by ticket, and support releases it', () => {
  const desk = asked({ owner: 'ON_BEHALF_OF' })
  expect([desk.status('release-ticket'), desk.status('release'), desk.status('two-step-off')]).toEqual([
    'open',
    'open',
    'blocked',
  ])
  expect(desk.act(pat, { do: 'approve', step: 'release' })).toMatchObject({ ok: false, why: { code: 'not-your-role' } })
  expect(desk.act(ana, { do: 'approve', step: 'release' }).ok).toBe(true)
  expect(desk.status('two-step-off')).toBe('open')
  expect(desk.act(person('lead', 'Lea'), { do: 'approve', step: 'release' })).toMatchObject({
    ok: false,
    why: { code: 'already-decided', params: { by: 'Ana', outcome: 'approved' } },
  })
})

test('what was decided stays visible when two-step is off', () => {
  const desk = asked({ owner: 'ON_BEHALF_OF' })
  desk.act(ana, { do: 'approve', step: 'release' })
  desk.look(world({ owner: 'ON_BEHALF_OF', phone: { isPinEnabled: false } }))
  expect(desk.outcome('release')).toBe('approved')
})

test('support declines with a reason, and that ends the case', () => {
  const desk = asked({ owner: 'ON_BEHALF_OF' })
  const bare = desk.act(ana, { do: 'decline', step: 'release', reason: '  ' })
  expect(bare).toMatchObject({ ok: false, why: { code: 'reason-needed' } })
  desk.act(ana, { do: 'decline', step: 'release', reason: ' Invoices are open ' })
  expect(desk.state.closed).toMatchObject({ outcome: 'declined', reason: 'Invoices are open', by: { name: 'Ana' } })
  expect(desk.answer('admin', false)).toMatchObject({ ok: false, why: { code: 'case-closed' } })
})

test('a person attests what Meta does not tell', () => {
  const desk = asked({ phone: { isPinEnabled: undefined } as Told['phone'] & object })
  expect(desk.plan.steps.find(({ step }) => step.id === 'two-step-off')?.finding?.result).toBe('unknown')
  desk.act(pat, { do: 'attest', step: 'two-step-off' })
  expect(desk.outcome('two-step-off')).toBe('declared')
  desk.look(world({ phone: { isPinEnabled: true } }))
  expect(desk.status('two-step-off')).toBe('open')
  expect(desk.act(pat, { do: 'attest', step: 'two-step-off' })).toMatchObject({ why: { code: 'cannot-attest' } })
})

test('money owed is a warning that somebody has to confirm', () => {
  const desk = asked({ balance: -500, phone: { isPinEnabled: false } })
  expect(desk.status('balance-not-negative')).toBe('open')
  expect(desk.status('number-moved')).toBe('blocked')
  desk.act(pat, { do: 'attest', step: 'balance-not-negative' })
  expect(desk.status('number-moved')).toBe('open')
})

test('an ownership that the platforms know is not asked', () => {
  const desk = caseOf(portOut, { by: pat })
  desk.answer('number', '4930123456')
  expect(desk.plan.lookUp).toMatchObject({ at: desk.now })
  expect(desk.question).toBeUndefined()
  desk.look(world({ owner: 'CLIENT_OWNED' }))
  expect(desk.question).toBe('admin')
  expect(desk.answer('ownership', 'obo')).toMatchObject({ ok: false, why: { code: 'known-by-platform' } })

  const other = caseOf(portOut, { by: pat })
  other.answer('number', '4930123456')
  other.look(world({ owner: undefined }))
  expect(other.question).toBe('ownership')
})

test('nobody asks for a refund when the partner pays', () => {
  const desk = asked({ balance: -500 }, 'partner')
  expect(desk.plan.questions.map(({ question }) => question.id)).not.toContain('refund')
  expect([desk.status('balance-not-negative'), desk.status('request-refund')]).toEqual(['hidden', 'hidden'])
})

test('open invoices are paid before the number moves', () => {
  const desk = asked({ phone: { isPinEnabled: false } })
  desk.answer('invoices', false)
  expect([desk.status('pay-invoices'), desk.status('number-moved')]).toEqual(['open', 'blocked'])
  desk.act(pat, { do: 'tick', step: 'pay-invoices' })
  expect(desk.status('number-moved')).toBe('open')
})

test('another number in the middle of the case starts everything again, and keeps what people said', () => {
  const desk = asked({ owner: 'ON_BEHALF_OF' })
  desk.act(ana, { do: 'approve', step: 'release' })
  desk.answer('number', '+49 30 999 999')
  expect(desk.state.steps).toEqual({})
  expect(desk.plan.lookUp).toMatchObject({ at: desk.now })
  desk.look(world({ owner: 'ON_BEHALF_OF', channel: { phone: '4930999999' } }))
  expect(desk.question).toBe('refund')
  desk.answer('refund', false)
  expect(desk.status('release')).toBe('open')
  expect(desk.state.answers.target?.value).toBe('Nordwind')
})

test('the number is refused while another case changes it, and asked for when it is not at 360dialog', () => {
  const desk = caseOf(portOut, { by: pat })
  desk.answer('number', '4930123456')
  desk.look(world(), { busy: 'PD-7' })
  expect(desk.plan.question).toMatchObject({ problem: 'busy', prefill: '4930123456' })
  desk.look({ ...world(), channel: absent })
  expect(desk.plan.question).toMatchObject({ problem: 'not-found' })
  desk.answer('number', '4930123457')
  desk.look(world())
  expect(desk.question).toBe('admin')
})

test('a number that could not be looked up is looked up again, by itself and when asked', () => {
  const desk = caseOf(portOut, { by: pat })
  desk.answer('number', '4930123456')
  desk.look({ ...world(), channel: broken })
  expect(desk.plan.question).toMatchObject({ problem: 'unreachable' })
  expect(desk.plan.lookUp?.at).toBe(desk.now + 120_000)
  const before = desk.state.seq
  expect(desk.answer('number', '4930123456')).toEqual({ ok: true, events: [], lookUp: true })
  expect(desk.state.seq).toBe(before)
})

test('a platform that fails in the middle of a case takes nothing back', () => {
  const desk = asked({ owner: 'ON_BEHALF_OF' })
  const steps = desk.plan.steps.map(({ status }) => status)
  desk.look({ channel: broken, waba: broken, account: broken, phone: broken, balance: broken, client: broken })
  expect(desk.plan.ready).toBe(true)
  expect(desk.plan.steps.map(({ status }) => status)).toEqual(steps)
})

test('a number that has left 360dialog for good does not bring its question back', () => {
  const desk = asked({ phone: { isPinEnabled: false } })
  desk.look({ channel: absent })
  expect(desk.plan.ready).toBe(true)
  expect(desk.status('number-moved')).toBe('open')
})

test('cancelling before the number has moved is warned about', () => {
  const desk = asked({ channel: { cancelledAt: '2026-03-31' } })
  expect(desk.plan.steps.find(({ step }) => step.id === 'not-cancelled-early')).toMatchObject({
    status: 'open',
    finding: { result: 'warn', evidence: { cancelled_at: '2026-03-31' } },
  })
})
