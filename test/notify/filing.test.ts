import { describe, expect, it } from 'vitest'
import { enter, type Outcome, openBook } from '../../src/notify/filing.ts'
import { type Standing, standingAfter } from '../../src/notify/inhibit.ts'
import type { Notice } from '../../src/notify/notice.ts'
import type { Target } from '../../src/notify/target.ts'
import { hour, noon, notice, second, telling } from './group-kit.ts'

/** A room that hears of problems, and of what is better only when it ends one. */
function alerts() {
  const book = openBook([], noon)
  let standing: Standing[] = []
  const target = (endsOnly: boolean): Target => ({
    to: { surface: 'slack', room: 'C0ALERTS' },
    side: 'desk',
    group: 'phone:1',
    severity: 'warning',
    telling: telling(),
    route: 'default',
    ...(endsOnly && { endsOnly: true }),
  })
  return {
    book,
    hears(said: Notice, mutes = [] as Parameters<typeof enter>[3]['mutes']): Outcome {
      const outcome = enter(book, said, [target(said.mood === 'relief')], { mutes, standing, now: noon })
      standing = standingAfter(standing, said)
      return outcome
    },
    moods: () => book.drafts().flatMap(({ group }) => Object.values(group.lines).map(({ mood }) => mood)),
  }
}

const problem = (at: number) => notice({ at: noon + at * second })
const relief = (at: number) =>
  notice({ at: noon + at * second, kind: 'quality-back', mood: 'relief', severity: 'info' })

describe('a room that hears of problems and of their ends', () => {
  it('hears the end of what it knows', () => {
    const room = alerts()
    expect([room.hears(problem(1)), room.hears(relief(2))]).toEqual(['told', 'told'])
    expect(room.moods()).toEqual(['relief'])
  })

  it('hears nothing of an end whose problem it never heard of, nor of that problem afterwards', () => {
    const room = alerts()
    expect([room.hears(relief(2)), room.hears(problem(1))]).toEqual(['nowhere', 'late'])
    expect(room.moods()).toEqual([])
  })

  it('takes no problem for new whose end was said where it did not listen', () => {
    const room = alerts()
    const outcomes = [problem(1), relief(2), relief(30), problem(20)].map((said) => room.hears(said))
    expect(outcomes).toEqual(['told', 'told', 'nowhere', 'late'])
    expect(room.moods()).toEqual(['relief'])
  })

  it('is told as the most severe of its notices wants it', () => {
    const book = openBook([], noon)
    const to = { surface: 'slack', room: 'C0ALERTS' } as const
    const how = { to, side: 'desk', group: 'phone:1', route: 'default' } as const
    const around = { mutes: [], standing: [], now: noon }
    const often = telling({ repeat: hour })
    enter(book, notice({ topic: 'account' }), [{ ...how, severity: 'critical', telling: often }], around)
    enter(book, notice({ topic: 'name' }), [{ ...how, severity: 'info', telling: telling() }], around)
    expect(book.drafts().map((draft) => draft.telling.repeat)).toEqual([hour])
  })

  it('of a partner hears no good news that its own case tells, but what it has to worry about', () => {
    const target: Target = {
      to: { surface: 'telegram', room: '7001' },
      side: 'partner',
      partner: 'brightline',
      group: 'phone:1',
      severity: 'info',
      telling: telling(),
      route: 'default',
    }
    const around = { mutes: [], standing: [], now: noon }
    const told = (said: Partial<Notice>) =>
      enter(openBook([], noon), notice({ inCaseOf: ['brightline'], ...said }), [target], around)
    expect([told({ severity: 'info', mood: 'news' }), told({ severity: 'warning' })]).toEqual(['in-case', 'told'])
    expect(told({ severity: 'info', inCaseOf: ['nordwind'] })).toBe('told')
  })

  it('hears nothing that is muted', () => {
    const room = alerts()
    const mute = {
      id: 1,
      scope: { kind: 'quality-*' },
      reason: 'we know',
      by: { id: 'a', name: 'Ana' },
      until: noon + hour,
    }
    expect(room.hears(problem(1), [mute])).toBe('muted')
    expect(room.book.drafts()).toEqual([])
  })
})
