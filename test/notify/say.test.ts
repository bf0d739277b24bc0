import { describe, expect, it } from 'vitest'
import { openTexts } from '../../src/bot/texts.ts'
import { sayLine } from '../../src/notify/say.ts'

const open = openTexts(new URL('../../locales/', import.meta.url))
const texts = open('en', 'Europe/Berlin')
const params = { name: 'order_[vip]', language: 'de', status: 'REJECTED', reason: '' }

describe('a line in words', () => {
  it('leaves out what is not known, and nothing that a platform put in brackets', () => {
    const line = { kind: 'template-rejected', params }
    expect(sayLine(line, texts)).toBe('Template order_[vip] (de) was rejected.')
    expect(sayLine({ ...line, params: { ...params, reason: 'SCAM' } }, texts)).toBe(
      'Template order_[vip] (de) was rejected: looks like fraud.',
    )
  })

  it('takes a template of the set-up with the same placeholders', () => {
    const line = { kind: 'template-rejected', params, clientName: 'Acme', count: 3 }
    const say = (template: string) => sayLine({ ...line, template }, texts)
    expect(say('[{{client}}: ]{{ name }} is {{status}}[ ({{reason}})][ fyi]')).toBe(
      'Acme: order_[vip] is rejected[ fyi]',
    )
    expect(say('Hello {{nobody}}!')).toBe('Hello !')
    expect(say('$& {{name}}')).toBe('$& order_[vip]')
  })

  it('never takes a value for a placeholder or for a text of ours', () => {
    const line = { kind: 'template-approved', params: { name: '{{language}} $t(desk.roles.lead)', language: 'de' } }
    expect(sayLine(line, texts)).toBe('Template {{language}} $t(desk.roles.lead) (de) is approved.')
    const odd = { kind: 'template-status', params: { name: 'SPAM', language: '', status: 'a:b.c', reason: 'NAME_X' } }
    expect(sayLine(odd, texts)).toBe('Template SPAM: a:b.c, NAME_X.')
  })

  it('shows numbers, days, moments and money as people read them, and what is none as it came', () => {
    const say = (params: Record<string, string>, template: string) =>
      sayLine({ kind: 'any', params, template }, texts).replaceAll('\u00a0', ' ')
    expect(say({ phone: '+493012345678' }, '{{phone}}')).toBe('+49 30 12345678')
    expect(say({ date: '2026-04-30' }, '{{date}}')).toBe('April 30, 2026')
    expect(say({ until: '2026-01-31T00:00:00.000Z' }, '{{until}}')).toBe('Jan 31, 01:00')
    expect(say({ date: '2026-99-99' }, '{{date}}')).toBe('2026-99-99')
    expect(say({ balance: '-3.20 EUR' }, '{{balance}}')).toBe('-EUR 3.20')
    expect(say({ balance: '300 JPY' }, '{{balance}}')).toBe('JPY 300')
    expect(say({ balance: '1.500 KWD' }, '{{balance}}')).toBe('KWD 1.500')
    expect(say({ balance: 'much' }, '{{balance}}')).toBe('much')
    expect(say({ name: '2026-04-30' }, '{{name}}')).toBe('2026-04-30')
  })

  it('counts what one event told of, or all events of its line', () => {
    const line = { kind: 'message-failures', params: { phone: '+493012345678', code: '131026', error: '', count: 1 } }
    expect(sayLine(line, texts)).toBe('1 message from +49 30 12345678 failed with error 131026.')
    expect(sayLine({ ...line, count: 43 }, texts)).toBe('43 messages from +49 30 12345678 failed with error 131026.')
  })

  it('says when sending comes back, once somebody knows', () => {
    const params = { phone: '', code: '131042', case: 'PD-7', resumes: '2026-12-01' }
    const blocked = { kind: 'sending-blocked', params }
    expect(sayLine(blocked, texts)).toBe(
      'Sending is blocked: payment problem (131042). This is expected while PD-7 runs: messages work again on December 1, 2026.',
    )
  })

  it('falls back to the name of a kind that has no text', () => {
    expect(sayLine({ kind: 'room-on-fire', params: {} }, texts)).toBe('room-on-fire')
  })
})
