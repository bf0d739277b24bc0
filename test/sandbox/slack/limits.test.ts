import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkedView, messageBlocks } from '../../../src/sandbox/slack/check-blocks.ts'
import { SlackError } from '../../../src/sandbox/slack/errors.ts'
import { blockLimits } from '../../../src/sandbox/slack/limits.ts'

/** Why Slack refuses that; empty when it does not. */
function why(check: () => unknown): string {
  try {
    check()
    return ''
  } catch (error) {
    if (error instanceof SlackError) return error.message
    throw error
  }
}

const plain = (text: string) => ({ type: 'plain_text', text })
const section = (more = {}) => ({ type: 'section', text: { type: 'mrkdwn', text: 'x' }, ...more })
const button = (more = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more })
const actions = (...elements: unknown[]) => ({ type: 'actions', elements })
const option = (value: string, text = value) => ({ text: plain(text), value })
const select = (more = {}) => ({ type: 'static_select', action_id: 's', options: [option('a')], ...more })
const long = (length: number) => '€'.repeat(length)
const many = <T>(length: number, one: (n: number) => T) => Array.from({ length }, (_, n) => one(n))

const spec = fileURLToPath(new URL('../../../../shared/specs/slack-block-limits.json', import.meta.url))
if (!existsSync(spec)) console.warn(`limits are not compared: ${spec} is missing`)

describe('Block Kit limits', () => {
  it.skipIf(!existsSync(spec))('are the published ones', () => {
    expect(blockLimits).toEqual(z.json().parse(JSON.parse(readFileSync(spec, 'utf8'))))
  })

  it.each<[string, unknown[], string]>([
    ['51 blocks', many(51, () => ({ type: 'divider' })), 'no more than 50 items allowed [json-pointer:/blocks]'],
    [
      'a long header',
      [{ type: 'header', text: plain(long(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty section', [section({ text: plain('') })], 'must be more than 0 characters'],
    ['a section without text', [{ type: 'section' }], 'missing required field: text [json-pointer:/blocks/0]'],
    ['a long section', [section({ text: plain(long(3001)) })], 'must be less than 3001 characters'],
    ['11 fields', [section({ fields: many(11, () => plain('x')) })], 'no more than 10 items allowed'],
    ['a long field', [section({ fields: [plain(long(2001))] })], 'must be less than 2001 characters'],
    ['26 buttons', [actions(...many(26, (n) => button({ action_id: `${n}` })))], 'no more than 25 items allowed'],
    ['a long button', [actions(button({ text: plain(long(76)) }))], '/blocks/0/elements/0/text/text'],
    ['mrkdwn on a button', [actions(button({ text: { type: 'mrkdwn', text: 'x' } }))], 'unsupported type'],
    ['a long value', [actions(button({ value: long(2001) }))], 'must be less than 2001 characters'],
    ['a long action_id', [actions(button({ action_id: long(256) }))], 'must be less than 256 characters'],
    ['one action_id twice', [actions(button(), button())], 'action_id "a" must be unique'],
    ['one block_id twice', [section({ block_id: 'b' }), section({ block_id: 'b' })], 'block_id "b" must be unique'],
    ['a long option value', [actions(select({ options: [option(long(151))] }))], 'must be less than 151 characters'],
    ['101 options', [actions(select({ options: many(101, (n) => option(`${n}`)) }))], 'no more than 100 items allowed'],
    ['a strange first option', [actions(select({ initial_option: option('b') }))], 'initial option "b" must be one of'],
    [
      '6 entries in an overflow',
      [actions({ type: 'overflow', options: many(6, (n) => option(`${n}`)) })],
      'no more than 5',
    ],
    [
      'a long confirm text',
      [
        actions(
          button({ confirm: { title: plain('t'), text: plain(long(301)), confirm: plain('y'), deny: plain('n') } }),
        ),
      ],
      'less than 301',
    ],
    [
      '11 context elements',
      [{ type: 'context', elements: many(11, () => plain('x')) }],
      'no more than 10 items allowed',
    ],
    ['an unknown block', [{ type: 'poem' }], 'unsupported type: poem [json-pointer:/blocks/0/type]'],
    [
      'an input in actions',
      [actions({ type: 'plain_text_input', action_id: 'p' })],
      'unsupported type: plain_text_input',
    ],
  ])('%s is refused', (_, blocks, message) => {
    const refused = why(() => messageBlocks(blocks))
    expect(refused).toMatch(/^invalid_blocks \[ERROR\]/)
    expect(refused).toContain(message)
  })

  it('counts code points, and takes what is just right', () => {
    const blocks = [
      { type: 'header', text: plain('🙂'.repeat(150)) },
      section({ text: { type: 'mrkdwn', text: long(3000) }, accessory: button() }),
      { type: 'divider' },
      actions(button(), select({ initial_option: option('a') })),
      { type: 'context', elements: [plain('x'), { type: 'image', image_url: 'http://x', alt_text: 'x' }] },
      { type: 'markdown', text: '# x' },
      { type: 'input', label: plain('l'), element: { type: 'plain_text_input', max_length: 3000 } },
    ]
    expect(why(() => messageBlocks(blocks))).toBe('')
  })
})

describe('views', () => {
  const input = { type: 'input', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'why' } }
  const modal = (more = {}) => ({
    type: 'modal',
    title: plain('Title'),
    submit: plain('Send'),
    blocks: [input],
    ...more,
  })
  it.each<[string, Record<string, unknown>, string]>([
    ['a long title', { title: plain(long(25)) }, 'less than 25 characters [json-pointer:/view/title/text]'],
    ['a long submit', { submit: plain(long(25)) }, '/view/submit/text'],
    ['no title', { title: undefined }, 'missing required field: title'],
    ['inputs without submit', { submit: undefined }, 'missing required field: submit'],
    ['long private metadata', { private_metadata: long(3001) }, 'less than 3001 characters'],
    ['a long callback id', { callback_id: long(256) }, 'less than 256 characters'],
    ['101 blocks', { blocks: many(101, () => ({ type: 'divider' })) }, 'no more than 100 items allowed'],
    ['no blocks', { blocks: [] }, 'no less than 1 items allowed'],
    ['another type', { type: 'home' }, 'unsupported type: home'],
  ])('%s is refused', (_, more, message) => {
    const refused = why(() => checkedView(modal(more), 'modal'))
    expect(refused).toMatch(/^invalid_arguments \[ERROR\]/)
    expect(refused).toContain(message)
  })

  it('takes a right one, and refuses one of more than 250 KB', () => {
    expect(why(() => checkedView(modal(), 'modal'))).toBe('')
    const blocks = many(90, () => section({ text: plain('x'.repeat(3000)) }))
    expect(why(() => checkedView({ type: 'home', blocks }, 'home'))).toBe('view_too_large')
  })
})
