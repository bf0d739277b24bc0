import { h } from './dom.js'
import { link } from './text.js'

const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' }
const plainTags = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}

/**
 * Telegram's HTML as nodes for `h()`. Only the tags that Telegram knows become elements; anything else stays the text
 * that it is.
 */
export function telegramHtml(html) {
  const root = { children: [] }
  const open = [root]
  for (const part of html.split(/(<\/?[a-z][^<>]*>)/i)) {
    const tag = /^<(\/?)([a-z-]+)([^<>]*)>$/i.exec(part)
    const top = open.at(-1)
    if (!tag) {
      if (part) top.children.push(decode(part))
    } else if (tag[1]) close(open, tag[2].toLowerCase())
    else start(open, tag[2].toLowerCase(), tag[3], part)
  }
  while (open.length > 1) close(open, open.at(-1).tag)
  return root.children
}

function start(open, tag, attributes, raw) {
  if (tag === 'br') open.at(-1).children.push(h('br'))
  else if (known(tag)) open.push({ tag, attributes, children: [] })
  else open.at(-1).children.push(decode(raw))
}

function close(open, tag) {
  if (open.length < 2 || open.at(-1).tag !== tag) return
  const { attributes, children } = open.pop()
  open.at(-1).children.push(element(tag, attributes, children))
}

const known = (tag) => tag in plainTags || ['a', 'span', 'tg-spoiler', 'tg-emoji', 'tg-time'].includes(tag)

function element(tag, attributes, children) {
  if (tag === 'a') return link(decode(/href\s*=\s*["']([^"']*)["']/i.exec(attributes)?.[1] ?? ''), ...children)
  if (tag === 'tg-spoiler' || tag === 'span') {
    return h('span', { class: 'spoiler', onclick: (event) => event.currentTarget.classList.add('open') }, children)
  }
  return h(plainTags[tag] ?? 'span', {}, children)
}

function decode(text) {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return entities[name.toLowerCase()] ?? whole
  })
}
