import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { candidates, diagnose, diagnoseProblem, longestPaste } from '../../src/meta/diagnose.ts'
import { diagnoses } from '../../src/meta/diagnoses.ts'
import type { Problem } from '../../src/meta/facts.ts'
import { errorRows } from './error-rows.ts'

const raw: unknown = JSON.parse(readFileSync(new URL('diagnose-snippets.json', import.meta.url), 'utf8'))
const snippets = z.array(z.object({ text: z.string(), match: z.string().nullable() })).parse(raw)
const errors = snippets.flatMap(({ text, match }) => (match === null ? [] : [{ text, match }]))
const harmless = snippets.filter(({ match }) => match === null).map(({ text }) => text)
const ids = Object.keys(diagnoses)

describe('pasted texts', () => {
  it('are recognised: at least 95 of 100 at the first guess', () => {
    const wrong = errors.filter(({ text, match }) => diagnose(text)?.id !== match)
    expect(errors.length).toBeGreaterThanOrEqual(120)
    expect(1 - wrong.length / errors.length, JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(0.95)
  })

  it('that are no errors are left alone, all of them', () => {
    expect(harmless.length).toBeGreaterThanOrEqual(20)
    expect(harmless.filter((text) => diagnose(text) !== undefined)).toEqual([])
  })

  it('name ids that exist, and nearly all of them', () => {
    const named = new Set(errors.map(({ match }) => match))
    expect([...named].filter((id) => !ids.includes(id))).toEqual([])
    expect(named.size).toBeGreaterThan(ids.length * 0.9)
  })
})

describe('numbers and words', () => {
  const id = (text: string) => diagnose(text)?.id

  it('a subcode says more than a code, a code more than words', () => {
    expect(id('{"code":100,"error_subcode":2388019,"message":"rate limit hit"}')).toBe('template-limit')
    expect(id('(#131042) display name not approved')).toBe('payment-problem')
    expect(id('(#100) Invalid parameter: need to represent the same business')).toBe('different-business')
  })

  it('one number with several texts is told apart by its words', () => {
    const meta = (words: string) => id(`{"code":100,"error_subcode":2388103,"error_user_msg":"${words}"}`)
    expect(meta('')).toBe('cannot-migrate')
    expect(meta('Add a payment method first.')).toBe('no-payment-at-destination')
    expect(meta('Subscribe an app to webhooks first.')).toBe('no-webhook-at-destination')
    expect(id('2388001')).toBe('code-or-two-step')
    expect(id('2388001 two-factor')).toBe('two-step-still-on')
    expect(id('2388001 verify ownership')).toBe('ownership-code-missing')
  })

  it('short numbers need something that says they are codes', () => {
    expect([id('(#4)'), id('error code 368'), id('status code 404')]).toEqual([
      'rate-limited',
      'policy-block',
      'path-not-found',
    ])
    expect([id('4'), id('we met 10 clients'), id('room 404'), id('{"status":200}')]).toEqual(Array(4).fill(undefined))
  })

  it('numbers inside of telephone numbers, amounts and longer ids are none', () => {
    const texts = ['+49 30 131042', '0151 133016', '131042 EUR', 'wamid.131042', '9131042', '131,042', 'v133016']
    expect(texts.map(id)).toEqual(texts.map(() => undefined))
  })

  it('candidates are ranked', () => {
    const found = candidates('{"code":100,"error_subcode":2388001,"error_user_msg":"two-step verification"}')
    expect(found.slice(0, 3).map((one) => one.id)).toEqual(['two-step-still-on', 'code-or-two-step', 'bad-parameter'])
  })
})

describe('any text at all', () => {
  it('is answered, never refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.lorem()), (text) => {
        const found = diagnose(text)
        expect(found === undefined || ids.includes(found.id)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('means the same in any case', () => {
    fc.assert(
      fc.property(fc.constantFrom(...errors), ({ text, match }) => {
        const found = [text.toUpperCase(), text.toLowerCase()].map((each) => diagnose(each)?.id)
        expect(found).toEqual([match, match])
      }),
    )
  })

  it('means the same with noise around it', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'xyzäöß\n\t .;-'), maxLength: 200 })
    const long = errors.filter(({ text }) => text.length > 25)
    fc.assert(
      fc.property(noise, fc.constantFrom(...long), noise, (before, { text, match }, after) => {
        expect(diagnose(`${before}\n${text}\n${after}`)?.id).toBe(match)
      }),
    )
  })

  it('is read up to its limit, in bearable time, whatever it is made of', () => {
    const huge = (piece: string) => piece.repeat(Math.ceil(longestPaste / piece.length) + 10)
    for (const piece of ['(#', '\\"', '+1 ', 'code ', 'GET x ', 'get / ', '9', 'two ', 'need to represent the ', '🤖'])
      expect(() => diagnose(huge(piece))).not.toThrow()
    expect(diagnose(`${' '.repeat(longestPaste)}133016`)).toBeUndefined()
    expect(diagnose(`${'x '.repeat(15_000)}133016`)?.id).toBe('register-limit')
  })
})

