import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Card } from '../../src/bot/card.ts'
import type { Form } from '../../src/bot/form.ts'
import { cardBlocks, cardText } from '../../src/bot/slack/blocks.ts'
import { messageLimits } from '../../src/bot/slack/limits.ts'
import { formView } from '../../src/bot/slack/modal.ts'
import { promptOf } from '../../src/bot/telegram/form-prompt.ts'
import { cardHtml } from '../../src/bot/telegram/html.ts'
import { keyboard } from '../../src/bot/telegram/keyboard.ts'
import { telegramLimits } from '../../src/bot/telegram/limits.ts'
import type { TelegramTexts } from '../../src/bot/telegram/texts.ts'
import { checkedView, messageBlocks } from '../../src/sandbox/slack/check-blocks.ts'
import { parseHtml } from '../../src/sandbox/telegram/html.ts'

function spec(name: string): unknown {
  const file = new URL(`../../../shared/specs/${name}`, import.meta.url)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  console.warn(`${name} is not here: cards are held to our own limits only`)
  return undefined
}

interface SlackNode {
  [key: string]: number | SlackNode
}
const node: z.ZodType<SlackNode> = z.lazy(() => z.record(z.string(), z.union([z.number(), node])))
const slackSpec = node.optional().parse(spec('slack-block-limits.json'))

const field = z.object({ name: z.string(), description: z.string() })
const withFields = z.object({ fields: z.array(field).optional() })
const telegramSpec = z
  .object({ methods: z.record(z.string(), withFields), types: z.record(z.string(), withFields) })
  .optional()
  .parse(spec('telegram-bot-api-10.1.json'))

/** The upper bound that Telegram's documentation names for a field: "1-4096 characters". */
export function telegramMost(kind: 'methods' | 'types', name: string, of: string): number | undefined {
  const description = telegramSpec?.[kind][name]?.fields?.find((each) => each.name === of)?.description
  const most = /\d+-(\d+) (?:characters|bytes)/.exec(description ?? '')?.[1]
  return most === undefined ? undefined : Number(most)
}

type Json = Record<string, unknown>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string => (isJson(value) ? String(value.text) : String(value))

/** Where Slack's own list of limits is broken, as paths. */
function overLimits(value: unknown, limits: SlackNode, path: string): string[] {
  const over: string[] = []
  const { max_length, min_length, max_items, min_items, item_max_length } = limits
  const bound = (what: number, most: unknown, least: unknown) => {
    if ((typeof most === 'number' && what > most) || (typeof least === 'number' && what < least)) over.push(path)
  }
  if (typeof value === 'string' || typeof max_length === 'number')
    bound([...textOf(value)].length, max_length, min_length)
  if (Array.isArray(value)) {
    bound(value.length, max_items, min_items)
    for (const item of value)
      if (typeof item_max_length === 'number') bound([...textOf(item)].length, item_max_length, 0)
  }
  if (!isJson(value)) return over
  for (const [key, inner] of Object.entries(limits)) {
    if (typeof inner !== 'number' && value[key] !== undefined)
      over.push(...overLimits(value[key], inner, `${path}.${key}`))
  }
  return over
}

const kinds: Record<string, string> = { plain_text: 'text', mrkdwn: 'text', modal: 'view', static_select: 'select' }

/** Holds every object of a message or view to Slack's published list. */
function published(value: unknown, path = 'it'): string[] {
  if (!slackSpec) return []
  if (Array.isArray(value)) return value.flatMap((item, index) => published(item, `${path}.${index}`))
  if (!isJson(value)) return []
  const names = [
    ...(typeof value.type === 'string' ? [kinds[value.type] ?? value.type] : []),
    ...('deny' in value ? ['confirmation'] : []),
    ...('value' in value && 'text' in value && !('type' in value) ? ['option'] : []),
  ]
  const own = names.flatMap((name) => {
    const limits = slackSpec[name]
    return typeof limits === 'object' ? overLimits(name === 'text' ? value.text : value, limits, path) : []
  })
  const ids = (['action_id', 'block_id'] as const).flatMap((key) => {
    const limits = slackSpec[key]
    return key in value && typeof limits === 'object' ? overLimits(value[key], limits, `${path}.${key}`) : []
  })
  return [...own, ...ids, ...Object.entries(value).flatMap(([key, inner]) => published(inner, `${path}.${key}`))]
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Draws a card for both surfaces and holds both pictures to every limit we know. */
export function expectFits(card: Card): void {
  const blocks = json(cardBlocks(card))
  expect(() => messageBlocks(blocks), card.title).not.toThrow()
  expect(published(blocks), card.title).toEqual([])
  expect([...cardText(card)].length).toBeLessThanOrEqual(messageLimits.text)
  const { text } = parseHtml(cardHtml(card))
  expect(text.trim().length, card.title).toBeGreaterThan(0)
  expect(text.length, card.title).toBeLessThanOrEqual(telegramLimits.text)
  expectButtons(card)
}

/** No button is lost on either surface, and no two of a message are the same. */
function expectButtons(card: Card): void {
  const buttons = card.buttons ?? []
  const rows = keyboard(card)?.inline_keyboard.flat() ?? []
  expect(rows, card.title).toHaveLength(buttons.length)
  const drawn = cardBlocks(card).flatMap((block) => (block.type === 'actions' ? block.elements : []))
  expect(drawn, card.title).toHaveLength(buttons.length)
  const data = rows.flatMap((row) => ('callback_data' in row ? [row.callback_data] : []))
  expect(new Set(data).size, `two buttons are the same: ${data.join(' ')}`).toBe(data.length)
  for (const each of data) expectCallback(each)
  for (const { text } of rows) expect(text.length).toBeGreaterThan(0)
}

function expectCallback(data: string): void {
  const bytes = Buffer.byteLength(data)
  expect(bytes, data).toBeGreaterThan(0)
  expect(bytes, data).toBeLessThanOrEqual(telegramLimits.callbackData)
}

const telegramTexts: TelegramTexts = {
  unknownButton: () => 'unknown',
  tooLate: () => 'over',
  questionOver: () => 'over',
  unknownCommand: (_, word) => word,
  formEnded: (_, title) => title,
  cancelled: (_, title) => title,
  skip: () => 'Skip',
  skipped: () => 'skipped',
  keep: (_, value) => `Keep: ${value}`,
  done: () => 'Done',
  replyHint: () => 'Reply',
  pickOne: () => 'Choose',
  onlyText: () => 'Text',
  sorry: (_, id) => id,
}

/** Draws a form as Slack's modal and as Telegram's questions, and holds both to every limit we know. */
export function expectFormFits(form: Form): void {
  const view = json(formView(form, { channel: 'C0CASES', thread: '1.2' }))
  expect(() => checkedView(view, 'modal'), form.title).not.toThrow()
  expect(published(view), form.title).toEqual([])
  expect(new Set(form.fields.map(({ id }) => id)).size).toBe(form.fields.length)
  const user = { id: 7001, name: 'Paula' }
  for (const group of [false, true]) {
    for (const shown of form.fields) {
      const conversation = { form, todo: [shown.id], values: {}, errors: {}, prompt: 1, askedFor: 'k', at: 0 }
      const speaker = { chat: '7001', user, group, language: 'en' }
      const { html, markup } = promptOf(conversation, shown, speaker, telegramTexts)
      expect(parseHtml(html).text.length).toBeLessThanOrEqual(telegramLimits.text)
      const buttons = 'inline_keyboard' in markup ? markup.inline_keyboard.flat() : []
      for (const button of buttons) if ('callback_data' in button) expectCallback(button.callback_data)
    }
  }
}
