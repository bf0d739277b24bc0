import { optionsOf } from '../../src/flows/engine/answer.ts'
import type { Answer, Finding, Question, Rule, Step, View } from '../../src/flows/engine/types.ts'
import type { Facts, Reading, Readings } from '../../src/meta/facts.ts'
import { absent, broken, known, notAsked, start } from '../flows/kit.ts'

const base: Facts = {
  channel: { id: 'c', clientId: 'l', phone: '4930123456', hubStatus: 'live', status: 'ready', accountMode: 'live' },
  client: { id: 'l', name: 'Bright Lights' },
  waba: { id: 'w', status: 'approved' },
  phone: { id: 'p', isPinEnabled: false, status: 'CONNECTED', canSendMessage: 'AVAILABLE', nameStatus: 'APPROVED' },
  account: { id: 'a', ownershipType: 'CLIENT_OWNED' },
  business: { id: 'b', verificationStatus: 'verified' },
  balance: { amountMinor: 100, currency: 'EUR' },
  templates: { total: 1, byStatus: {} },
  template: { name: 'order_update', status: 'APPROVED' },
  permission: { apiKey: 'shared' },
  apiKeys: { count: 1, ids: ['201126'] },
  numbers: [{ id: 'c', clientId: 'l', phone: '4930123456' }],
  partnerChange: { id: 'r', status: 'created' },
  changeRequests: [],
  newPartner: { id: 'n', autoApprove: false, paymentRequired: false },
  newNumbers: [],
  newPermission: { channels: [], phones: [] },
  partner: { id: 'p', redirectUrl: 'https://bright.example', autoApprove: false },
  health: { canSendMessage: 'AVAILABLE', entities: [] },
  destination: { id: 'd', createdAt: '2026-03-10T09:00:00Z' },
  subscriptions: { count: 1, apps: [] },
  credit: { id: 'g', isActive: true },
  solutions: [],
  arriving: { id: 'n', status: 'PENDING', codeVerificationStatus: 'NOT_VERIFIED' },
  website: { host: 'bright.example', reachable: true, status: 200 },
  commerce: { isCatalogVisible: true, isCartEnabled: true },
  usage: { since: '2026-03-01T09:00:00Z', billable: false },
  solution: { id: '930225513398826', name: 'Bright', status: 'ACTIVE', appIds: ['1'] },
  ownSolutions: [],
  intent: { id: 'i', status: 'ACCEPTED', destinationWaba: 'd' },
  shared: { id: 'a' },
  wabaNumbers: [{ id: 'p', displayPhoneNumber: '+49 30 123456' }],
  destinationTemplates: { total: 0, byStatus: {}, coming: [], staying: [] },
  destinationSolutions: [{ id: '930225513398826', status: 'ACTIVE' }],
}

/** The same world told in ways that rules decide differently on. */
const told: Partial<Facts>[] = [
  base,
  {},
  { ...base, phone: { id: 'p', isPinEnabled: true, status: 'MIGRATED', quality: 'RED' } },
  { ...base, phone: { id: 'p', nameStatus: 'DECLINED', canSendMessage: 'BLOCKED', status: 'PENDING' } },
  { ...base, phone: { id: 'p', nameStatus: 'AVAILABLE_WITHOUT_REVIEW', quality: 'GREEN' } },
  { ...base, balance: { amountMinor: -100, currency: 'EUR' }, permission: { apiKey: 'missing' } },
  { ...base, channel: { ...base.channel, hubStatus: 'pending_deletion', quality: 'LOW' } },
  { ...base, channel: { ...base.channel, cancelledAt: '2026-03-10T09:00:00Z' } },
  { ...base, account: { id: 'a', ownershipType: 'ON_BEHALF_OF' } },
  { ...base, account: { id: 'a', ownershipType: 'ON_BEHALF_OF', onBehalfOf: { status: 'PENDING' } } },
  { ...base, solutions: [{ id: '930225513398826', status: 'ACTIVE' }], intent: { id: 'i', status: 'REJECTED' } },
  { ...base, solution: { id: '930225513398826', status: 'INITIATED', pendingRequest: 'PENDING_ACTIVATION' } },
]

const answersTold: Record<string, Answer>[] = [
  {},
  { ownership: 'client_owned', admin: true, refund: true, invoices: true, templates: true },
  { ownership: 'obo', admin: false, refund: false, invoices: false, templates: false },
  { 'destination-solution': '930225513398826', way: 'request', route: 'embedded-signup', ownership: 'client_owned' },
  { 'destination-solution': '930225513398826', way: 'signup', 'signup-link': 'https://s.example/?s=930114402287715' },
]

const names = Object.keys(base) as (keyof Facts)[]
const readingsOf = (facts: Partial<Facts>, otherwise: Reading<never>): Readings =>
  Object.fromEntries(names.map((name) => [name, name in facts ? known(facts[name]) : otherwise])) as Readings

function viewOf(facts: Partial<Facts>, readings: Readings, answers: Record<string, Answer>, busy?: string): View {
  return {
    facts,
    readings,
    answers,
    outcomes: {},
    endedAt: {},
    answeredAt: {},
    late: {},
    evidence: {},
    partners: [],
    payment: 'direct',
    enabled: [],
    busy,
    now: start,
  }
}

/** Views that bring out what the rules of a procedure can say. */
export const probes: readonly View[] = answersTold.flatMap((answers) => [
  ...told.map((facts) => viewOf(facts, readingsOf(facts, notAsked), answers)),
  viewOf({}, readingsOf({}, absent), answers),
  viewOf({}, readingsOf({}, broken), answers),
  viewOf(base, readingsOf(base, notAsked), answers, 'PD-7'),
])

const answersOf = <T>(rule: Rule<T | undefined> | undefined): T[] =>
  rule ? probes.flatMap((view) => rule(view) ?? []) : []

/** What a step can find out. */
export function findingsOf(step: Step): Finding[] {
  if (step.kind === 'check') return answersOf(step.passes)
  if (step.kind === 'wait') return answersOf(step.until)
  return step.kind === 'task' ? answersOf(step.done) : []
}

/** The instructions that a step chooses from, beside its usual one. */
export const variantsOf = (step: Step): string[] => [...new Set(answersOf(step.how))]

/** Text keys of what can be wrong with an answer. */
export const problemsOf = (question: Question): string[] => [...new Set(answersOf(question.problem))]

/** Every option that a choice can offer, but for numbers: those are shown as they are. */
export const optionsAsked = (question: Question): string[] => [
  ...new Set(probes.flatMap((view) => optionsOf(question, view)).filter((option) => !/^\+\d+$/.test(option))),
]
