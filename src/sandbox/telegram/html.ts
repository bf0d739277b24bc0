import { type Cursor, decodeHtml, endTag, fail, type OpenTag, startTag } from './html-tag.ts'
import type { Entity } from './types.ts'

/**
 * Reads Telegram's HTML (`parse_mode: HTML`) the way Telegram does.
 * @throws ApiError 400 `can't parse entities: …` with the byte offset of the offending tag.
 */
export function parseHtml(html: string): { text: string; entities: Entity[] } {
  const cursor: Cursor = { html, at: 0 }
  const open: (OpenTag & { from: number; slot: number })[] = []
  // An entity takes its slot when its tag opens, so that outer ones come first.
  const slots: (Entity | undefined)[] = []
  let text = ''
  while (cursor.at < html.length) {
    if (html.startsWith('</', cursor.at)) {
      const tag = endTag(cursor, open)
      slots[tag.slot] = entityOf(tag, tag.from, text)
    } else if (html[cursor.at] === '<') {
      open.push({ ...startTag(cursor), from: text.length, slot: slots.push(undefined) - 1 })
    } else {
      const stop = html.indexOf('<', cursor.at)
      const end = stop < 0 ? html.length : stop
      text += decodeHtml(html.slice(cursor.at, end))
      cursor.at = end
    }
  }
  const left = open.at(-1)
  if (left) throw fail(`Can't find end tag corresponding to start tag "${left.tag}"`)
  return { text, entities: slots.filter((entity) => entity !== undefined) }
}

function entityOf({ tag, type, attributes }: OpenTag, from: number, text: string): Entity | undefined {
  const place = { offset: from, length: text.length - from }
  if (place.length === 0) return undefined
  if (tag === 'a') {
    const url = linkUrl(attributes.get('href') ?? text.slice(from))
    return url ? { type, ...place, url } : undefined
  }
  if (tag === 'blockquote' && attributes.has('expandable')) return { type: 'expandable_blockquote', ...place }
  return { type, ...place }
}

/** The address of a link as Telegram keeps it; a link it cannot use is dropped without an error. */
function linkUrl(href: string): string | undefined {
  if (/^(https?|tg|ton|mailto|tel):/i.test(href)) return URL.canParse(href) ? href : undefined
  const guess = `http://${href}`
  return /^[^\s/]+\.[^\s/.]{2,}/.test(href) && URL.canParse(guess) ? new URL(guess).href : undefined
}
