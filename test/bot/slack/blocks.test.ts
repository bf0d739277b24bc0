import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Card, Item } from '../../../src/bot/card.ts'
import { cardBlocks, cardsBlocks, cardText } from '../../../src/bot/slack/blocks.ts'
import { blockLimits, messageLimits } from '../../../src/bot/slack/limits.ts'
import { homeView } from '../../../src/bot/slack/modal.ts'
import { cut, mrkdwn } from '../../../src/bot/slack/mrkdwn.ts'
import type { KnownBlock } from '../../../src/bot/slack/slack-types.ts'
import { checkedView, messageBlocks } from '../../../src/sandbox/slack/check-blocks.ts'
import { anyCard } from './cards.ts'
import { spec } from './specs.ts'

const json = (blocks: KnownBlock[]): unknown => JSON.parse(JSON.stringify(blocks))

/** Every mrkdwn text in the blocks. */
function mrkdwnTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnTexts)
  if (typeof value !== 'object' || value === null) return []
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)]
  return Object.values(value).flatMap(mrkdwnTexts)
}

function actionIds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionIds)
  if (typeof value !== 'object' || value === null) return []
  return [...('action_id' in value ? [String(value.action_id)] : []), ...Object.values(value).flatMap(actionIds)]
}

const shownTexts = (card: Card) => mrkdwnTexts(json(cardBlocks(card))).join('\n')

const example: Card = {
  title: 'PD-142 · Move a number away',
  subtitle: '+49 30 1234567 · Brightline',
  state: { text: 'Waiting for the client', tone: 'waiting' },
  progress: { done: 3, total: 5 },
  text: ['Switch two-step verification off.', 'Then press “Check again”.'],
  fields: [{ label: 'Owner', value: 'Client' }],
  items: [
    { mark: 'done', title: 'Number found', notes: [] },
    { mark: 'failed', title: 'Two-step verification is off', notes: ['client', 'due 23 Nov'] },
    { mark: 'open', title: 'Tell the partner', notes: [] },
  ],
  buttons: [
    { label: 'Check again', press: 'r|3y|7|two-step-off', style: 'primary' },
    {
      label: 'Cancel',
      press: 'x|3y|7',
      style: 'danger',
      confirm: { title: 'Cancel the case?', text: 'It cannot be opened again.', yes: 'Cancel it', no: 'Keep it' },
    },
    { label: 'How to', url: 'https://docs.example/two-step' },
  ],
  footer: ['as of 12:30', 'live'],
}

describe('a card in Slack', () => {
  it('keeps within the limits whatever it holds', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const blocks = json(cardBlocks(card))
        expect(() => messageBlocks(blocks)).not.toThrow()
        const ids = actionIds(blocks)
        expect(new Set(ids).size).toBe(ids.length)
        expect([...cardText(card)].length).toBeLessThanOrEqual(messageLimits.text)
      }),
      { numRuns: 300 },
    )
  })

  it('lets nobody smuggle in a mention, a link or a broadcast', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        for (const text of [...mrkdwnTexts(json(cardBlocks(card))), cardText(card)]) {
          expect(text).not.toMatch(/[<>]/)
          expect(text).not.toMatch(/&(?!(?:amp|lt|gt);)/)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('fits any number of cards into the App Home', () => {
    fc.assert(
      fc.property(fc.array(anyCard, { maxLength: 8 }), (cards) => {
        const view: unknown = JSON.parse(JSON.stringify(homeView(cards)))
        expect(() => checkedView(view, 'home')).not.toThrow()
        const ids = actionIds(cardsBlocks(cards))
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 60 },
    )
  })

  it('shows title, state, progress, checklist, buttons and small print', () => {
    expect(cardBlocks(example)).toMatchSnapshot()
    expect(cardText(example)).toBe(
      'PD-142 · Move a number away – +49 30 1234567 · Brightline – Waiting for the client – Switch two-step verification off.',
    )
  })

  it('folds what is finished into one line when the list is long', () => {
    const item = (index: number): Item => ({
      mark: index < 8 ? 'done' : 'open',
      title: `Step ${index}`,
      notes: index < 8 ? ['by Ana'] : ['support', 'due 23 Nov'],
    })
    const card = { title: 'Long', items: Array.from({ length: 20 }, (_, index) => item(index)) }
    const blocks = cardBlocks(card)
    expect(mrkdwnTexts(json(blocks))[1]).toBe(Array.from({ length: 8 }, (_, index) => `✅ Step ${index}`).join(' · '))
    for (let index = 8; index < 20; index += 1) expect(shownTexts(card)).toContain(`⬜ Step ${index}`)
  })

  it('keeps every open item of a very long list', () => {
    const items: Item[] = Array.from({ length: 70 }, (_, index) => ({
      mark: index % 3 ? 'open' : 'done',
      title: `Step ${index}.`,
      notes: ['support'],
    }))
    const card = { title: 'Very long', items }
    for (const { mark, title } of items) if (mark === 'open') expect(shownTexts(card)).toContain(`⬜ ${title}`)
    expect(shownTexts(card)).toContain('✅ 24')
  })

  it('gives equal presses different action ids that stay the same from drawing to drawing', () => {
    const card: Card = {
      title: 'Twice',
      buttons: [
        { label: 'One', press: 'o|4' },
        { label: 'Two', press: 'o|4' },
        { label: 'Docs', url: 'https://docs.example' },
      ],
    }
    expect(actionIds(cardBlocks(card))).toEqual(['o|4', 'o|4#2', 'link'])
    expect(actionIds(cardBlocks(card))).toEqual(actionIds(cardBlocks(card)))
  })

  it('sets buttons in rows of five', () => {
    const buttons = Array.from({ length: 7 }, (_, index) => ({ label: `${index}`, press: `o|${index}` }))
    const rows = cardBlocks({ title: 'Many', buttons }).flatMap((block) =>
      block.type === 'actions' ? [block.elements.length] : [],
    )
    expect(rows).toEqual([5, 2])
  })
})

describe('cutting', () => {
  it('counts code points', () => {
    expect(cut('👍👍👍', 3)).toBe('👍👍👍')
    expect(cut('👍👍👍👍', 3)).toBe('👍👍…')
  })

  it('never cuts an entity in two', () => {
    expect(mrkdwn('a<b', 10)).toBe('a&lt;b')
    expect(mrkdwn('ab<<', 6)).toBe('ab…')
    expect(mrkdwn('a&b', 7)).toBe('a&amp;b')
  })
})

describe('the limits', () => {
  const published = spec('slack-block-limits.json')
  it.skipIf(!published)('are those that Slack publishes', () => {
    expect(published).toMatchObject(blockLimits)
  })
})
