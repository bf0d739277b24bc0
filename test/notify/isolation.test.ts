import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asReadBy } from '../../src/notify/isolation.ts'
import { type Notice, severities } from '../../src/notify/notice.ts'
import type { Subscription } from '../../src/notify/notices.ts'
import { noticesSchema } from '../../src/notify/route-schema.ts'
import { targetsOf } from '../../src/notify/routes.ts'
import { type Routing, routingOf } from '../../src/notify/routing.ts'
import { notice } from './group-kit.ts'
import { desk } from './routing-kit.ts'

/** Chats of the partners, by whose they are; the rest belongs to nobody. */
const owners = new Map([
  ['7001', 'bright'],
  ['-7002', 'bright'],
  ['-8001', 'nord'],
  ['-8002', 'nord'],
  ['-8003', 'nord'],
])
const chats = [...owners.keys(), '-9001', '-9002']
const partners = ['bright', 'nord', 'quiet']
const audiences = ['desk', 'partner', 'destination-partner'] as const

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 })

/** Rooms that no careful person would name either: the set-up is checked at the start, but nothing may depend on that. */
const receivers = fc.record({
  a: fc.record({ telegram: fc.constantFrom(...chats).map(Number), desk: fc.boolean() }),
  b: fc.record({ telegram: fc.constantFrom(...chats).map(Number), topic: fc.integer({ min: 1, max: 3 }) }),
  c: fc.constant({ slack: 'C0FAR' }),
})
const match = fc
  .record({
    kind: maybe(fc.constantFrom('quality-*', '*', 'name-refused', '*-back')),
    severity: maybe(some(...severities)),
    atLeast: maybe(fc.constantFrom(...severities)),
    partner: maybe(some(...partners)),
    country: maybe(some('DE', 'BR')),
    text: maybe(fc.constantFrom('flagged', 'quality')),
    audience: maybe(some(...audiences)),
  })
  .map(said)
const settings = {
  to: maybe(fc.subarray(['audience', 'desk', 'partner', 'destination', 'a', 'b', 'c'])),
  group: maybe(some('subject', 'severity', 'partner', 'topic', 'client', 'country')),
  severity: maybe(fc.constantFrom(...severities)),
  digest: maybe(fc.constantFrom(false, {})),
}
const { route } = fc.letrec<{ route: object; routes: object[] }>((tie) => ({
  route: fc.record({ ...settings, match, continue: fc.boolean(), routes: tie('routes') }).map(said),
  routes: fc.oneof({ maxDepth: 2 }, fc.constant<object[]>([]), fc.array(tie('route'), { maxLength: 3 })),
}))
const tree = fc
  .record({ ...settings, receivers, routes: fc.array(route, { maxLength: 4 }) })
  .map((given) => noticesSchema.parse(said(given)))

const subscription = fc
  .record({
    id: fc.nat(),
    chat: fc.constantFrom(...chats, 'C0FAR'),
    topic: maybe(fc.integer({ min: 1, max: 3 })),
    partner: maybe(fc.constantFrom(...partners)),
    kinds: maybe(some('quality-*', '*')),
    severities: maybe(some<string>(...severities)),
  })
  .map(
    ({ id, chat, topic, partner, kinds, severities }): Subscription => ({
      id,
      to: chat.startsWith('C')
        ? { surface: 'slack', room: chat }
        : { surface: 'telegram', room: chat, ...(topic && { topic }) },
      match: { ...(kinds && { kinds }), ...(severities && { severities }) },
      by: { id: 'slack:U0ANA', name: 'Ana' },
      ...(partner && { partner }),
    }),
  )
const made: fc.Arbitrary<Routing> = fc
  .tuple(tree, fc.array(subscription, { maxLength: 4 }))
  .map(([notices, subscriptions]) => routingOf({ ...desk(), notices }, subscriptions))

const whose = fc
  .record({
    partner: maybe(fc.constantFrom(...partners, 'stranger')),
    destination: maybe(fc.constantFrom(...partners)),
    country: maybe(fc.constantFrom('DE', 'BR')),
  })
  .map((given) => said(given) as Partial<Notice>)
const what = fc
  .record({
    kind: fc.constantFrom('quality-low', 'quality-back', 'name-refused'),
    severity: fc.constantFrom(...severities),
    audience: some(...audiences),
    params: fc.constantFrom({}, { event: 'flagged' }),
  })
  .map((given): Partial<Notice> => given)
const mood = fc.constantFrom('problem', 'relief', 'news' as const)

function said<T extends object>(given: T): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

describe('whatever routes and subscriptions say', () => {
  it('a partner never hears of another partner’s clients, and a chat of nobody hears only what its set-up allows', () => {
    const rule = fc.property(made, whose, what, mood, (routing, owner, told, how) => {
      const { partner, destination, ...rest } = notice({ ...owner, ...told, mood: how })
      const given = { ...rest, ...(partner && { partner }), ...(destination && { destination }) }
      for (const { to, side, partner: reader } of targetsOf(given, routing)) {
        const of = owners.get(to.room)
        if (of !== undefined) {
          expect([partner, destination]).toContain(of)
          expect({ side, reader }).toEqual({ side: 'partner', reader: of })
        } else {
          expect(side).toBe('desk')
          const allowed = Object.values(routing.tree.receivers).some(
            ({ telegram, desk: forDesk }) => forDesk && String(telegram) === to.room,
          )
          if (to.surface === 'telegram') expect(allowed).toBe(true)
        }
      }
    })
    fc.assert(rule, { numRuns: 100 })
  })

  it('the partner that a client moves to does not learn who the client is', () => {
    const moving = notice({
      partner: 'bright',
      destination: 'nord',
      clientName: 'Acme',
      params: { client: 'Acme', a: 1 },
    })
    expect(asReadBy({ side: 'partner', partner: 'nord' }, moving)).not.toHaveProperty('clientName')
    expect(asReadBy({ side: 'partner', partner: 'nord' }, moving).params).toEqual({ client: '', a: 1 })
    expect(asReadBy({ side: 'partner', partner: 'bright' }, moving)).toBe(moving)
    expect(asReadBy({ side: 'desk' }, moving)).toBe(moving)
  })

  it('a partner that Meta names by its id is called by its name, where somebody may know who that is', () => {
    const shared = notice({
      partner: 'bright',
      params: { partner: '402915530087614' },
      sharedWith: { partner: 'nord', name: 'Nordwind' },
    })
    const readBy = (partner: string) => asReadBy({ side: 'partner', partner }, shared).params.partner
    expect(asReadBy({ side: 'desk' }, shared).params.partner).toBe('Nordwind')
    expect([readBy('nord'), readBy('bright')]).toEqual(['Nordwind', '402915530087614'])
  })

  it('no room is told of the same notice twice', () => {
    const rule = fc.property(made, whose, what, (routing, owner, told) => {
      const rooms = targetsOf(notice({ ...owner, ...told }), routing).map(({ to }) => JSON.stringify(to))
      expect(new Set(rooms).size).toBe(rooms.length)
    })
    fc.assert(rule, { numRuns: 100 })
  })

  it('the end of a problem reaches every message in which the problem was told', () => {
    const rule = fc.property(made, whose, what, what, (routing, owner, worse, better) => {
      const messages = (more: Partial<Notice>) =>
        targetsOf(notice({ ...owner, ...more }), routing).map(({ to, group }) => JSON.stringify([to, group]))
      const reached = messages({ ...better, mood: 'relief' })
      expect(reached).toEqual(expect.arrayContaining(messages({ ...worse, mood: 'problem' })))
    })
    fc.assert(rule, { numRuns: 100 })
  })
})
