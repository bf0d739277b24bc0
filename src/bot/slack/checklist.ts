import type { Item } from '../card.ts'
import { itemMarks } from '../marks.ts'
import { blockLimits } from './limits.ts'
import { mrkdwn, oneLine } from './mrkdwn.ts'
import type { KnownBlock } from './slack-types.ts'
import { context, section } from './text-objects.ts'

/** Lists longer than this show what is finished in one line. */
const longList = 12
const titleMax = 300
const max = blockLimits.section.text.max_length

/** A checklist in at most `budget` blocks. What is open is kept longest. */
export function checklistBlocks(items: Item[], budget: number): KnownBlock[] {
  if (items.length === 0 || budget <= 0) return []
  const layouts = items.length > longList ? [folded, dense] : [full, folded, dense]
  for (const layout of layouts) {
    const blocks = layout(items)
    if (blocks.length <= budget) return blocks
  }
  return counted(items, budget)
}

const line = ({ mark, title }: Item) => `${itemMarks[mark]} ${mrkdwn(oneLine(title), titleMax)}`
const notesOf = ({ notes }: Item, between = ' · ') => notes.map(oneLine).filter(Boolean).join(between)
const isFinished = ({ mark }: Item) => mark === 'done' || mark === 'skipped'

/** Every item a line; its notes as small print below. */
function full(items: Item[]): KnownBlock[] {
  const blocks: KnownBlock[] = []
  let lines: string[] = []
  const flush = () => {
    blocks.push(...packed(lines))
    lines = []
  }
  for (const item of items) {
    lines.push(line(item))
    const notes = notesOf(item, '\n')
    if (!notes) continue
    flush()
    blocks.push(context(mrkdwn(notes, max)))
  }
  flush()
  return blocks
}

/** What is finished in one line, the rest in full. */
function folded(items: Item[]): KnownBlock[] {
  const finished = items.filter(isFinished)
  const short = finished.map(({ mark, title }) => `${itemMarks[mark]} ${oneLine(title)}`).join(' · ')
  return [...(finished.length ? [context(mrkdwn(short, 600))] : []), ...full(items.filter((item) => !isFinished(item)))]
}

/** Open items one line each, with their notes on it; what is finished is only counted. */
function dense(items: Item[]): KnownBlock[] {
  const lines = items
    .filter((item) => !isFinished(item))
    .map((item) => [line(item), mrkdwn(notesOf(item), titleMax)].filter(Boolean).join(' – '))
  return [...tally(items.filter(isFinished)), ...packed(lines)]
}

/** As much of the dense list as there is room for, and how many more there are. */
function counted(items: Item[], budget: number): KnownBlock[] {
  const open = items.filter((item) => !isFinished(item))
  let kept = open.length
  const blocks = () => [
    ...tally(items.filter(isFinished)),
    ...packed(open.slice(0, kept).map(line)),
    ...tally(open.slice(kept)),
  ]
  while (kept > 0 && blocks().length > budget) kept = Math.floor(kept / 2)
  return blocks().slice(0, budget)
}

/** How many there are of each mark: `✅ 7 · ⏭️ 1`. */
function tally(items: Item[]): KnownBlock[] {
  const counts = new Map<string, number>()
  for (const { mark } of items) counts.set(itemMarks[mark], (counts.get(itemMarks[mark]) ?? 0) + 1)
  return counts.size ? [context([...counts].map(([mark, count]) => `${mark} ${count}`).join(' · '))] : []
}

/** Lines in as few sections as they fit in. */
export function packed(lines: string[]): KnownBlock[] {
  const sections: string[] = []
  let current = ''
  for (const next of lines) {
    const together = current ? `${current}\n${next}` : next
    if ([...together].length <= max) {
      current = together
      continue
    }
    sections.push(current)
    current = next
  }
  if (current) sections.push(current)
  return sections.map(section)
}
