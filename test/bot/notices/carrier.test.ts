import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guards, releaseGuard, takeGuard } from '../../../src/bot/notices/held-back.ts'
import { roomsAtWork } from '../../../src/bot/rooms-at-work.ts'
import type { SendProblem } from '../../../src/bot/surface.ts'
import type { Duration } from '../../../src/flows/engine/duration.ts'
import type { Database } from '../../../src/store/db.ts'
import { movedRooms } from '../../../src/store/moved-rooms.ts'
import { databases, type TestDatabase } from '../../kit/database.ts'
import { alerts, group, keptToThePace, openRooms, partnerChat, type Rooms } from './rooms-kit.ts'

describe.each(databases())('the carrier on $name', ({ open }) => {
  let database: TestDatabase
  let db: Database
  let rooms: Rooms
  beforeEach(async () => {
    database = await open()
    db = database.db
    rooms = openRooms(db)
  })
  afterEach(async () => {
    await rooms.close()
    await database.drop()
  })

  const rowOf = async (id: number) => (await db.run('select * from notices where id = $1', [id]))[0]
  const posts = (room: string) => rooms.in(room).filter(({ did }) => did === 'post')

  test('tells what is critical first, then the oldest, one a second', async () => {
    const now = rooms.clock.now()
    const info = await rooms.owe(alerts, { at: now - 3000 })
    const late = await rooms.owe(alerts, { severity: 'critical', at: now - 1000 })
    const warning = await rooms.owe(alerts, { severity: 'warning', at: now - 2000 })
    const early = await rooms.owe(alerts, { severity: 'critical', at: now - 2000 })
    await rooms.start()
    await rooms.until(rooms.calm)
    expect(rooms.keysIn(alerts)).toEqual([early, late, warning, info].map((id) => `notice:${id}`))
    keptToThePace(rooms.heard)
  })

  test('says nothing before its time, and nothing that is told already', async () => {
    const later = await rooms.owe(alerts, { at: rooms.clock.now() + 60_000 })
    const due = await rooms.owe(alerts)
    const start = rooms.clock.now()
    await rooms.start()
    await rooms.until(rooms.calm)
    expect(rooms.keysIn(alerts)).toEqual([`notice:${due}`, `notice:${later}`])
    expect(rooms.heard[1]?.at).toBeGreaterThanOrEqual(start + 60_000)
  })

  test('edits the message of a group that changed, a burst of changes once', async () => {
    const id = await rooms.owe(alerts)
    await rooms.start()
    await rooms.until(rooms.calm)
    for (let change = 0; change < 5; change += 1) await rooms.change(id)
    await rooms.until(rooms.calm)
    await rooms.change(id)
    await rooms.until(rooms.calm)
    const [post, ...edits] = rooms.in(alerts)
    expect(edits.map(({ did, id: message }) => [did, message])).toEqual([
      ['edit', post?.id],
      ['edit', post?.id],
    ])
    const gap = (edits[1]?.at ?? 0) - (edits[0]?.at ?? 0)
    expect(gap).toBeGreaterThanOrEqual(3000)
    expect(await rowOf(id)).toMatchObject({ seq: 7, wanted: 7, shown: 7 })
  })

  test('says a follow-up below its root and not before it; what got worse is said aloud', async () => {
    const id = await rooms.owe(alerts)
    await rooms.oweBelow(id, 'worse', 2)
    await rooms.oweBelow(id, 'resolved', 3)
    await rooms.start()
    await rooms.until(rooms.calm)
    const [root, worse, resolved] = rooms.in(alerts)
    expect([root, worse, resolved].map((each) => each?.key)).toEqual([
      `notice:${id}`,
      `notice:${id}:2`,
      `notice:${id}:3`,
    ])
    expect(worse).toMatchObject({ thread: root?.id, broadcast: true })
    expect(resolved).toMatchObject({ thread: root?.id, broadcast: undefined })
  })

  test('writes into the topic of a forum', async () => {
    const id = await rooms.owe(group, { topic: 5 })
    await rooms.oweBelow(id, 'news', 2)
    await rooms.start()
    await rooms.until(rooms.calm)
    expect(rooms.in(group).map(({ topic }) => topic)).toEqual([5, 5])
  })

  test('keeps a group of Telegram to twenty messages a minute, and a channel of Slack to one a second', async () => {
    for (let count = 0; count < 30; count += 1) {
      await rooms.owe(group)
      await rooms.owe(alerts)
    }
    await rooms.start()
    await rooms.until(rooms.calm)
    expect(rooms.in(group).length).toBeGreaterThan(30)
    keptToThePace(rooms.heard)
  })

  test('a restart is no burst', async () => {
    for (let count = 0; count < 8; count += 1) await rooms.owe(group)
    for (let count = 0; count < 8; count += 1) await rooms.owe(group, { at: rooms.clock.now() + 5000 })
    let carrier = await rooms.start()
    for (const told of [5, 9, 13]) {
      await rooms.until(() => posts(group).length >= told)
      await carrier.stop()
      carrier = await rooms.start()
    }
    await rooms.until(rooms.calm)
    keptToThePace(rooms.heard)
    expect(new Set(posts(group).map(({ key }) => key)).size).toBe(posts(group).length)
  })

  test('a room that asks for a pause gets it, and the others go on', async () => {
    const slow = await rooms.owe(partnerChat)
    for (let count = 0; count < 5; count += 1) await rooms.owe(alerts)
    let refusedAt = 0
    rooms.meet(({ room, at }) => {
      if (room !== partnerChat || refusedAt) return undefined
      refusedAt = at
      return { kind: 'retry', words: 'too many requests', afterMs: 900_000 }
    })
    await rooms.start()
    await rooms.until(() => rooms.in(alerts).length === 5)
    expect(rooms.in(partnerChat)).toEqual([])
    await rooms.until(rooms.calm, 'PT10S')
    expect(rooms.keysIn(partnerChat)).toEqual([`notice:${slow}`])
    expect(rooms.in(partnerChat)[0]?.at).toBeGreaterThanOrEqual(refusedAt + 900_000)
  })

  test('a pause holds for what comes to that room in the meantime, too', async () => {
    await rooms.owe(partnerChat)
    let refusedAt = 0
    rooms.meet(({ at }) => {
      if (refusedAt) return undefined
      refusedAt = at
      return { kind: 'retry', words: 'too many requests', afterMs: 20_000 }
    })
    await rooms.start()
    await rooms.until(() => refusedAt > 0)
    await rooms.owe(partnerChat, { severity: 'critical' })
    await rooms.until(rooms.calm)
    expect(Math.min(...rooms.in(partnerChat).map(({ at }) => at))).toBeGreaterThanOrEqual(refusedAt + 20_000)
  })

  test('a platform that never answers in one room does not hold up another', async () => {
    let answer = () => {}
    const stuck = new Promise<void>((resolve) => {
      answer = resolve
    })
    await rooms.owe(partnerChat)
    for (let count = 0; count < 3; count += 1) await rooms.owe(alerts)
    rooms.meet(({ room }) => (room === partnerChat ? (stuck as Promise<never>) : undefined))
    await rooms.start()
    await rooms.until(() => rooms.in(alerts).length === 3)
    answer()
    await rooms.until(rooms.calm)
    expect(rooms.in(partnerChat)).toHaveLength(1)
  })

  test.each([
    ['a root', async (id: number) => void (await rooms.change(id)), 0],
    ['a follow-up', (id: number) => rooms.oweBelow(id, 'news', 2), 1],
  ])('%s that was said by a process that died over it is not said again', async (_what, owe, before) => {
    const id = await rooms.owe(alerts)
    if (before) {
      const first = await rooms.start()
      await rooms.until(rooms.calm)
      await first.stop()
    }
    await owe(id)
    let answer = () => {}
    const never = new Promise<void>((resolve) => {
      answer = resolve
    })
    rooms.meet(() => never as Promise<never>)
    const dying = await rooms.start()
    await rooms.until(() => rooms.heard.length === before + 1)
    const dead = dying.stop()
    await db.run(`update notices set taken_at = '2020-01-01' where taken_at is not null`)
    await db.run(`update deliveries set taken_at = '2020-01-01' where taken_at is not null`)
    rooms.meet(() => undefined)
    await rooms.start()
    await rooms.until(rooms.calm)
    answer()
    await dead
    expect(posts(alerts)).toHaveLength(before + 1)
  })

  test('an answer that got lost is looked for before it is said again', async () => {
    const id = await rooms.owe(alerts)
    let lost = false
    rooms.meet(() => {
      if (lost) return undefined
      lost = true
      return Promise.reject(new Error('cut off'))
    })
    await rooms.start()
    await rooms.until(rooms.calm)
    expect(await rowOf(id)).toMatchObject({ shown: 1, error: null })
    expect(posts(alerts)).toHaveLength(1)
  })

  test.each<[string, SendProblem, Duration]>([
    ['is asked to slow down', { kind: 'retry', words: 'too many requests', afterMs: 2000 }, 'PT0.1S'],
    ['meets a room that is broken', { kind: 'broken', words: 'the bot was thrown out' }, 'PT30S'],
  ])('what may have been said is still looked for when the next try %s', async (_what, problem, step) => {
    const id = await rooms.owe(partnerChat)
    await rooms.start()
    const loseTheAnswerThenRefuse = () => {
      let tries = 0
      rooms.meet(({ room }) => {
        if (room !== partnerChat || tries === 2) return undefined
        tries += 1
        return tries === 1 ? Promise.reject(new Error('cut off')) : problem
      })
    }
    loseTheAnswerThenRefuse()
    await rooms.until(rooms.calm, step)
    await rooms.oweBelow(id, 'news', 2)
    loseTheAnswerThenRefuse()
    await rooms.until(rooms.calm, step)
    expect(posts(partnerChat).map(({ key }) => key)).toEqual([`notice:${id}`, `notice:${id}:2`])
  })

  test('a message that somebody deleted is posted anew', async () => {
    const id = await rooms.owe(alerts)
    await rooms.start()
    await rooms.until(rooms.calm)
    await rooms.change(id)
    rooms.meet(() => {
      rooms.meet(() => undefined)
      return { kind: 'gone', words: 'message_not_found' }
    })
    await rooms.until(rooms.calm)
    expect(rooms.in(alerts).map(({ did }) => did)).toEqual(['post', 'post'])
    expect(await rowOf(id)).toMatchObject({ message_id: rooms.in(alerts)[1]?.id })
  })

  test('what is refused thirty times waits for a person, and holds nothing else up', async () => {
    const bad = await rooms.owe(alerts, { severity: 'critical' })
    await rooms.owe(alerts)
    let tries = 0
    rooms.meet(({ key }) => {
      if (key !== `notice:${bad}`) return undefined
      tries += 1
      return { kind: 'retry', words: 'invalid_blocks' }
    })
    await rooms.start()
    await rooms.until(async () => (await rowOf(bad))?.delivery === 'failed', 'PT10S')
    expect(tries).toBe(30)
    expect(await rowOf(bad)).toMatchObject({ error: 'invalid_blocks', attempts: 30 })
    expect(rooms.in(alerts)).toHaveLength(1)
  })

  describe('a room that cannot be reached', () => {
    const thrownOut = { kind: 'broken', words: 'the bot was thrown out' } as const

    test('is told to the desk once, keeps what is owed to it, and gets it when it is back', async () => {
      const first = await rooms.owe(partnerChat)
      const second = await rooms.owe(partnerChat)
      let tries = 0
      rooms.meet(({ room }) => {
        if (room !== partnerChat) return undefined
        tries += 1
        return thrownOut
      })
      await rooms.start()
      await rooms.until(() => tries === 3, 'PT30S')
      expect(rooms.in(alerts)).toHaveLength(1)
      expect(rooms.in(alerts)[0]?.card.title).toContain(partnerChat)
      rooms.meet(() => undefined)
      await rooms.until(rooms.calm, 'PT30S')
      expect(rooms.keysIn(partnerChat)).toEqual([first, second].map((id) => `notice:${id}`))
      expect(await db.run('select * from broken_rooms')).toEqual([])
      expect(rooms.in(alerts)).toHaveLength(1)
    })

    test('is left alone for a quarter of an hour', async () => {
      await rooms.owe(partnerChat)
      const tries: number[] = []
      rooms.meet(({ room, at }) => {
        if (room !== partnerChat) return undefined
        tries.push(at)
        return thrownOut
      })
      await rooms.start()
      await rooms.until(() => tries.length === 2, 'PT30S')
      expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBeGreaterThanOrEqual(15 * 60_000)
    })

    test('is told in the channel of the cases when it is the one of the notices', async () => {
      await rooms.owe(alerts)
      rooms.meet(({ room }) => (room === alerts ? thrownOut : undefined))
      await rooms.start()
      await rooms.until(() => rooms.in('C0CASES').length === 1)
      expect(rooms.in('C0CASES')[0]?.card.title).toContain(alerts)
    })
  })

  describe('a group that became a supergroup', () => {
    const supergroup = '-1009999'
    const moves = () =>
      rooms.meet(({ room }) =>
        room === group ? { kind: 'moved', words: 'has another id now', to: supergroup } : undefined,
      )

    test('is followed with all that is owed to it', async () => {
      const known = await rooms.owe(group)
      await rooms.start()
      await rooms.until(rooms.calm)
      moves()
      await rooms.oweBelow(known, 'news', 2)
      const fresh = await rooms.owe(group)
      await rooms.until(rooms.calm)
      const there = rooms.in(supergroup)
      expect(there.map(({ key }) => key).toSorted()).toEqual([`notice:${known}:2`, `notice:${fresh}`].toSorted())
      expect(there.map(({ thread }) => thread)).toEqual([undefined, undefined])
      expect(await movedRooms(db)).toEqual(new Map([[group, supergroup]]))
    })

    test('may have been found out by somebody else already: two messages about the same are one group from then on', async () => {
      const old = await rooms.owe(group)
      const kept = await rooms.owe(supergroup)
      await db.run(`update notices set group_key = 'same'`)
      moves()
      await rooms.start()
      await rooms.until(rooms.calm)
      expect(rooms.keysIn(supergroup).toSorted()).toEqual([`notice:${old}`, `notice:${kept}`].toSorted())
      expect(await db.run('select id from notices where closed_at is null')).toEqual([{ id: kept }])
    })
  })

  describe('a storm', () => {
    test('is announced by one message that keeps count and says when all is told', async () => {
      for (let count = 0; count < 20; count += 1) await rooms.owe(alerts, { severity: count < 2 ? 'critical' : 'info' })
      await rooms.start()
      await rooms.until(rooms.calm)
      const [first, ...rest] = rooms.in(alerts)
      expect(first).toMatchObject({ did: 'post', key: expect.stringContaining(`held:slack:${alerts}`) })
      expect(first?.card.fields?.map(({ value }) => value)).toEqual(['2', '18'])
      const summaries = rooms.in(alerts).filter(({ id }) => id === first?.id)
      expect(summaries.slice(1).every(({ did }) => did === 'edit')).toBe(true)
      const gaps = summaries.slice(1).map(({ at }, index) => at - (summaries[index]?.at ?? 0))
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10_000)
      expect(summaries.at(-1)?.card.title).toContain('20')
      expect(summaries.at(-1)?.card.state?.tone).toBe('done')
      const roots = rest.filter(({ key }) => key.startsWith('notice:')).map(({ key }) => Number(key.split(':')[1]))
      expect(roots).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
      keptToThePace(rooms.heard)
    })

    test('ten messages are none', async () => {
      for (let count = 0; count < 10; count += 1) await rooms.owe(alerts)
      await rooms.start()
      await rooms.until(rooms.calm)
      expect(rooms.heard.every(({ key }) => key.startsWith('notice:'))).toBe(true)
    })

    test('goes on after a restart with the message that is there', async () => {
      for (let count = 0; count < 15; count += 1) await rooms.owe(alerts)
      const before = await rooms.start()
      await rooms.until(() => rooms.in(alerts).length >= 3)
      await before.stop()
      await rooms.start()
      await rooms.until(rooms.calm)
      expect(posts(alerts).filter(({ key }) => key.startsWith('held:'))).toHaveLength(1)
      expect(posts(alerts)).toHaveLength(16)
    })

    test('whose summary may have been said is not announced again', async () => {
      for (let count = 0; count < 40; count += 1) await rooms.owe(alerts)
      let tries = 0
      rooms.meet(({ key }) => {
        if (!key.startsWith('held:') || tries === 2) return undefined
        tries += 1
        return tries === 1 ? Promise.reject(new Error('cut off')) : { kind: 'retry', words: 'ratelimited' }
      })
      await rooms.start()
      await rooms.until(rooms.calm)
      expect(posts(alerts).filter(({ key }) => key.startsWith('held:'))).toHaveLength(1)
    })

    test('is announced once, also when two find it at the same moment', async () => {
      for (let count = 0; count < 15; count += 1) await rooms.owe(alerts)
      const now = rooms.clock.now()
      const [seen] = await guards(db, now, [])
      if (!seen) throw new Error('There is no storm')
      await takeGuard(db, seen, new Date(0), now)
      await releaseGuard(db, seen, '1', now)
      expect(await takeGuard(db, seen, new Date(0), now)).toMatchObject({ messageId: '1' })
    })

    test('of one topic is announced in that topic', async () => {
      await rooms.owe(group, { at: rooms.clock.now() - 1000 })
      for (let count = 0; count < 12; count += 1) await rooms.owe(group, { topic: 5 })
      await rooms.start()
      await rooms.until(rooms.calm)
      const summaries = rooms.in(group).filter(({ key }) => key.startsWith('held:'))
      expect(new Set(summaries.map(({ topic }) => topic))).toEqual(new Set([5]))
    })

    test('counts nothing of a topic that cannot be reached, and is announced in the others all the same', async () => {
      for (let count = 0; count < 12; count += 1) await rooms.owe(group, { topic: 5 })
      await db.run(
        `insert into broken_rooms (surface, room, topic, words, since, retry_at) values ('telegram', $1, 5, 'closed', $2, $2)`,
        [group, new Date(rooms.clock.now() + 3_600_000)],
      )
      expect(await guards(db, rooms.clock.now(), [])).toEqual([])
      for (let count = 0; count < 11; count += 1) await rooms.owe(group, { topic: 6 })
      expect(await guards(db, rooms.clock.now(), [])).toMatchObject([{ topic: 6, waiting: { info: 11 } }])
    })

    test('in one room is no matter of another', async () => {
      for (let count = 0; count < 15; count += 1) await rooms.owe(alerts)
      await rooms.owe(partnerChat)
      await rooms.start()
      await rooms.until(rooms.calm)
      expect(rooms.in(partnerChat)).toHaveLength(1)
    })
  })
})

test('nobody writes to a room where somebody else is at work', async () => {
  const atWork = roomsAtWork()
  const done: string[] = []
  let finish = () => {}
  const first = atWork.work('telegram:1', async () => {
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    done.push('first')
  })
  const second = atWork.work('telegram:1', async () => void done.push('second'))
  const freed = new Promise<void>((resolve) => atWork.onFree(resolve))
  await atWork.work('telegram:2', async () => void done.push('elsewhere'))
  expect(atWork.busy()).toEqual(['telegram:1'])
  finish()
  await Promise.all([first, second, freed])
  expect(done).toEqual(['elsewhere', 'first', 'second'])
  expect(atWork.has('telegram:1')).toBe(false)
})
