import { expect, test } from 'vitest'
import { enabledBy } from '../../src/cases/enabled.ts'

test('a case is opened with what the set-up switched on, and nothing more', () => {
  expect(enabledBy({})).toEqual([])
  expect(enabledBy({ cancellation: { byApi: false }, apiKey: { approval: true } })).toEqual([])
  expect(enabledBy({ cancellation: { byApi: true }, apiKey: { approval: false } })).toEqual([
    'cancel-by-api',
    'api-key-without-approval',
  ])
})
