import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyGroup, joined } from '../../src/notify/fold-group.ts'
import { severityOf, sortedLines, stateOf } from '../../src/notify/group-state.ts'
import { severities } from '../../src/notify/notice.ts'
import { aGroup, aLine, aNotice } from './notice-kit.ts'

const problem = aLine()
const relief = aLine({ mood: 'relief', severity: 'info', topic: 'account' })
const news = aLine({ mood: 'news', severity: 'warning', topic: 'channel' })

describe('where a group stands', () => {
  it.each([
    ['a problem', [problem], 'firing', 'warning'],
    ['a problem beside one that has ended', [problem, { ...relief, solved: true as const }], 'firing', 'warning'],
    ['a problem that has ended', [{ ...relief, solved: true as const }], 'resolved', 'info'],
    ['a relief of nothing', [relief], 'news', 'info'],
    ['news', [news], 'news', 'warning'],
    ['worse news beside a problem', [problem, { ...news, severity: 'critical' as const }], 'firing', 'warning'],
    ['nothing at all', [], 'news', 'info'],
  ])('%s', (_, lines, state, severity) => {
    expect(stateOf(aGroup(lines))).toBe(state)
    expect(severityOf(aGroup(lines))).toBe(severity)
  })

  it('is solved by what ends its problem, also when the end is told twice', () => {
    const how = { severity: 'info', now: 1 } as const
    const told = (moods: readonly ('problem' | 'relief')[]) =>
      moods.reduce((group, mood, at) => joined(group, aNotice({ mood, at }), how).group, emptyGroup(0))
    expect(stateOf(told(['relief', 'relief']))).toBe('news')
    expect(stateOf(told(['problem', 'relief']))).toBe('resolved')
    expect(stateOf(told(['problem', 'relief', 'relief']))).toBe('resolved')
    expect(stateOf(told(['problem', 'relief', 'problem']))).toBe('firing')
  })
})

describe('events that each tell of several things', () => {
  it('are added up, whatever the order in which they come', () => {
    const told = (params: { at: number; count: number }[]) =>
      params.reduce(
        (group, { at, count }) => joined(group, aNotice({ at, params: { count } }), { severity: 'info', now: 1 }).group,
        emptyGroup(0),
      )
    const counts = [
      { at: 2, count: 3 },
      { at: 1, count: 2 },
      { at: 3, count: 1 },
    ]
    expect(Object.values(told(counts).lines).map(({ params, count }) => [params.count, count])).toEqual([[6, 3]])
  })
})

describe('the order of lines', () => {
  it('puts what lasts first, then what is worse, then what is newer', () => {
    const lines = fc.array(
      fc.record({
        mood: fc.constantFrom('problem' as const, 'relief' as const, 'news' as const),
        severity: fc.constantFrom(...severities),
        at: fc.nat(5),
        topic: fc.string(),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(lines, (parts) => {
        const group = aGroup(parts.map((part) => aLine(part)))
        const sorted = sortedLines(group)
        expect(sorted).toHaveLength(Object.keys(group.lines).length)
        const weights = sorted.map(({ mood, severity, at }) => [
          mood === 'problem' ? 1 : 0,
          severities.indexOf(severity),
          at,
        ])
        expect(weights).toEqual(weights.toSorted((a, b) => a.map((n, i) => (b[i] ?? 0) - n).find(Boolean) ?? 0))
      }),
      { numRuns: 100 },
    )
  })
})
