import { h } from './dom.js'

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** `14:05` of milliseconds since the epoch. */
export const clockText = (ms) => time.format(ms)
/** `Friday 21 November` of milliseconds since the epoch. */
export const dayText = (ms) => day.format(ms)
/** `21 Nov 2025, 14:05` of milliseconds since the epoch. */
export const dateText = (ms) => full.format(ms)

/** The address when it is one that a message may link to, else `undefined`. */
export function safeUrl(text) {
  try {
    const url = new URL(text)
    return ['http:', 'https:', 'mailto:', 'tel:', 'tg:'].includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** A link that cannot reach back into this page; plain text when the address is not a safe one. */
export function link(url, ...label) {
  const href = safeUrl(url)
  return href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label) : label
}

/** A square (Slack) or round (Telegram) picture of a person: initials on a colour that stays the same per name. */
export function avatar(name, kind = '') {
  let sum = 0
  for (const letter of name) sum = (sum * 13 + letter.codePointAt(0)) % 997
  const initials = name
    .split(/\s+/)
    .map((word) => [...word][0])
    .filter((letter) => /\p{L}/u.test(letter ?? ''))
  return h(
    'span',
    { class: `avatar tint-${sum % 8} ${kind}`, 'aria-hidden': 'true' },
    initials.slice(0, 2).join('').toUpperCase(),
  )
}
