import { describe, expect, it } from 'vitest'
import { inContext } from '../../src/notify/context.ts'
import { asReadBy } from '../../src/notify/isolation.ts'
import { notice } from './group-kit.ts'

const blocked = notice({
  kind: 'sending-blocked',
  severity: 'critical',
  partner: 'bright',
  params: { code: '131042', case: '', resumes: '' },
  next: { advice: 'payment-or-switch' },
})
const { about } = blocked
const flow = 'some-flow'
const byCase = { kind: 'sending-blocked', case: 'PD-7', until: '2026-12-01', partners: ['bright'] }
const desk = { side: 'desk' } as const
const of = (partner: string) => ({ side: 'partner', partner }) as const

describe('a number that lives in the Business app, too', () => {
  const lives = notice({ kind: 'coexistence', severity: 'info', mood: 'news', completes: ['nm-c14'] })

  it('is a problem while it is being migrated, and news else', () => {
    const during = (flow: string) => inContext(lives, [{ about: lives.about, flow, partner: 'bright' }])
    expect(during('number-migration')).toMatchObject({ severity: 'warning', mood: 'problem' })
    expect(during('api-key')).toMatchObject({ severity: 'info', mood: 'news' })
    expect(inContext(lives, [])).toBe(lives)
  })
})

describe('a notice that an open case expects', () => {
  const told = inContext(blocked, [{ about, flow, expects: [byCase] }])

  it('is a warning, whatever the flow is called', () => {
    expect(told.severity).toBe('warning')
    expect(inContext(blocked, [{ about, flow }]).severity).toBe('critical')
    expect(inContext(blocked, [{ about, flow, expects: [{ ...byCase, kind: 'other' }] }]).severity).toBe('critical')
  })

  it('is no warning for another number', () => {
    const elsewhere = { phones: ['4930111'], channels: [], wabas: [] }
    expect(inContext(blocked, [{ about: elsewhere, flow, expects: [byCase] }])).toBe(blocked)
  })

  it('never becomes worse by that', () => {
    expect(inContext({ ...blocked, severity: 'info' }, [{ about, flow, expects: [byCase] }]).severity).toBe('info')
  })

  it('says which case and until when, and no advice that helps nobody then', () => {
    for (const reader of [desk, of('bright')]) {
      const read = asReadBy(reader, told)
      expect(read.params).toEqual({ code: '131042', case: 'PD-7', resumes: '2026-12-01' })
      expect(read.next).toBeUndefined()
    }
  })

  it('tells nothing of the case to a partner that it is not for, not even its own client’s', () => {
    const foreign = inContext(blocked, [{ about, flow, expects: [{ ...byCase, partners: ['nord'] }] }])
    const read = asReadBy(of('bright'), foreign)
    expect(read.params).toEqual(blocked.params)
    expect(read.next).toEqual(blocked.next)
    expect(asReadBy(desk, foreign).params.case).toBe('PD-7')
  })

  it('names to each reader a case of its own', () => {
    const both = inContext(blocked, [
      { about, flow, expects: [{ ...byCase, case: 'PD-8', partners: ['nord'] }] },
      { about, flow, expects: [byCase] },
    ])
    expect(asReadBy(of('bright'), both).params.case).toBe('PD-7')
  })

  it('says nothing of a case that does not know until when', () => {
    const { until: _, ...vague } = byCase
    const read = asReadBy(desk, inContext(blocked, [{ about, flow, expects: [vague] }]))
    expect([read.severity, read.params, read.next]).toEqual(['warning', blocked.params, blocked.next])
  })
})
