import type { Card, Tone } from '../card.ts'
import { itemMarks } from '../marks.ts'
import { escapeHtml, line, plain } from './html-text.ts'
import { pieces, telegramLimits } from './limits.ts'

const toneMarks: Record<Tone, string> = {
  open: '🔵',
  waiting: '🟡',
  attention: '🟠',
  critical: '🔴',
  done: '🟢',
  stopped: '⚫️',
  info: 'ℹ️',
}

/** What gives way first when a card is too long; `keep` never does. */
const sacrifices = ['finished', 'note', 'field', 'paragraph', 'footer', 'item'] as const

/** One line of the message. */
interface Line {
  html: string
  /** UTF-16 units after parsing. */
  size: number
  rank: 'keep' | (typeof sacrifices)[number]
}

/** Lines that stand together; an empty line separates blocks. */
type Block = Line[]

/**
 * A card as a Telegram message (`parse_mode: HTML`), at most 4096 characters after parsing. A longer card loses finished
 * items first (the oldest before the others), then notes, fields, paragraphs and items from the end, and closes with "…".
 */
export function cardHtml(card: Card): string {
  const blocks = [head(card), ...paragraphs(card), items(card), fields(card), footer(card)].filter(
    (block) => block.length > 0,
  )
  const lines = blocks.flat()
  if (lines.every(({ html }) => html === '')) return '…'
  const dropped = choose(lines)
  const kept = blocks.map((block) => block.filter((one) => !dropped.has(one))).filter((block) => block.length > 0)
  const text = kept.map((block) => block.map(({ html }) => html).join('\n')).join('\n\n')
  return dropped.size > 0 ? `${text}\n\n…` : text
}

/** The lines to leave out so that the rest fits. */
function choose(lines: Line[]): ReadonlySet<Line> {
  const dropped = new Set<Line>()
  // Two units a line are more than line breaks can take; the rest is for the closing "…".
  let size = lines.reduce((sum, one) => sum + one.size + 2, 3)
  for (const rank of sacrifices) {
    const candidates = lines.filter((one) => one.rank === rank)
    if (rank !== 'finished') candidates.reverse()
    for (const one of candidates) {
      if (size <= telegramLimits.text) return dropped
      dropped.add(one)
      size -= one.size + 2
    }
  }
  return dropped
}

/** `size` leaves out the tags around the text. */
function written(rank: Line['rank'], text: string, wrap: (html: string) => string = (html) => html): Line {
  return { html: wrap(escapeHtml(text)), size: text.length, rank }
}

const bold = (html: string) => `<b>${html}</b>`
const italic = (html: string) => `<i>${html}</i>`

function head({ title, subtitle, state, progress }: Card): Block {
  const shownTitle = line(title, pieces.title)
  const shownSubtitle = subtitle ? line(subtitle, pieces.subtitle) : ''
  return [
    ...(shownTitle ? [written('keep', shownTitle, bold)] : []),
    ...(shownSubtitle ? [written('keep', shownSubtitle)] : []),
    ...(state ? [written('keep', `${toneMarks[state.tone]} ${line(state.text, pieces.state)}`)] : []),
    ...(progress && progress.total > 0 ? [written('keep', progressBar(progress))] : []),
  ]
}

/** `▰▰▰▱▱ 3/5`, ten segments at most. */
function progressBar({ done, total }: NonNullable<Card['progress']>): string {
  const segments = Math.min(Math.ceil(total), 10)
  const filled = Math.min(segments, Math.max(0, Math.floor((done / total) * segments)))
  return `${'▰'.repeat(filled)}${'▱'.repeat(segments - filled)} ${done}/${total}`
}

function paragraphs({ text = [] }: Card): Block[] {
  const shown = text.map((one) => plain(one, pieces.paragraph)).filter(Boolean)
  return shown.map((one) => [written('paragraph', one)])
}

function items({ items: list = [] }: Card): Block {
  return list.flatMap(({ mark, title, notes }) => {
    const finished = mark === 'done' || mark === 'skipped'
    const small = together(notes.map((note) => plain(note, pieces.note)).filter(Boolean))
    return [
      written(finished ? 'finished' : 'item', `${itemMarks[mark]} ${line(title, pieces.item)}`),
      ...small.map((note) => written(finished ? 'finished' : 'note', `      ${note}`, italic)),
    ]
  })
}

/** Short notes share a line. */
function together(notes: string[]): string[] {
  const joined = notes.join(' · ')
  return notes.length > 1 && joined.length <= 60 && !joined.includes('\n') ? [joined] : notes
}

function fields({ fields: list = [] }: Card): Block {
  return list.map(({ label, value }) => {
    const name = `${line(label, pieces.label)}:`
    const text = plain(value, pieces.value)
    return { html: `${bold(escapeHtml(name))} ${escapeHtml(text)}`, size: name.length + 1 + text.length, rank: 'field' }
  })
}

function footer({ footer: list = [] }: Card): Block {
  const shown = list.map((one) => plain(one, pieces.footer)).filter(Boolean)
  return shown.map((one) => written('footer', one, italic))
}
