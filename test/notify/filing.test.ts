import { describe, expect, it } from 'vitest'
import { enter, type Outcome, openBook, reviewed } from '../../src/notify/filing.ts'
import type { Group } from '../../src/notify/group.ts'
import { type Standing, standingAfter } from '../../src/notify/inhibit.ts'
import type { Notice } from '../../src/notify/notice.ts'
import type { OpenNotice } from '../../src/notify/notice-store.ts'
import type { Mute } from '../../src/notify/notices.ts'
import type { Target } from '../../src/notify/target.ts'
import { hour, noon, notice, second, telling } from './group-kit.ts'
import { aGroup, aLine } from './notice-kit.ts'

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

const mute = (over: Partial<Mute> = {}): Mute => ({
  id: 1,
  scope: { kind: 'quality-*' },
  reason: 'we know',
  by: { id: 'a', name: 'Ana' },
  until: noon + hour,
  ...over,
})
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
    expect(room.hears(problem(1), [mute()])).toBe('muted')
    expect(room.book.drafts()).toEqual([])
  })

  it('sees the end of what it knows in its place, although that is muted, and is not told of it', () => {
    const room = alerts()
    room.hears(problem(1))
    expect([room.hears(relief(2), [mute()]), room.hears(problem(3), [mute()])]).toEqual(['muted', 'muted'])
    const [draft] = room.book.drafts()
    expect(room.moods()).toEqual(['relief'])
    expect(draft).toMatchObject({ redraw: true, lookAt: noon })
    expect(draft?.group.untold?.count).toBe(1)
  })
})

describe('a problem that was told', () => {
  const row = (lines = [aLine()], over: Partial<Group> = {}): OpenNotice => ({
    id: 1,
    to: { surface: 'slack', room: 'C0ALERTS' },
    side: 'desk',
    groupKey: 'phone:1',
    group: aGroup(lines, { last: noon, told: { at: noon, severity: 'critical', repeats: 0 }, ...over }),
    telling: telling({ repeat: hour }),
    seq: 1,
    closed: false,
    opened: true,
  })
  const due = noon + hour
  const number = { subject: 'phone:4930123456' }

  it('is told again', () => {
    expect(reviewed(row(), due, [])).toMatchObject({ say: 'repeat', seq: 2 })
  })

  it.each([
    ['its number', number],
    ['its kind', { kind: 'number-*' }],
    ['its account', { subject: 'waba:7001' }],
    ['its platform', { source: 'meta' as const }],
  ])('is not told again while %s is muted, and is afterwards', (_what, scope) => {
    const flagged = aLine({ source: 'meta', waba: '7001' })
    const held = reviewed(row([flagged]), due, [mute({ scope, until: due + hour })])
    expect(held).toMatchObject({ seq: 1, redraw: false })
    expect(held.say).toBeUndefined()
    expect(held.lookAt).toBeGreaterThan(due)
    expect(held.lookAt).toBeLessThanOrEqual(due + hour)
    expect(reviewed({ ...row([flagged]), ...held, id: 1 }, due + hour, []).say).toBe('repeat')
  })

  it('is told again while something else is muted, and with another problem that is not', () => {
    const other = aLine({ topic: 'account', kind: 'account-disabled' })
    const muted = [mute({ scope: { kind: 'number-*' }, until: due + hour })]
    expect(reviewed(row([aLine(), other]), due, muted).say).toBe('repeat')
    expect(reviewed(row(), due, [mute({ scope: { source: 'hub' }, until: due + hour })]).say).toBe('repeat')
  })

  it('still hears what came before it was muted', () => {
    const untold = { since: noon, count: 1 }
    const news = aLine({ topic: 'name', kind: 'name-approved', mood: 'news', severity: 'info' })
    const muted = [mute({ scope: { kind: 'number-*' }, until: due + hour })]
    expect(reviewed(row([aLine(), news], { untold }), due, muted).say).toBe('repeat')
  })
})
