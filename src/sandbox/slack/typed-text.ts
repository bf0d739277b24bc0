import { bot } from './people.ts'

/** Mentions, channels and links that are already in Slack's own notation. */
const notation = /<(?:@[A-Z0-9]+|#[A-Z0-9]+(?:\|[^>]*)?|![^>]+|(?:https?|mailto|tel):[^>]+)>/
const url = /https?:\/\/[^\s<>]+[^\s<>.,;:!?)]/
const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/
const phone = /\+\d[\d ()/-]{6,18}\d/
const mention = new RegExp(`@${bot.name}\\b`, 'i')

const token = new RegExp([notation, url, email, phone, mention].map(({ source }) => `(${source})`).join('|'), 'gi')

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * A text as a person types it, in the notation that apps receive: `&`, `<` and `>` escaped; links, e-mail addresses and
 * international phone numbers in angle brackets; `@portdesk` as a mention.
 */
export function typedText(text: string): string {
  let result = ''
  let end = 0
  for (const found of text.matchAll(token)) {
    result += escaped(text.slice(end, found.index)) + marked(found)
    end = found.index + found[0].length
  }
  return result + escaped(text.slice(end))
}

function marked([whole, inNotation, link, address, number]: RegExpMatchArray): string {
  if (inNotation) return whole
  if (link) return `<${escaped(whole)}>`
  if (address) return `<mailto:${whole}|${whole}>`
  return number ? `<tel:${whole.replace(/[^\d+]/g, '')}|${whole}>` : `<@${bot.user}>`
}
