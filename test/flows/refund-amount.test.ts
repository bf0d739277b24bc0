import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Payment, type RefundCase, refundAmount } from '../../src/flows/refund-amount.ts'

/** Payments as they are written in procedures.md 8: `50+5` is 50.00 credited and a fee of 5.00. */
const paid = (text: string): Payment[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((each) => {
      const [credited = 0, fee = 0] = each.split('+').map(Number)
      return { credited: credited * 100, fee: fee * 100 }
    })

const asked = (balance: number, payments: string, billableSinceLast: boolean, more: Partial<RefundCase> = {}) =>
  refundAmount({
    cancelled: true,
    prepaid: true,
    balance: Math.round(balance * 100),
    payments: paid(payments),
    billableSinceLast,
    ...more,
  })

test.each([
  ['1', 50, '50+5', false, 55, ['55 full'], 0],
  ['1b', 55, '55+0', false, 55, ['55 full'], 0],
  ['2', 45, '50+5', true, 45, ['45 part'], 0],
  ['3', 25, '10 20 30', true, 25, ['10 full', '15 part'], 0],
  ['3', 25, '10 20 30', false, 25, ['10 full', '15 part'], 0],
  ['8', 47, '50+5', false, 52, ['52 part'], 0],
  ['9', 62, '50+5 20+2', false, 67, ['55 full', '12 part'], 0],
  ['10', 57, '50+5 20+2', true, 57, ['50 part', '7 part'], 0],
  ['11', 40, '10+1', true, 40, ['10 part'], 30],
  ['12', 50, '50+5', true, 50, ['50 part'], 0],
])('example %s: balance %d of %s, used since: %s', (_, balance, payments, used, total, lines, unallocated) => {
  const refund = asked(balance, payments, used)
  expect(refund).toMatchObject({ ok: true, total: total * 100, unallocated: unallocated * 100 })
  const said = refund.ok ? refund.lines.map(({ part, full }) => `${part / 100} ${full ? 'full' : 'part'}`) : []
  expect(said).toEqual(lines)
})

test.each([
  ['4', asked(0, '10+0', false), 'no-balance'],
  ['5', asked(-3.2, '10+0', true), 'no-balance'],
  ['6', asked(50, '50+5', false, { cancelled: false }), 'not-cancelled'],
  ['7', asked(50, '50+5', false, { prepaid: false }), 'not-prepaid'],
  ['no payment', asked(50, '', false), 'no-payment'],
])('example %s is refused: %o', (_, refund, why) => {
  expect(refund).toEqual({ ok: false, why })
})

describe('whatever the numbers', () => {
  const money = fc.integer({ min: 0, max: 10_000_000 })
  const payment = fc.record({ credited: money, fee: fc.integer({ min: 0, max: 500_000 }) })
  const cases = fc.record({
    cancelled: fc.constant(true),
    prepaid: fc.constant(true),
    balance: fc.integer({ min: -1_000_000, max: 20_000_000 }),
    payments: fc.array(payment, { maxLength: 8 }),
    billableSinceLast: fc.boolean(),
  })
  const sum = (parts: readonly number[]) => parts.reduce((a, b) => a + b, 0)

  test('nothing is negative, no payment gives more than it was, and all of the balance is accounted for', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const refund = refundAmount(given)
        if (!refund.ok) {
          expect(given.balance <= 0 || given.payments.length === 0).toBe(true)
          return
        }
        const { total, feeBack, lines, unallocated } = refund
        expect(sum(lines.map(({ part }) => part)) + unallocated).toBe(total)
        expect(total).toBe(given.balance + feeBack)
        for (const line of lines) {
          expect(line.part).toBeGreaterThan(0)
          expect(line.part).toBeLessThanOrEqual(line.payment.credited + line.payment.fee)
          expect(line.full).toBe(line.part === line.payment.credited + line.payment.fee)
        }
        expect(unallocated).toBeGreaterThanOrEqual(0)
        expect([0, given.payments[0]?.fee]).toContain(feeBack)
        for (const part of [total, feeBack, unallocated]) expect(Number.isSafeInteger(part)).toBe(true)
      }),
    )
  })

  test('newest first: an older payment is touched only when every newer one gave all it can', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const refund = refundAmount(given)
        if (!refund.ok) return
        const { lines, unallocated } = refund
        const places = lines.map(({ payment: each }) => given.payments.indexOf(each))
        expect(places).toEqual([...places].sort((a, b) => a - b))
        const whole = unallocated > 0 ? lines : lines.slice(0, -1)
        for (const [index, line] of whole.entries()) {
          expect(line.part).toBe(line.payment.credited + (places[index] === 0 ? refund.feeBack : 0))
        }
      }),
    )
  })

  test('what was used since costs the fee of the newest payment, and nothing else', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const [used, unused] = [true, false].map((billableSinceLast) => refundAmount({ ...given, billableSinceLast }))
        if (!used?.ok || !unused?.ok) return
        expect(used.total).toBe(Math.max(given.balance, 0))
        expect(unused.total - used.total).toBe(given.payments[0]?.fee)
      }),
    )
  })
})
