import { h } from './dom.js'
import { withEmoji } from './emoji.js'
import { userName } from './mrkdwn.js'
import { page } from './state.js'
import { dateText, link } from './text.js'

/** The elements of a `rich_text` block as nodes. */
export function richText(elements = []) {
  return elements.map((element) => {
    const inside = () => (element.elements ?? []).map(leaf)
    if (element.type === 'rich_text_quote') return h('blockquote', {}, inside())
    if (element.type === 'rich_text_preformatted') return h('pre', { class: 'code-block' }, inside())
    if (element.type === 'rich_text_list') {
      const rows = element.elements.map((row) => h('li', {}, richText([row])))
      return h(element.style === 'ordered' ? 'ol' : 'ul', {}, rows)
    }
    return h('div', { class: 'text' }, inside())
  })
}

function leaf(piece) {
  if (piece.type === 'link') return link(piece.url, piece.text ?? piece.url)
  if (piece.type === 'user') return h('span', { class: 'mention' }, `@${userName(piece.user_id)}`)
  if (piece.type === 'channel') return h('span', { class: 'mention' }, `#${channel(piece.channel_id)}`)
  if (piece.type === 'broadcast') return h('span', { class: 'mention' }, `@${piece.range}`)
  if (piece.type === 'emoji') return withEmoji(`:${piece.name}:`)
  if (piece.type === 'date') return dateText(piece.timestamp * 1000)
  return styled(piece.text ?? '', piece.style ?? {})
}

const channel = (id) => page.world.slack.channels.find((one) => one.id === id)?.name ?? id

function styled(text, style) {
  return [
    ['code', 'code'],
    ['bold', 'b'],
    ['italic', 'i'],
    ['strike', 's'],
  ].reduce((node, [name, tag]) => (style[name] ? h(tag, {}, node) : node), text)
}
