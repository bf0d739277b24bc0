import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponentOf, minorUnits } from '../../src/meta/money.ts'

describe('minorUnits', () => {
  it.each([
    [48.15, 'EUR', 4815],
    [1.005, 'eur', 101],
    [0.1 + 0.2, 'EUR', 30],
    [-37.2, 'BRL', -3720],
    [1500, 'JPY', 1500],
    [1499.5, 'JPY', 1500],
    [-0.004, 'EUR', 0],
    [1.2345, 'KWD', 1235],
    [1e-7, 'EUR', 0],
    ['12.50', 'USD', 1250],
    [1e21, 'EUR', undefined],
    [Number.NaN, 'EUR', undefined],
    ['12,50', 'EUR', undefined],
  ])('%s %s are %s', (amount, currency, minor) => {
    expect(minorUnits(amount, currency)).toBe(minor)
  })

  it('gives back every amount that was written with the decimals of its currency', () => {
    const currency = fc.constantFrom('JPY', 'EUR', 'BRL', 'KWD', 'CLF')
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), currency, (minor, code) => {
        const decimals = exponentOf(code)
        const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
        const whole = digits.slice(0, digits.length - decimals)
        const text = `${minor < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`
        expect(minorUnits(text, code)).toBe(minor)
        expect(minorUnits(Number(text), code)).toBe(minor)
      }),
    )
  })

  it('keeps order and sign', () => {
    const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [low = 0, high = 0] = [Math.min(a, b), Math.max(a, b)].map((one) => minorUnits(one, 'EUR'))
        expect(low).toBeLessThanOrEqual(high)
        expect(Math.abs((minorUnits(a, 'EUR') ?? 0) / 100 - a)).toBeLessThanOrEqual(0.00501)
      }),
    )
  })
})
