import { describe, expect, it } from 'vitest'
import { inhibitor, isOld, type Standing, standingAfter } from '../../src/notify/inhibit.ts'
import type { Notice } from '../../src/notify/notice.ts'
import { noon, notice } from './group-kit.ts'

const waba = { type: 'waba' as const, id: '700100' }
const disabled = notice({
  kind: 'account-disabled',
  severity: 'critical',
  subject: waba,
  topic: 'account',
  inhibits: ['template:', 'quality'],
})

/** What is still told of these notices, in the order in which they come. */
function heard(...notices: Notice[]): string[] {
  let standing: Standing[] = []
  return notices.flatMap((each) => {
    const silenced = inhibitor(each, standing)
    standing = standingAfter(standing, each)
    return silenced ? [] : [each.kind]
  })
}

describe('a word that comes too late', () => {
  const relief = notice({ kind: 'quality-back', mood: 'relief', at: noon + 1 })

  it('is one about which something newer was said, wherever that was told', () => {
    const standing = standingAfter([], relief)
    expect(isOld(notice(), standing)).toBe(true)
    expect(isOld(notice({ topic: 'account' }), standing)).toBe(false)
    expect(isOld(notice({ at: noon + 1 }), standing)).toBe(false)
  })
})

describe('a problem that makes others pointless', () => {
  const paused = notice({ kind: 'template-paused', subject: waba, topic: 'template:promo:de' })
  const flagged = notice({ kind: 'quality-low', waba: waba.id })

  it('silences templates and quality of a disabled account, and of its numbers', () => {
    expect(heard(disabled, paused, flagged)).toEqual(['account-disabled'])
  })

  it('says nothing about other accounts', () => {
    expect(heard(disabled, { ...paused, subject: { type: 'waba', id: '700200' } })).toHaveLength(2)
  })

  it('ends with the problem', () => {
    const back = notice({ kind: 'account-reinstated', subject: waba, topic: 'account', mood: 'relief', at: noon + 1 })
    expect(heard(disabled, back, { ...paused, at: noon + 2 })).toEqual([
      'account-disabled',
      'account-reinstated',
      'template-paused',
    ])
  })

  it('is not brought back by a late word', () => {
    const back = { ...disabled, kind: 'account-reinstated', mood: 'relief' as const, at: noon + 1 }
    expect(heard(back, disabled, { ...paused, at: noon + 2 })).toContain('template-paused')
  })

  it('never silences what is critical', () => {
    expect(heard(disabled, { ...flagged, severity: 'critical' })).toHaveLength(2)
  })
})
