import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact, secretsOf } from '../../src/meta/redact.ts'

describe('redact', () => {
  it.each([
    ['Malformed access token EAAGm0PX4ZCpsBAKZ', 'Malformed access token [hidden]'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [hidden]'],
    ['GET /x?access_token=abc123&fields=id', 'GET /x?access_token=[hidden]&fields=id'],
    ['{"pin":"482913","cc":"49"}', '{"pin":"[hidden]","cc":"49"}'],
    ['Your PIN 482913 is wrong', 'Your PIN [hidden] is wrong'],
    ['(#133005) Two step verification PIN Mismatch', '(#133005) Two step verification PIN Mismatch'],
  ])('%s', (text, shown) => {
    expect(redact(text)).toBe(shown)
  })

  it('leaves no given secret in any text', () => {
    const secret = fc.string({ minLength: 6, maxLength: 40, unit: fc.constantFrom(...'abcXYZ0189-_.+/=') })
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (before, key, after) => {
        expect(redact(`${before} ${key} ${after}`, [key])).not.toContain(key)
      }),
    )
  })

  it('knows the secrets of a call by its headers and by the names in its body', () => {
    const body = { pin: 482913, cc: '49', nested: [{ api_key: 'k-1' }], name: 'Acme' }
    expect(secretsOf({ authorization: 'Bearer abc' }, body)).toEqual(['Bearer abc', 'abc', '482913', 'k-1'])
  })
})
