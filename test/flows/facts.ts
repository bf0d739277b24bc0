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
  template: fc.record(
    {
      name: fc.constant('order_update'),
      status: fc.constantFrom('SUBMITTED', 'APPROVED', 'REJECTED', 'BRAND_NEW'),
      reason: fc.constantFrom('INVALID_FORMAT', 'SCAM'),
      changedAt: fc.constantFrom('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'),
    },
    { requiredKeys: ['name'] },
  ),
  permission: fc.record({ apiKey: fc.constantFrom('shared' as const, 'missing' as const) }),
  apiKeys: fc.constantFrom({ count: 0, ids: [] }, { count: 1, ids: ['201126'] }),
  numbers: fc.constant([{ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456' }]),
  partnerChange: fc.record({ id: fc.constant('r1'), status: fc.constantFrom('created', 'pending', 'brand-new') }),
  changeRequests: fc.array(
    fc.record({
      id: fc.constantFrom('r1', 'r2'),
      status: fc.constantFrom('created', 'pending', 'completed', 'failed', 'brand-new'),
      targetPartnerId: fc.constantFrom('NordwnPA', 'x1yz'),
    }),
    { maxLength: 2 },
  ),
  partner: fc.record({ id: fc.constant('Ab1PA'), autoApprove: fc.boolean() }),
  newPartner: fc.record({ id: fc.constant('NordwnPA'), autoApprove: fc.boolean(), paymentRequired: fc.boolean() }),
  newNumbers: fc.constantFrom([], [{ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456' }]),
  newPermission: fc.record({ channels: fc.constantFrom([], ['Ab1CH']), phones: fc.constant([]) }),
  health: fc.record({ canSendMessage: fc.constantFrom('AVAILABLE', 'BLOCKED'), entities: fc.constant([]) }),
  destination: fc.record({ id: fc.constant('102290129340399'), createdAt: fc.constant('2026-03-10T09:00:00Z') }),
  subscriptions: fc.record({ count: fc.nat(2), apps: fc.constant([]) }),
  arriving: fc.record({
    id: fc.constant('106540352242923'),
    codeVerificationStatus: fc.constantFrom('VERIFIED', 'NOT_VERIFIED'),
    status: fc.constantFrom('PENDING', 'CONNECTED'),
  }),
  commerce: fc.record({ isCatalogVisible: fc.boolean(), isCartEnabled: fc.boolean() }),
  website: fc.record({ host: fc.constant('bright.example'), reachable: fc.boolean() }),
  ownSolutions: fc.array(
    fc.record({ id: fc.constant('930225513398826'), status: fc.constantFrom('ACTIVE', 'DRAFT') }),
    {
      maxLength: 2,
    },
  ),
  solution: fc.record({
    id: fc.constant('930225513398826'),
    status: fc.constantFrom('ACTIVE', 'INITIATED', 'BRAND_NEW'),
    appIds: fc.constantFrom([], ['440019283746551']),
  }),
  intent: fc.record({
    id: fc.constant('i1'),
    status: fc.constantFrom('INITIATED', 'ACCEPTED', 'COMPLETED', 'REJECTED'),
    destinationWaba: fc.constant('102290129340399'),
  }),
  shared: fc.record({ id: fc.constant('102290129340398') }),
  wabaNumbers: fc.constantFrom([], [{ id: '106540352242922', displayPhoneNumber: '+49 30 123456' }]),
  destinationTemplates: fc.record({ total: fc.nat(3), byStatus: fc.constant({}) }),
  destinationSolutions: fc.constantFrom([], [{ id: '930225513398826' }]),
  credit: fc.record({ id: fc.constant('g1'), isActive: fc.boolean() }),
  solutions: fc.array(fc.record({ id: fc.constant('930114402287715') }), { maxLength: 1 }),
  usage: fc.record({ since: fc.constant('2026-03-01T09:00:00Z'), billable: fc.boolean() }, { requiredKeys: ['since'] }),
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
  template: reading(values.template),
  permission: reading(values.permission),
  apiKeys: reading(values.apiKeys),
  usage: reading(values.usage),
  solutions: reading(values.solutions),
  credit: reading(values.credit),
  subscriptions: reading(values.subscriptions),
  changeRequests: reading(values.changeRequests),
  partner: reading(values.partner),
  numbers: reading(values.numbers),
  newPartner: reading(values.newPartner),
  newNumbers: reading(values.newNumbers),
  newPermission: reading(values.newPermission),
  health: reading(values.health),
  destination: reading(values.destination),
  arriving: reading(values.arriving),
  commerce: reading(values.commerce),
  website: reading(values.website),
  solution: reading(values.solution),
  ownSolutions: reading(values.ownSolutions),
  intent: reading(values.intent),
  shared: reading(values.shared),
  wabaNumbers: reading(values.wabaNumbers),
  destinationTemplates: reading(values.destinationTemplates),
  destinationSolutions: reading(values.destinationSolutions),
})

/** Of a look-up of everything, what was asked for. */
export function only(readings: Readings, names: readonly FactName[]): Readings {
  return Object.fromEntries(names.flatMap((name) => (readings[name] ? [[name, readings[name]]] : [])))
}