describe('a failed call', () => {
  const problem = (more: Partial<Problem>): Problem => ({
    kind: 'Rejected',
    asked: 'GET graph /1234',
    answered: 'HTTP 400',
    ...more,
  })
  const id = (more: Partial<Problem>) => diagnoseProblem(problem(more))?.id

  it('is known by its subcode, code, words or status', () => {
    expect(id({ code: 100, subcode: 2593079 })).toBe('tagged-for-another-solution')
    expect(id({ code: 133016, kind: 'RateLimited' })).toBe('register-limit')
    expect(id({ words: 'Two-factor authentication not yet disabled' })).toBe('two-step-still-on')
    expect(id({ kind: 'NotAllowed', answered: 'HTTP 401', asked: 'GET hub /partners/…/channels' })).toBe('key-invalid')
    expect(id({ kind: 'NotAllowed', answered: 'HTTP 403', asked: 'POST hub /partners/…/channels/x/api_keys' })).toBe(
      'key-creation-forbidden',
    )
  })

  it('a platform that is away is a passing problem', () => {
    expect(id({ kind: 'Unavailable', answered: 'no answer within 10 s' })).toBe('temporary')
    expect(id({ kind: 'NotFound', answered: 'not asked: that is no id' })).toBeUndefined()
  })
})

describe('the entries', () => {
  it('are more than sixty, and each has its texts in every language', () => {
    expect(ids.length).toBeGreaterThanOrEqual(60)
    const folder = new URL('../../locales/', import.meta.url)
    for (const language of readdirSync(folder)) {
      const file = new URL(`${language}/diagnoses.yaml`, folder)
      if (!existsSync(file)) continue
      const texts = z.record(z.string(), z.object({ meaning: z.string(), next: z.string() }))
      expect(Object.keys(texts.parse(parse(readFileSync(file, 'utf8')))).toSorted()).toEqual(ids.toSorted())
    }
  })

  it('cover every row of the error tables of procedures.md', () => {
    const rows = errorRows()
    if (!rows) return console.warn('procedures.md is not there: its rows are not compared')
    const covered = new Set(Object.values(diagnoses).flatMap(({ ref }) => ref))
    const known = new Set(rows.map(({ ref }) => ref))
    expect(rows.filter(({ ref }) => !covered.has(ref))).toEqual([])
    expect([...covered].filter((ref) => !known.has(ref))).toEqual([])
  })

  it('recognise the texts and numbers of those rows', () => {
    const rows = errorRows() ?? []
    const missed = rows.flatMap(({ ref, texts }) =>
      texts.filter((text) => {
        const found = diagnose(text)
        return !found?.ref.includes(ref)
      }),
    )
    expect(missed).toEqual([])
  })
})
