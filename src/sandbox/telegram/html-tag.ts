import { type ApiError, badRequest } from './error.ts'

/** A place in the markup that the readers move forward. */
export interface Cursor {
  readonly html: string
  at: number
}

/** A tag that waits for its end. */
export interface OpenTag {
  tag: string
  /** The kind of entity it becomes. */
  type: string
  attributes: Map<string, string>
}

const typeOfTag = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['a', 'text_link'],
  ['tg-spoiler', 'spoiler'],
  ['span', 'spoiler'],
  ['blockquote', 'blockquote'],
])

/** Reads `<tag …>` at the cursor. @throws ApiError as Telegram words it. */
export function startTag(cursor: Cursor): OpenTag {
  const begin = cursor.at
  cursor.at += 1
  const tag = take(cursor, /[^\s>]*/y).toLowerCase()
  if (atEnd(cursor)) throw fail(`Unclosed start tag at ${place(cursor, begin)}`)
  const type = typeOfTag.get(tag)
  if (!type) throw fail(`Unsupported start tag "${tag}" at ${place(cursor, begin)}`)
  const attributes = readAttributes(cursor, tag, begin)
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw fail(`Tag "span" must have class "tg-spoiler" at ${place(cursor, begin)}`)
  }
  return { tag, type, attributes }
}

/** Reads `</tag>` at the cursor and takes the tag that it ends off `open`. @throws ApiError as Telegram words it. */
export function endTag<T extends OpenTag>(cursor: Cursor, open: T[]): T {
  const begin = cursor.at
  const top = open.pop()
  if (!top) throw fail(`Unexpected end tag at ${place(cursor, begin)}`)
  cursor.at += 2
  const name = take(cursor, /[^\s>]*/y)
  take(cursor, /\s*/y)
  if (cursor.html[cursor.at] !== '>') throw fail(`Unclosed end tag at ${place(cursor, begin)}`)
  if (name && name !== top.tag) {
    throw fail(`Unmatched end tag at ${place(cursor, begin)}, expected "</${top.tag}>", found "</${name}>"`)
  }
  cursor.at += 1
  return top
}

export function fail(problem: string): ApiError {
  return badRequest(`can't parse entities: ${problem}`)
}

function readAttributes(cursor: Cursor, tag: string, begin: number): Map<string, string> {
  const attributes = new Map<string, string>()
  for (;;) {
    take(cursor, /\s*/y)
    if (atEnd(cursor)) throw fail(`Unclosed start tag at ${place(cursor, begin)}`)
    if (cursor.html[cursor.at] === '>') break
    const name = take(cursor, /[^\s=>/"']*/y)
    if (!name) throw fail(`Empty attribute name in the tag "${tag}" at ${place(cursor, begin)}`)
    const equals = take(cursor, /\s*=?\s*/y).includes('=')
    if (atEnd(cursor)) throw fail(`Unclosed start tag "${tag}" at ${place(cursor, begin)}`)
    attributes.set(name, equals ? readValue(cursor, begin) : '')
  }
  cursor.at += 1
  return attributes
}

function readValue(cursor: Cursor, begin: number): string {
  const { html, at } = cursor
  const quote = html[at]
  if (quote === '"' || quote === "'") {
    const end = html.indexOf(quote, at + 1)
    if (end < 0 || end + 1 >= html.length) throw fail(`Unclosed start tag at ${place(cursor, begin)}`)
    cursor.at = end + 1
    return decodeHtml(html.slice(at + 1, end))
  }
  const token = take(cursor, /[A-Za-z0-9.-]*/y)
  if (atEnd(cursor)) throw fail(`Unclosed start tag at ${place(cursor, begin)}`)
  if (!/[\s>]/.test(html.charAt(cursor.at))) throw fail(`Unexpected end of name token at ${place(cursor, at)}`)
  return token.toLowerCase()
}

/** Moves over what the sticky pattern matches. */
function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at
  const hit = pattern.exec(cursor.html)?.[0] ?? ''
  cursor.at += hit.length
  return hit
}

function atEnd({ html, at }: Cursor): boolean {
  return at >= html.length
}

function place({ html }: Cursor, position: number): string {
  return `byte offset ${Buffer.byteLength(html.slice(0, position))}`
}

const named = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])

/** Telegram knows four named entities and the numeric ones; everything else stays as it was written. */
export function decodeHtml(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#[0-9]+|[a-z]+);?/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return whole.endsWith(';') ? (named.get(name) ?? whole) : whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
    return code > 0 && code < 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
