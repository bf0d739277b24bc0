import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openPace, type Pace, type Send } from '../../../src/bot/notices/pace.ts'
import { type Heard, keptToThePace } from './rooms-kit.ts'

const rooms: readonly Pick<Send, 'surface' | 'room'>[] = [
  { surface: 'slack', room: 'C1' },
  { surface: 'slack', room: 'C2' },
  ...Array.from({ length: 40 }, (_, index) => ({ surface: 'telegram' as const, room: String(7000 + index) })),
  { surface: 'telegram', room: '-100' },
]
const sends = fc.record({ place: fc.constantFrom(...rooms), edit: fc.boolean(), takes: fc.nat(300) })

describe('the pace', () => {
  test('of any work is one that the platforms allow', () => {
    fc.assert(
      fc.property(fc.array(sends, { maxLength: 200 }), (work) => {
        let now = 1_000_000
        const pace = openPace(() => now)
        const heard = work.map(({ place, edit, takes }) => {
          const send = { ...place, edit }
          now = pace.freeAt(send)
          const done = pace.sending(send)
          const at = now
          now += takes
          done()
          return { ...place, did: edit ? 'edit' : 'post', at } as Heard
        })
        keptToThePace(heard)
      }),
      { numRuns: 60 },
    )
  })

  test('lets the first message of a quiet room out at once', () => {
    const pace = openPace(() => 5000)
    for (const room of rooms.slice(0, 20)) {
      expect(pace.freeAt({ ...room, edit: false })).toBe(5000)
      pace.sending({ ...room, edit: false })
    }
  })

  test('lets thirty messages a second out to Telegram, and the next one a second later', () => {
    const pace = openPace(() => 5000)
    for (const room of rooms.filter(({ surface }) => surface === 'telegram').slice(0, 30)) {
      pace.sending({ ...room, edit: false })
    }
    expect(pace.freeAt({ surface: 'telegram', room: '1', edit: false })).toBe(6000)
    expect(pace.freeAt({ surface: 'slack', room: 'C1', edit: false })).toBe(5000)
  })

  test('counts a message from when the platform has answered', () => {
    let now = 5000
    const pace = openPace(() => now)
    const done = pace.sending({ surface: 'slack', room: 'C1', edit: false })
    now = 5800
    done()
    expect(pace.freeAt({ surface: 'slack', room: 'C1', edit: false })).toBe(6800)
  })

  const free = (pace: Pace, surface: Send['surface'], room: string) =>
    [false, true].map((edit) => pace.freeAt({ surface, room, edit }))

  test('holds a room, and no other, as long as it is asked to', () => {
    const pace = openPace(() => 5000)
    pace.hold({ surface: 'telegram', room: '7001', edit: true }, 35_000)
    expect(free(pace, 'telegram', '7001')).toEqual([35_000, 35_000])
    expect(free(pace, 'telegram', '7003')).toEqual([5000, 5000])
  })

  test('holds what Slack counts together: the new messages of a channel, or the edits of all', () => {
    const posting = openPace(() => 5000)
    posting.hold({ surface: 'slack', room: 'C1', edit: false }, 35_000)
    expect([free(posting, 'slack', 'C1'), free(posting, 'slack', 'C2')]).toEqual([
      [35_000, 5000],
      [5000, 5000],
    ])
    const editing = openPace(() => 5000)
    editing.hold({ surface: 'slack', room: 'C1', edit: true }, 35_000)
    expect([free(editing, 'slack', 'C1'), free(editing, 'slack', 'C2')]).toEqual([
      [5000, 35_000],
      [5000, 35_000],
    ])
  })

  test('does not wait for a time that a clock which was turned back has left behind', () => {
    let now = 10_000_000
    const pace = openPace(() => now)
    pace.sending({ surface: 'slack', room: 'C1', edit: false })
    pace.hold({ surface: 'slack', room: 'C1', edit: false }, now + 30_000)
    now = 1_000_000
    expect(pace.freeAt({ surface: 'slack', room: 'C1', edit: false })).toBe(now)
  })
})
