import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brazilVariants, digitsOf, displayPhone, parsePhone } from '../../src/meta/phone.ts'

describe('parsePhone', () => {
  it.each([
    ['+49 30 1234567', '49301234567', 'DE'],
    ['+49 (0)30 1234567', '49301234567', 'DE'],
    ['0049 30 / 123 45 67', '49301234567', 'DE'],
    ['49301234567', '49301234567', 'DE'],
    ['tel:+49-30-1234567', '49301234567', 'DE'],
    ['<tel:+49301234567|+49 30 1234567>', '49301234567', 'DE'],
    ['https://wa.me/49301234567', '49301234567', 'DE'],
    ['\u202a+49 30 1234567\u202c', '49301234567', 'DE'],
    ['+٤٩ ٣٠ ١٢٣٤٥٦٧', '49301234567', 'DE'],
    ['＋４９ ３０ １２３４５６７', '49301234567', 'DE'],
    ['+1 (631) 555-5555', '16315555555', 'US'],
    ['+55 11 98765-4321', '5511987654321', 'BR'],
    ['+39 06 12345678', '390612345678', 'IT'],
    ['5215512345678', '525512345678', 'MX'],
  ])('reads %s', (text, digits, country) => {
    expect(parsePhone(text)).toEqual({ ok: true, digits, country })
  })

  it.each([
    ['', 'empty'],
    ['  \u200b ', 'empty'],
    ['Acme GmbH', 'not-a-number'],
    ['call +49 30 1234567', 'not-a-number'],
    ['--', 'not-a-number'],
    ['030 1234567', 'no-country'],
    ['+999 123 456 789', 'no-country'],
    ['+49 30', 'too-short'],
    ['4930', 'too-short'],
    ['+49 30 12345678901234567', 'too-long'],
    ['+1 631 555 5555 555', 'too-long'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parsePhone(text)).toEqual({ ok: false, reason })
  })

  const number = fc
    .oneof(
      fc.tuple(fc.constant('4930'), digits(7, 8)),
      fc.tuple(fc.constant('1202'), digits(7, 7)),
      fc.tuple(fc.constant('55119'), digits(8, 8)),
      fc.tuple(fc.constant('4420'), digits(8, 8)),
    )
    .map(([start, rest]) => start + rest)

  it('reads the same number whatever stands between the digits', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', ' / ', '\u00a0', '\u2011')
    fc.assert(
      fc.property(
        number,
        fc.array(separator, { minLength: 15, maxLength: 15 }),
        fc.constantFrom('+', '00', ''),
        (n, between, start) => {
          const written = start + [...n].map((digit, index) => digit + (between[index] ?? '')).join('')
          expect(parsePhone(written)).toMatchObject({ ok: true, digits: n })
        },
      ),
    )
  })

  it('reads again what it displays', () => {
    fc.assert(
      fc.property(number, (n) => {
        expect(parsePhone(displayPhone(n))).toMatchObject({ ok: true, digits: n })
      }),
    )
  })

  it('answers any text without throwing, with digits or a reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const parsed = parsePhone(text)
        if (parsed.ok) expect(parsed.digits).toMatch(/^[1-9]\d{3,14}$/)
      }),
    )
  })
})

describe('brazilVariants', () => {
  it('knows mobile numbers with and without the ninth digit', () => {
    expect(brazilVariants('5511976540211')).toEqual(['5511976540211', '551176540211'])
    expect(brazilVariants('551176540211')).toEqual(['551176540211', '5511976540211'])
  })

  it('leaves landlines and other countries alone', () => {
    expect(brazilVariants('551130000102')).toEqual(['551130000102'])
    expect(brazilVariants('493023125101')).toEqual(['493023125101'])
  })

  it('always names the number itself first, and from either spelling the same two', () => {
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom('5511', '5585', '49', '1'), digits(6, 11)), ([start, rest]) => {
        const variants = brazilVariants(start + rest)
        expect(variants[0]).toBe(start + rest)
        for (const variant of variants) expect(brazilVariants(variant).sort()).toEqual([...variants].sort())
      }),
    )
  })
})

describe('displayPhone', () => {
  it('writes numbers as people read them', () => {
    expect(displayPhone('49301234567')).toBe('+49 30 1234567')
    expect(displayPhone('5511976540211')).toBe('+55 11 97654 0211')
  })

  it('never loses or adds a digit', () => {
    fc.assert(
      fc.property(digits(1, 17), (n) => {
        expect(digitsOf(displayPhone(n))).toBe(n)
      }),
    )
  })
})

function digits(minLength: number, maxLength: number) {
  return fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength })
}
