import type { Card, Field, Tone } from '../card.ts'
import { buttonBlocks } from './buttons.ts'
import { checklistBlocks, packed } from './checklist.ts'
import { blockLimits as limits, messageLimits } from './limits.ts'
import { mrkdwn, oneLine, shown } from './mrkdwn.ts'
import type { KnownBlock } from './slack-types.ts'
import { context, section, verbatim } from './text-objects.ts'

const toneMarks: Record<Tone, string> = {
  open: '🔵',
  waiting: '⏳',
  attention: '🟠',
  critical: '🔴',
  done: '✅',
  stopped: '⛔',
  info: 'ℹ️',
}

/** A card as the blocks of one message: at most 50, each within Block Kit's limits, every text escaped. */
export const cardBlocks = (card: Card): KnownBlock[] => cardBlocksWithin(card, messageLimits.blocks, new Set())

/** Several cards as the blocks of one view. */
export function cardsBlocks(cards: Card[]): KnownBlock[] {
  const taken = new Set<string>()
  const blocks: KnownBlock[] = []
  for (const card of cards) {
    const room = limits.view.blocks.max_items - blocks.length - 1
    if (room < 20) break
    if (blocks.length) blocks.push({ type: 'divider' })
    blocks.push(...cardBlocksWithin(card, Math.min(room, messageLimits.blocks), taken))
  }
  return blocks
}

function cardBlocksWithin(card: Card, max: number, taken: Set<string>): KnownBlock[] {
  const before = [...head(card), ...paragraphs(card.text ?? []), ...fields(card.fields ?? [])]
  const after = [...buttonBlocks(card.buttons ?? [], taken), ...footer(card.footer ?? [])]
  const items = checklistBlocks(card.items ?? [], max - before.length - after.length)
  return [...before, ...items, ...after]
}

/** What notifications and screen readers get. */
export function cardText({ title, subtitle, state, text }: Card): string {
  const parts = [title, subtitle, state?.text, text?.[0]].flatMap((part) => (part ? [oneLine(part)] : []))
  return mrkdwn(shown(parts.join(' – ')), messageLimits.text)
}

function head({ title, subtitle, state, progress }: Card): KnownBlock[] {
  // An asterisk would end the bold face; Slack knows no escape for it.
  const bold = `*${mrkdwn(shown(oneLine(title)), 500).replaceAll('*', '∗')}*`
  const first = state ? `${toneMarks[state.tone]} ${bold}` : bold
  const second = mrkdwn(oneLine(subtitle ?? ''), 500)
  const status = [progress && bar(progress), state && mrkdwn(oneLine(state.text), 500)].filter(Boolean).join('  ·  ')
  return [section([first, second].filter(Boolean).join('\n')), ...(status ? [context(status)] : [])]
}

/** `▰▰▰▱▱ 3/5` */
function bar({ done, total }: { done: number; total: number }): string {
  const length = Math.max(0, Math.min(10, Math.floor(total) || 0))
  const filled = Math.max(0, Math.min(length, Math.floor((done / total) * length) || 0))
  return `${'▰'.repeat(filled)}${'▱'.repeat(length - filled)} ${done}/${total}`.trim()
}

function paragraphs(texts: string[]): KnownBlock[] {
  const each = texts.filter((text) => text.trim()).map((text) => mrkdwn(text.trim(), limits.section.text.max_length))
  // An empty line between two paragraphs.
  return packed(each.flatMap((text, index) => (index ? ['', text] : [text]))).slice(0, 5)
}

function fields(list: Field[]): KnownBlock[] {
  const { max_items, item_max_length } = limits.section.fields
  const labelMax = 200
  const texts = list.map(({ label, value }) => {
    const bold = `*${mrkdwn(shown(oneLine(label)), labelMax).replaceAll('*', '∗')}*`
    return verbatim(`${bold}\n${mrkdwn(shown(value), item_max_length - labelMax - 3)}`)
  })
  const blocks: KnownBlock[] = []
  for (let at = 0; at < texts.length && blocks.length < 3; at += max_items) {
    blocks.push({ type: 'section', fields: texts.slice(at, at + max_items) })
  }
  return blocks
}

function footer(lines: string[]): KnownBlock[] {
  const text = lines.map(oneLine).filter(Boolean).join('  ·  ')
  return text ? [context(mrkdwn(text, limits.text.max_length))] : []
}
