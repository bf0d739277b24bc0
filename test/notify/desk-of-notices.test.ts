import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/cases/actor.ts'
import { deskOfNotices } from '../../src/notify/desk-of-notices.ts'
import { loadMutes } from '../../src/notify/mute-rows.ts'
import { isMuted } from '../../src/notify/mutes.ts'
import type { NoticeAct, NoticeActed, Notices } from '../../src/notify/notices.ts'
import { subscriptionsOf } from '../../src/notify/subscription-rows.ts'
import { type HandClock, handClock } from '../cases/office.ts'
import { ana, ben, cleo, dan, nora, paula } from '../cases/people.ts'
import { databases, type TestDatabase } from '../kit/database.ts'
import { aGroup, aLine, aNotice, putNotice } from './notice-kit.ts'

const hour = 3_600_000
const day = 24 * hour
const number = { subject: 'phone:4930123456' }
const inAlerts = (actor: Actor): Actor => ({ ...actor, room: 'C0ALERTS' })
const everyAct: readonly NoticeAct[] = [
  { do: 'acknowledge' },
  { do: 'unacknowledge' },
  { do: 'snooze', until: 4e12 },
  { do: 'wake' },
  { do: 'take' },
  { do: 'release' },
]

describe.each(databases())('the desk of notices on $name', ({ open }) => {
  let store: TestDatabase
  let clock: HandClock
  let notices: Notices
  let changes: number
  beforeEach(async () => {
    store = await open()
    clock = handClock()
    changes = 0
    notices = deskOfNotices({
      db: store.db,
      now: clock.now,
      onChange: () => {
        changes += 1
      },
    })
  })
  afterEach(() => store.drop())

  const put = (row?: Parameters<typeof putNotice>[1]) => putNotice(store.db, row)
  const ofBrightline = () => put({ to: { surface: 'telegram', room: '7001' }, side: 'partner', partner: 'brightline' })
  const stored = async (id: number) => {
    const [row] = await store.db.run('select seq, wanted, shown, look_at, state from notices where id = $1', [id])
    return row ?? {}
  }
  const whyNot = (acted: NoticeActed<unknown>) => (acted.ok ? 'it was allowed' : acted.why)
  const allowed = <T>(acted: NoticeActed<T>): T => {
    if (!acted.ok) throw new Error(`Refused: ${acted.why}`)
    return acted.value
  }

  describe('an act', () => {
    it('is written down, has the message redrawn and the group looked at again', async () => {
      const id = await put()
      const row = allowed(await notices.act(ana, id, { do: 'acknowledge' }, 'a'))
      expect(row.group.acknowledged).toEqual({ by: { id: ana.id, name: 'Ana' }, at: clock.now() })
      expect(await stored(id)).toMatchObject({ seq: 2, wanted: 2, shown: 1, look_at: new Date(clock.now()) })
      expect(changes).toBe(1)
      expect((await notices.view(ana, id))?.group).toEqual(row.group)
    })

    it('happens once, however often its update comes', async () => {
      const id = await put()
      await notices.act(ana, id, { do: 'acknowledge' }, 'a')
      await notices.act(ana, id, { do: 'unacknowledge' }, 'b')
      expect(await notices.act(ana, id, { do: 'acknowledge' }, 'a')).toMatchObject({ ok: true })
      expect((await notices.view(ana, id))?.group.acknowledged).toBeUndefined()
      expect(await stored(id)).toMatchObject({ seq: 3 })
      expect(changes).toBe(2)
    })

    it('is one person’s, when two press at once', async () => {
      const id = await put()
      const both = await Promise.all([
        notices.act(ana, id, { do: 'acknowledge' }, 'a'),
        notices.act(ben, id, { do: 'acknowledge' }, 'b'),
      ])
      expect(both.filter(({ ok }) => ok)).toHaveLength(1)
      expect(both.filter(({ ok }) => !ok).map(whyNot)).toEqual(['already-acknowledged'])
      expect(await stored(id)).toMatchObject({ seq: 2 })
    })

    it('that changes nothing leaves the message alone', async () => {
      const id = await put()
      for (const act of ['wake', 'release', 'unacknowledge'] as const) await notices.act(ana, id, { do: act }, act)
      expect(await stored(id)).toMatchObject({ seq: 1, wanted: 1 })
      expect(changes).toBe(0)
    })

    it('does not post a message before its time', async () => {
      const id = await put()
      await store.db.run('update notices set wanted = 0, shown = 0, message_id = null where id = $1', [id])
      await notices.act(ana, id, { do: 'take' }, 'a')
      expect(await stored(id)).toMatchObject({ seq: 2, wanted: 0 })
    })

    it('comes too late for what is closed or solved', async () => {
      const closed = await put({ closed: true })
      const solved = await put({ group: aGroup([aLine({ mood: 'relief', solved: true, severity: 'info', count: 2 })]) })
      for (const act of everyAct) expect(whyNot(await notices.act(ana, closed, act, `c${act.do}`))).toBe('closed')
      for (const act of ['acknowledge', 'take'] as const) {
        expect(whyNot(await notices.act(ana, solved, { do: act }, `s${act}`))).toBe('closed')
      }
    })

    it('snoozes for thirty days at most, and never into the past', async () => {
      const id = await put()
      const until = (ms: number): NoticeAct => ({ do: 'snooze', until: clock.now() + ms })
      expect(whyNot(await notices.act(ana, id, until(0), 'a'))).toBe('past')
      expect(whyNot(await notices.act(ana, id, until(30 * day + 1), 'b'))).toBe('too-long')
      expect(allowed(await notices.act(ana, id, until(30 * day), 'c')).group.snoozed?.until).toBe(
        clock.now() + 30 * day,
      )
    })

    it('of taking it also says that somebody knows', async () => {
      const id = await put()
      const { group } = allowed(await notices.act(ana, id, { do: 'take' }, 'a'))
      expect(group).toMatchObject({ assignee: { name: 'Ana' }, acknowledged: { by: { name: 'Ana' } } })
      expect(allowed(await notices.act(ben, id, { do: 'take' }, 'b')).group).toMatchObject({
        assignee: { name: 'Ben' },
        acknowledged: { by: { name: 'Ana' } },
      })
    })
  })

  describe('partners', () => {
    it('reach the messages of their own rooms, and nobody else’s', async () => {
      const own = await ofBrightline()
      const desk = await put()
      expect((await notices.view(paula, own))?.partner).toBe('brightline')
      for (const [who, id] of [
        [nora, own],
        [paula, desk],
        [nora, desk],
        [ana, own],
      ] as const) {
        expect(await notices.view(who, id)).toBeUndefined()
        for (const act of everyAct) expect(whyNot(await notices.act(who, id, act, `${act.do}${id}`))).toBe('not-found')
      }
      expect(await stored(own)).toMatchObject({ seq: 1 })
    })

    it('without a partner id reach nothing', async () => {
      const { partner: _, ...nobody } = paula
      const unowned = await put({ side: 'partner', to: { surface: 'telegram', room: '7009' } })
      expect(await notices.view(nobody, unowned)).toBeUndefined()
      expect(whyNot(await notices.mute(nobody, number, clock.now() + hour, 'x'))).toBe('not-allowed')
      const here = { surface: 'telegram', room: nobody.room } as const
      expect(whyNot(await notices.subscribe(nobody, here, { kinds: ['*'] }))).toBe('not-allowed')
    })

    it('mute in their own rooms only', async () => {
      const mute = allowed(await notices.mute(paula, number, clock.now() + day, 'we move it'))
      expect(mute.scope).toEqual({ ...number, partner: 'brightline' })
      const mutes = await loadMutes(store.db, clock.now())
      const muted = (target: Parameters<typeof isMuted>[1]) => isMuted(aNotice(), target, mutes, clock.now())?.id
      expect(muted({ side: 'partner', partner: 'brightline' })).toBe(mute.id)
      expect(muted({ side: 'desk' })).toBeUndefined()
      expect(muted({ side: 'partner', partner: 'nordwind' })).toBeUndefined()
    })

    it('neither see nor end what others muted, and silence no platform', async () => {
      const desk = allowed(await notices.mute(ana, number, clock.now() + day, 'known'))
      const theirs = allowed(await notices.mute(nora, number, clock.now() + day, 'ours'))
      expect(await notices.mutes(paula)).toEqual([])
      for (const { id } of [desk, theirs]) expect(whyNot(await notices.unmute(paula, id))).toBe('not-found')
      expect(whyNot(await notices.mute(paula, { source: 'meta' }, clock.now() + day, 'x'))).toBe('not-allowed')
      const foreign = { ...number, partner: 'nordwind' }
      expect(whyNot(await notices.mute(paula, foreign, clock.now() + day, 'x'))).toBe('not-allowed')
      expect((await notices.mutes(ana)).map(({ id }) => id)).toEqual([desk.id, theirs.id])
    })

    it('subscribe their own chat, and see only their own subscriptions', async () => {
      const here = { surface: 'telegram', room: '7001' } as const
      const made = allowed(await notices.subscribe(paula, here, { kinds: ['template-*'] }))
      expect(made.partner).toBe('brightline')
      const elsewhere = [
        { ...here, room: '7002' },
        { surface: 'slack', room: '7001' },
      ] as const
      for (const to of elsewhere)
        expect(whyNot(await notices.subscribe(paula, to, { kinds: ['*'] }))).toBe('not-allowed')
      expect(await notices.subscriptions(nora)).toEqual([])
      expect(whyNot(await notices.unsubscribe(nora, made.id))).toBe('not-found')
      expect(await notices.subscriptions(paula)).toEqual([made])
    })

    it('subscribe a topic of their forum, and reach only what is of that topic from within it', async () => {
      const [general, one, two] = [nora, { ...nora, topic: 5 }, { ...nora, topic: 6 }]
      const place = ({ room, topic }: Actor) => ({ surface: 'telegram' as const, room, ...(topic && { topic }) })
      const asked = { kinds: ['template-*'] }
      const subscribe = (who: Actor, to: Actor) => notices.subscribe(who, place(to), asked)
      for (const [who, to] of [
        [one, two],
        [one, general],
        [general, one],
      ] as const) {
        expect(whyNot(await subscribe(who, to))).toBe('not-allowed')
      }
      const made = [
        allowed(await subscribe(general, general)),
        allowed(await subscribe(one, one)),
        allowed(await subscribe(two, two)),
      ]
      expect(made.map(({ to }) => to.topic)).toEqual([undefined, 5, 6])
      expect(await notices.subscriptions(one)).toEqual([made[1]])
      expect(await notices.subscriptions(general)).toEqual(made)
      expect(await notices.subscriptions({ ...paula, topic: 5 })).toEqual([])
      for (const other of [made[0], made[2]]) {
        expect(whyNot(await notices.unsubscribe(one, other?.id ?? 0))).toBe('not-found')
      }
      allowed(await notices.unsubscribe(one, made[1]?.id ?? 0))
      allowed(await notices.unsubscribe(general, made[2]?.id ?? 0))
      expect(await notices.subscriptions(general)).toEqual([made[0]])
    })

    it('have a hundred subscriptions in a forum at most, whatever its topics', async () => {
      const inTopic = (topic: number) =>
        notices.subscribe({ ...nora, topic }, { surface: 'telegram', room: nora.room, topic }, { kinds: ['*'] })
      for (let topic = 1; topic <= 100; topic += 1) allowed(await inTopic(topic))
      expect(whyNot(await inTopic(101))).toBe('too-many')
    })
  })

  describe('a mute', () => {
    it('needs something to match, a reason, and an end within thirty days', async () => {
      const until = clock.now() + day
      expect(whyNot(await notices.mute(ana, {}, until, 'x'))).toBe('nothing-matches')
      expect(whyNot(await notices.mute(ana, { partner: 'brightline' }, until, 'x'))).toBe('nothing-matches')
      expect(whyNot(await notices.mute(ana, number, until, '  '))).toBe('reason-needed')
      expect(whyNot(await notices.mute(ana, number, clock.now(), 'x'))).toBe('past')
      expect(whyNot(await notices.mute(ana, number, clock.now() + 30 * day + 1, 'x'))).toBe('too-long')
      expect(await notices.mutes(ana)).toEqual([])
      expect(changes).toBe(0)
    })

    it('ends by itself', async () => {
      await notices.mute(ana, number, clock.now() + day, 'known')
      clock.move('PT24H')
      expect(await notices.mutes(ana)).toEqual([])
    })

    it('ends when somebody ends it, once, and that is kept', async () => {
      const { id } = allowed(await notices.mute(ana, number, clock.now() + day, 'known'))
      expect(await notices.unmute(ben, id)).toMatchObject({ ok: true })
      expect(whyNot(await notices.unmute(ben, id))).toBe('not-found')
      expect(await notices.mutes(ana)).toEqual([])
      const [row] = await store.db.run('select reason, by, ended_by from mutes where id = $1', [id])
      expect(row).toEqual({ reason: 'known', by: { id: ana.id, name: 'Ana' }, ended_by: { id: ben.id, name: 'Ben' } })
    })

    it('is one of a hundred at most, a subscription too', async () => {
      const here = { surface: 'telegram', room: '7001' } as const
      for (let n = 0; n < 100; n += 1) {
        allowed(await notices.mute(paula, { subject: `phone:49301234${n}` }, clock.now() + day, 'known'))
        allowed(await notices.subscribe(paula, here, { text: `client ${n}` }))
      }
      expect(whyNot(await notices.mute(paula, { kind: '*' }, clock.now() + day, 'known'))).toBe('too-many')
      expect(whyNot(await notices.subscribe(paula, here, { kinds: ['*'] }))).toBe('too-many')
      allowed(await notices.mute(nora, number, clock.now() + day, 'known'))
    })

    it('of the desk has a place, whatever partners mute, and stands before theirs', async () => {
      for (let n = 0; n < 100; n += 1) {
        await notices.mute(paula, { subject: `phone:49301234${n}` }, clock.now() + day, 'known')
      }
      const own = allowed(await notices.mute(ana, number, clock.now() + day, 'known'))
      expect((await notices.mutes(ana))[0]?.id).toBe(own.id)
    })

    it('that is ended early wakes the message that was quiet with it, and no other', async () => {
      const until = clock.now() + day
      const [quiet, other, others] = [await put(), await put(), await put()]
      const { id } = allowed(await notices.mute(ana, number, until, 'known'))
      await notices.act(ana, quiet, { do: 'snooze', until }, 'a')
      await notices.act(ana, other, { do: 'snooze', until: until - hour }, 'b')
      await notices.act(ben, others, { do: 'snooze', until }, 'c')
      clock.move('PT1H')
      allowed(await notices.unmute(ben, id))
      const snoozed = async (row: number) => (await notices.view(ana, row))?.group.snoozed?.until
      expect([await snoozed(quiet), await snoozed(other), await snoozed(others)]).toEqual([
        undefined,
        until - hour,
        until,
      ])
      expect(await stored(quiet)).toMatchObject({ seq: 3, wanted: 3, look_at: new Date(clock.now()) })
    })

    it('takes the place of one about the same', async () => {
      await notices.mute(ana, { kind: 'number-flagged' }, clock.now() + hour, 'known')
      await Promise.all(
        [ana, ben].map((who) => notices.mute(who, { kind: 'number-flagged' }, clock.now() + day, 'still')),
      )
      expect(await notices.mutes(ana)).toMatchObject([{ until: clock.now() + day, reason: 'still' }])
    })
  })

  describe('a subscription of a channel', () => {
    const alerts = { surface: 'slack', room: 'C0ALERTS' } as const

    it.each([
      ['support', ana, 'not-allowed'],
      ['a lead', cleo, 'it was allowed'],
      ['an admin', dan, 'it was allowed'],
    ])('by %s', async (_, who, expected) => {
      expect(whyNot(await notices.subscribe(inAlerts(who), alerts, { kinds: ['*'] }))).toBe(expected)
    })

    it('is for the channel it was asked for in, and not for everything by accident', async () => {
      expect(whyNot(await notices.subscribe(cleo, alerts, { kinds: ['*'] }))).toBe('not-allowed')
      for (const match of [{}, { kinds: [] }, { text: '' }]) {
        expect(whyNot(await notices.subscribe(inAlerts(cleo), alerts, match))).toBe('nothing-matches')
      }
    })

    it('stands before those of other rooms in its own', async () => {
      const elsewhere = { ...alerts, room: 'C0LOUD' }
      allowed(await notices.subscribe({ ...cleo, room: 'C0LOUD' }, elsewhere, { kinds: ['*'] }))
      const here = allowed(await notices.subscribe(inAlerts(cleo), alerts, { kinds: ['*'] }))
      expect((await notices.subscriptions(inAlerts(ana)))[0]?.id).toBe(here.id)
    })

    it('exists once, and ends once', async () => {
      const asked = { kinds: ['template-*'], countries: ['DE'] }
      const made = await Promise.all([cleo, dan].map((who) => notices.subscribe(inAlerts(who), alerts, asked)))
      const [first, second] = made.map(allowed)
      expect(second?.id).toBe(first?.id)
      const id = first?.id ?? 0
      expect(whyNot(await notices.unsubscribe(ana, id))).toBe('not-allowed')
      expect(await notices.unsubscribe(dan, id)).toMatchObject({ ok: true, value: { match: asked } })
      expect(whyNot(await notices.unsubscribe(dan, id))).toBe('not-found')
      expect(await subscriptionsOf(store.db)).toEqual([])
      const [row] = await store.db.run('select ended_by from subscriptions where id = $1', [id])
      expect(row?.ended_by).toEqual({ id: dan.id, name: 'Dan' })
    })
  })
})

describe('what a mute covers', () => {
  const until = 2e12
  const by = { id: 'slack:U0ANA', name: 'Ana' }
  const desk = { side: 'desk' } as const
  const muted = (scope: object, notice = aNotice(), now = until - 1) =>
    isMuted(notice, desk, [{ id: 1, scope, reason: 'x', by, until }], now) !== undefined

  it.each([
    ['its number', { subject: 'phone:4930123456' }, true],
    ['another number', { subject: 'phone:4930123457' }, false],
    ['the account of the number', { subject: 'waba:7001' }, true],
    ['its kind', { kind: 'number-flagged' }, true],
    ['kinds that begin so', { kind: 'number-*' }, true],
    ['another kind', { kind: 'template-*' }, false],
    ['its platform', { source: 'meta' }, true],
    ['the other platform', { source: 'hub' }, false],
    ['its number and another kind', { subject: 'phone:4930123456', kind: 'template-*' }, false],
    ['nothing', {}, false],
  ])('%s', (_, scope, expected) => {
    expect(muted(scope)).toBe(expected)
  })

  it('is over at its end', () => {
    expect(muted({ kind: '*' }, aNotice(), until)).toBe(false)
  })
})
