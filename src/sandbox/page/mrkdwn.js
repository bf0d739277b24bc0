import { h } from './dom.js'
import { withEmoji } from './emoji.js'
import { page } from './state.js'
import { dateText, link, safeUrl } from './text.js'

const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const plain = (text) => unescaped(withEmoji(text))

/** Slack's mrkdwn as nodes for `h()`. */
export function mrkdwn(text) {
  return text
    .split(/(```[\s\S]+?```)/)
    .flatMap((part) =>
      part.startsWith('```') && part.length > 6
        ? h('pre', { class: 'code-block' }, unescaped(part.slice(3, -3).replace(/^\n/, '')))
        : lines(part),
    )
}

/** A `plain_text` or `mrkdwn` text object. */
export function textObject(object) {
  if (!object) return []
  return object.type === 'mrkdwn' ? mrkdwn(object.text ?? '') : withEmoji(object.text ?? '')
}

function lines(text) {
  const out = []
  let quote = []
  const endQuote = () => {
    if (quote.length) out.push(h('blockquote', {}, breaks(quote)))
    quote = []
  }
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line)
    if (quoted) {
      quote.push(quoted[1])
      continue
    }
    const afterQuote = quote.length > 0
    endQuote()
    if (out.length && !afterQuote) out.push(h('br'))
    out.push(...inline(line))
  }
  endQuote()
  return out
}

const breaks = (rows) => rows.flatMap((row, index) => (index ? [h('br'), ...inline(row)] : inline(row)))

const tokens = [
  { find: /`([^`\n]+)`/, make: (match) => h('code', {}, unescaped(match[1])) },
  { find: /<([^<>\s][^<>]*)>/, make: (match) => special(match[1]) },
  {
    find: /(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/u,
    make: (match) => h('b', {}, inline(match[1])),
  },
  {
    find: /(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}_])/u,
    make: (match) => h('i', {}, inline(match[1])),
  },
  {
    find: /(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}~])/u,
    make: (match) => h('s', {}, inline(match[1])),
  },
]

/** The earliest token decides; what stands before it is plain text, what stands after it is read again. */
function inline(text) {
  let first
  for (const token of tokens) {
    const match = token.find.exec(text)
    if (match && (!first || match.index < first.match.index)) first = { match, token }
  }
  if (!first) return text ? [plain(text)] : []
  const { match, token } = first
  return [plain(text.slice(0, match.index)), token.make(match), ...inline(text.slice(match.index + match[0].length))]
}

/** What stands between `<` and `>`: a person, a channel, a group, a date or a link. */
function special(inside) {
  const [head, label] = inside.split(/\|([\s\S]*)/)
  if (head.startsWith('@')) return h('span', { class: 'mention' }, `@${label ?? userName(head.slice(1))}`)
  if (head.startsWith('#')) return h('span', { class: 'mention' }, `#${label || channelName(head.slice(1))}`)
  if (head.startsWith('!date^')) return slackDate(head, label)
  if (head.startsWith('!'))
    return h('span', { class: 'mention' }, label ?? `@${head.slice(1).replace(/^subteam\^.*/, 'group')}`)
  if (!safeUrl(unescaped(head))) return unescaped(`<${inside}>`)
  return link(unescaped(head), label ? plain(label) : unescaped(head).replace(/^mailto:|^tel:/, ''))
}

function slackDate(head, label) {
  const [, seconds] = head.split('^')
  return Number(seconds) ? h('span', {}, dateText(Number(seconds) * 1000)) : (label ?? head)
}

const apps = { U0PORTDESK: 'Portdesk', USLACKBOT: 'Slackbot' }

/** The name of a Slack user, apps included. */
export function userName(id) {
  return page.world.slack.users.find((user) => user.id === id)?.name ?? apps[id] ?? id
}

function channelName(id) {
  return page.world.slack.channels.find((channel) => channel.id === id)?.name ?? id
}
