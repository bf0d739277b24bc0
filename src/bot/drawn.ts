import { createHash } from 'node:crypto'
import type { Card } from './card.ts'
import type { Place } from './outbox.ts'
import { essence } from './press.ts'
import type { Texts } from './texts.ts'

/** What a card's message looks like, and since when; in ms of the desk's clock. */
export interface Drawn {
  looks: string
  at: number
}

/** The times on a card are never older than this, in ms. */
const freshFor = 15 * 60_000

/** What the message is known to look like; not when it is not there, or when somebody died while editing it. */
export function drawnOf({ message_id, perhaps, drawn, drawn_at }: Place): Drawn | undefined {
  if (message_id === null || perhaps || drawn === null || drawn_at === null) return undefined
  return { looks: drawn, at: drawn_at.getTime() }
}

/**
 * A short hash of what a card says, without its small print, without how long ago something was and without the number
 * of the last event in its buttons: those change with every look at the platforms.
 */
export function looksOf(draw: (texts: Texts) => Card, texts: Texts): string {
  const { footer: _, ...card } = draw({ ...texts, relative: () => '' })
  const said = JSON.stringify(card, (key, value) => (key === 'press' ? essence(value) : value))
  return createHash('sha256').update(said).digest('base64url').slice(0, 16)
}

/** Whether the message can stay as it is: it says the same, and its "as of" is not too old. Pure. */
export function showsIt(drawn: Drawn | undefined, looks: string, now: number): boolean {
  return drawn !== undefined && drawn.looks === looks && now - drawn.at < freshFor
}
