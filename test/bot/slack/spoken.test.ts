import { describe, expect, it } from 'vitest'
import { spoken } from '../../../src/bot/slack/spoken.ts'
import { unmark } from '../../../src/bot/slack/unmark.ts'

describe('the words after /portdesk', () => {
  it.each([
    ['', { command: 'help', text: '' }],
    ['help', { command: 'help', text: '' }],
    ['Status  +49 30 1234567', { command: 'status', text: '+49 30 1234567' }],
    ['new port-out', { command: 'new', text: 'port-out' }],
    ['case PD-12', { command: 'case', text: 'PD-12' }],
    ['PD-12', { command: 'case', text: 'PD-12' }],
    ['+49 (30) 123-4567', { command: 'status', text: '+49 (30) 123-4567' }],
    ['frobnicate it', { unknown: 'frobnicate' }],
  ])('%j', (words, meant) => {
    expect(spoken(words)).toEqual(meant)
  })
})

describe('what people type', () => {
  it.each([
    ['call <tel:+49301234567|+49 30 1234567>', 'call +49 30 1234567'],
    ['see <https://docs.example/a?b=1&amp;c=2>', 'see https://docs.example/a?b=1&c=2'],
    ['see <https://docs.example|the docs>', 'see the docs (https://docs.example)'],
    ['see <https://docs.example|docs.example>', 'see docs.example'],
    ['write to <mailto:a@b.example|a@b.example>', 'write to a@b.example'],
    ['<@U0ANA> look at <#C0CASES|cases>', '@Ana look at #cases'],
    ['<!here> <!subteam^S1|@leads>', '@here @leads'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['1 < 2 > 0', '1 < 2 > 0'],
  ])('%j becomes plain', (typed, plain) => {
    expect(unmark(typed, (user) => (user === 'U0ANA' ? 'Ana' : undefined))).toBe(plain)
  })
})
