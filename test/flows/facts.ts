import fc from 'fast-check'
import type { FactName, Facts, Readings } from '../../src/meta/facts.ts'
import { absent, broken, known, notAsked } from './kit.ts'

/** Facts in the spellings that the procedures turn on, and a few that nobody told us about. */
const values: { [N in FactName]: fc.Arbitrary<Facts[N]> } = {
  channel: fc.record({
    id: fc.constant('Ab1CH'),
    clientId: fc.constant('Ab1CL'),
    phone: fc.constant('4930123456'),
    status: fc.constantFrom('ready', 'pending'),
    hubStatus: fc.constantFrom('live', 'pending_deletion', 'brand-new'),
    accountMode: fc.constantFrom('live', 'sandbox'),
  }),
  client: fc.record({ id: fc.constant('Ab1CL'), name: fc.constant('Bright Lights') }),
  waba: fc.record(
    { id: fc.constant('Ab1WA'), onBehalfOf: fc.record({ type: fc.constantFrom('SELF', 'ON_BEHALF_OF') }) },
    { requiredKeys: ['id'] },
  ),
  phone: fc.record(
    {
      id: fc.constant('106540352242922'),
      isPinEnabled: fc.boolean(),
      status: fc.constantFrom('CONNECTED', 'MIGRATED'),
      platformType: fc.constantFrom('CLOUD_API', 'ON_PREMISE'),
      nameStatus: fc.constantFrom('APPROVED', 'AVAILABLE_WITHOUT_REVIEW', 'DECLINED'),
      accountMode: fc.constantFrom('LIVE', 'SANDBOX'),
      isOba: fc.boolean(),
    },
    { requiredKeys: ['id'] },
  ),
  account: fc.record(
    {
      id: fc.constant('102290129340398'),
      ownershipType: fc.constantFrom('CLIENT_OWNED', 'ON_BEHALF_OF', 'SELF', 'NEW_KIND'),
      ownerBusinessId: fc.constant('506914307656634'),
      reviewStatus: fc.constantFrom('APPROVED', 'PENDING'),
      currency: fc.constantFrom('EUR', 'USD'),
      primaryFundingId: fc.constant('998877'),
    },
    { requiredKeys: ['id'] },
  ),
  business: fc.record({
    id: fc.constant('506914307656634'),
    verificationStatus: fc.constantFrom('verified', 'failed'),
  }),
  balance: fc.record({ amountMinor: fc.integer({ min: -5000, max: 5000 }), currency: fc.constant('EUR') }),
  templates: fc.record({ total: fc.nat(9), byStatus: fc.constant({}) }),
  permission: fc.record({ apiKey: fc.constantFrom('shared' as const, 'missing' as const) }),
}

const reading = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 7, arbitrary: value.map(known) },
    { weight: 1, arbitrary: fc.constantFrom(absent, notAsked, broken) },
  )

/** What a look-up of everything might bring. */
export const anyReadings: fc.Arbitrary<Readings> = fc.record({
  channel: reading(values.channel),
  client: reading(values.client),
  waba: reading(values.waba),
  phone: reading(values.phone),
  account: reading(values.account),
  business: reading(values.business),
  balance: reading(values.balance),
  templates: reading(values.templates),
  permission: reading(values.permission),
})

/** Of a look-up of everything, what was asked for. */
export function only(readings: Readings, names: readonly FactName[]): Readings {
  return Object.fromEntries(names.flatMap((name) => (readings[name] ? [[name, readings[name]]] : [])))
}
