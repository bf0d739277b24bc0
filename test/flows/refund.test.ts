import { describe, expect, test } from 'vitest'
import { moneyText, paymentText, readPayments } from '../../src/flows/money-text.ts'
import refund, { leftOut } from '../../src/flows/refund.ts'
import type { Facts, Readings } from '../../src/meta/facts.ts'
import { absent, broken, caseOf, known, notAsked, person, type TestCase } from './kit.ts'

const pat = person('partner', 'Pat')
const ana = person('support', 'Ana')

interface Money {
  balance?: number
  renewal?: number
  billable?: boolean | undefined
  cancelledAt?: string
}

function told(money: Money = {}): Readings {
  const { balance = 50, renewal = 50, cancelledAt = '2026-03-01T09:00:00Z' } = money
  const billable = 'billable' in money ? money.billable : false
  const channel: Facts['channel'] = { id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456' }
  return {
    channel: known({ ...channel, ...(cancelledAt && { cancelledAt }) }),
    client: known({ id: 'Ab1CL', name: 'Bright Lights' }),
    balance: known({ amountMinor: Math.round(balance * 100), currency: 'EUR', lastRenewalMinor: renewal * 100 }),
    usage: known({ since: '2026-02-01T09:00:00Z', ...(billable !== undefined && { billable }) }),
  }
}

function asked(money: Money = {}, payments = '50+5', payment: 'direct' | undefined = 'direct'): TestCase {
  const desk = caseOf(refund, { by: pat, ...(payment && { payment }) })
  desk.answer('number', '+49 30 123456')
  desk.look(told(money))
  desk.answer('last-digits', '3456')
  if (desk.question === 'prepaid') desk.answer('prepaid', 'yes')
  desk.answer('payments', payments)
  return desk
}

const step = (desk: TestCase, id: string) => desk.plan.steps.find((each) => each.step.id === id)

test('a refund: computed, agreed, confirmed, pressed, back', () => {
  const desk = asked()
  expect(step(desk, 'amount')?.finding).toEqual({
    result: 'pass',
    evidence: { refund: '55.00 EUR', per_payment: '55.00 (50.00+5.00)' },
  })
  expect([desk.status('client-agrees'), desk.status('last-word')]).toEqual(['open', 'blocked'])
  desk.act(pat, { do: 'approve', step: 'client-agrees' })
  expect(desk.status('refund-in-hub')).toBe('blocked')
  desk.act(pat, { do: 'approve', step: 'last-word' })
  desk.act(pat, { do: 'tick', step: 'refund-in-hub' })
  expect(desk.status('money-back')).toBe('open')
  desk.look(told({ balance: 0 }))
  expect(desk.outcome('money-back')).toBe('passed')
  expect(step(desk, 'amount')?.finding?.evidence).toMatchObject({ refund: '55.00 EUR' })
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('the platforms see that the refund was pressed', () => {
  const desk = asked()
  desk.act(pat, { do: 'approve', step: 'client-agrees' })
  desk.act(ana, { do: 'approve', step: 'last-word' })
  desk.look(told({ balance: 0 }))
  expect(desk.outcome('refund-in-hub')).toBe('done')
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test.each([
  ['partner', { balance: 50 }, 'partner-pays'],
  ['direct', { balance: 0 }, 'nothing-left'],
  ['direct', { balance: -3.2 }, 'below-zero'],
] as const)('nothing to refund is said at once: %s %o', (payment, money, problem) => {
  const desk = caseOf(refund, { by: pat, payment })
  desk.answer('number', '4930123456')
  desk.look(told(money))
  expect(desk.plan.question).toMatchObject({ problem })
})

test('the wrong last digits stop it before anything is computed', () => {
  const desk = caseOf(refund, { by: pat, payment: 'direct' })
  desk.answer('number', '4930123456')
  desk.look(told())
  expect(desk.plan.question?.shows).toEqual({ client: 'Bright Lights', number: '+4930123456', balance: '50.00 EUR' })
  desk.answer('last-digits', '9999')
  expect(desk.plan.question).toMatchObject({ problem: 'other-digits' })
  desk.answer('last-digits', '3456')
  expect(desk.plan.question).toMatchObject({ question: { id: 'payments' }, prefill: '50.00' })
})

test('a number that is not cancelled waits until it is', () => {
  const desk = asked({ cancelledAt: '' })
  expect([desk.status('cancelled'), desk.status('amount')]).toEqual(['open', 'blocked'])
  expect(desk.act(pat, { do: 'attest', step: 'cancelled' })).toMatchObject({ why: { code: 'cannot-attest' } })
  desk.look(told())
  expect(desk.outcome('amount')).toBe('passed')
})

test('a number that has left the Hub was cancelled', () => {
  const desk = asked()
  desk.look({ ...told(), channel: absent })
  expect(desk.outcome('cancelled')).toBe('passed')
})

test('funds that nobody prepaid stay where they are', () => {
  const desk = caseOf(refund, { by: ana })
  desk.answer('number', '4930123456')
  desk.look(told())
  desk.answer('last-digits', '3456')
  desk.answer('prepaid', 'no')
  desk.answer('payments', '50+5')
  expect([desk.status('prepaid-by-client'), desk.status('amount')]).toEqual(['open', 'blocked'])
})

test('whether anything was sent is asked only where a fee hangs on it, and only when nobody knows', () => {
  expect(asked({ billable: undefined }, '50').question).toBeUndefined()
  expect(asked({ billable: true }, '50+5').question).toBeUndefined()
  const desk = asked({ billable: undefined }, '50+5')
  expect(desk.question).toBe('used')
  desk.answer('used', 'unknown')
  expect(step(desk, 'amount')?.finding).toMatchObject({
    result: 'pass',
    evidence: { refund: '50.00 EUR', refund_at_most: '55.00 EUR' },
  })
})

test('a changed answer computes again, and what was agreed is agreed again', () => {
  const desk = asked({ billable: undefined })
  desk.answer('used', 'yes')
  desk.act(pat, { do: 'approve', step: 'client-agrees' })
  desk.answer('used', 'no')
  expect(step(desk, 'amount')?.finding?.evidence).toMatchObject({ refund: '55.00 EUR' })
  expect(desk.status('client-agrees')).toBe('open')
})

test('a balance that changes before anybody agreed changes the amount', () => {
  const desk = asked()
  desk.look(told({ balance: 48.15 }))
  expect(step(desk, 'amount')?.finding?.evidence).toMatchObject({ refund: '53.15 EUR' })
})

test('more than was paid in goes to support', () => {
  const desk = asked({ balance: 40, billable: true }, '10+1')
  expect(step(desk, 'amount')).toMatchObject({
    owner: 'support',
    finding: {
      result: 'warn',
      evidence: { refund: '40.00 EUR', per_payment: '10.00 (10.00+1.00)', unallocated: '30.00 EUR' },
    },
  })
  expect(desk.act(pat, { do: 'attest', step: 'amount' })).toMatchObject({ why: { code: 'not-your-role' } })
  desk.act(ana, { do: 'attest', step: 'amount' })
  expect(desk.status('client-agrees')).toBe('open')
})

test('payments that nobody knows are looked up by support', () => {
  const desk = caseOf(refund, { by: pat, payment: 'direct' })
  desk.answer('number', '4930123456')
  desk.look(told())
  desk.answer('last-digits', '3456')
  desk.answer('payments', 'a lot')
  expect(desk.plan.question).toMatchObject({ problem: 'not-payments' })
  desk.act(pat, { do: 'skip-question', question: 'payments' })
  expect(step(desk, 'amount')).toMatchObject({ status: 'open', owner: 'support', finding: { result: 'fail' } })
  desk.answer('payments', '50+5', ana)
  expect(desk.outcome('amount')).toBe('passed')
})

test('the client declines, and nothing is refunded', () => {
  const desk = asked()
  desk.act(pat, { do: 'decline', step: 'client-agrees', reason: 'Keeps it for the next number' })
  expect(desk.state.closed).toMatchObject({ outcome: 'declined', reason: 'Keeps it for the next number' })
})

test('money that is not back after 72 hours goes to support', () => {
  const desk = asked()
  for (const id of ['client-agrees', 'last-word']) desk.act(pat, { do: 'approve', step: id })
  desk.act(pat, { do: 'tick', step: 'refund-in-hub' })
  expect(desk.wait('PT71H')).toEqual([])
  expect(desk.wait('PT1H')).toEqual([{ type: 'escalated', data: { step: 'money-back' } }])
})

test('a balance that nobody can read is confirmed by support', () => {
  const desk = caseOf(refund, { by: ana, payment: 'direct' })
  desk.answer('number', '4930123456')
  desk.look({ ...told(), balance: notAsked, usage: notAsked })
  for (const [question, value] of [
    ['last-digits', '3456'],
    ['payments', '50+5'],
    ['used', 'no'],
  ]) {
    desk.answer(String(question), value)
  }
  desk.act(ana, { do: 'attest', step: 'balance-left' })
  desk.act(ana, { do: 'attest', step: 'amount' })
  expect(desk.status('client-agrees')).toBe('open')
  desk.look({ ...told(), balance: broken })
  expect(desk.status('client-agrees')).toBe('open')
})

describe('money as text', () => {
  test.each([
    [
      '50+5; 20+2',
      [
        [5000, 500],
        [2000, 200],
      ],
    ],
    [
      '50,00+5,00 ; 20',
      [
        [5000, 500],
        [2000, 0],
      ],
    ],
    [
      '10;\n20;\n30',
      [
        [1000, 0],
        [2000, 0],
        [3000, 0],
      ],
    ],
    ['0.1+0.2', [[10, 20]]],
    ['', undefined],
    ['50+5+5', undefined],
    ['50.005', undefined],
    ['fifty', undefined],
    ['-5', undefined],
  ])('%j', (text, payments) => {
    expect(readPayments(text, 'EUR')?.map(({ credited, fee }) => [credited, fee])).toEqual(payments)
  })

  test('follows the currency, and writes what it reads', () => {
    expect(moneyText(1250, 'EUR')).toBe('12.50 EUR')
    expect(moneyText(-1250, 'JPY')).toBe('-1250 JPY')
    expect(readPayments('12.5', 'JPY')).toBeUndefined()
    const payments = [
      { credited: 5000, fee: 500 },
      { credited: 2000, fee: 0 },
    ]
    expect(readPayments(payments.map((each) => paymentText(each, 'EUR')).join(';'), 'EUR')).toEqual(payments)
  })
})

test('every row of the procedure is in the flow, or left out with a reason', () => {
  const refs = new Set([...refund.questions, ...refund.steps].map(({ ref }) => ref))
  const rows = ['rf-q-phone', 'rf-q-client', 'rf-q-prepaid', 'rf-q-payments', 'rf-q-usage']
  rows.push(...['rf-c1', 'rf-c2', 'rf-c3', 'rf-c4', 'rf-c5', 'rf-s1', 'rf-s2', 'rf-s3a', 'rf-s3b', 'rf-s4'])
  expect(rows.filter((row) => !refs.has(row)).sort()).toEqual(Object.keys(leftOut).sort())
})
