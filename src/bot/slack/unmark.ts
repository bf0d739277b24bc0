const token = /<([@#!])?([^<>|\s]+)(?:\|([^<>\n]*))?>/g
const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** What a person typed, as plain text: Slack's notation of links, phone numbers, mentions and `&` undone. */
export function unmark(text: string, nameOf: (user: string) => string | undefined = () => undefined): string {
  return text
    .replace(token, (_, sign: string | undefined, target: string, label: string | undefined) => {
      if (sign === '@') return `@${label || nameOf(target) || target}`
      if (sign === '#') return `#${label || target}`
      if (sign === '!') return label || `@${target.split('^')[0]}`
      return link(target, label)
    })
    .replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
    .trim()
}

/** The address of a link is kept where its label hides it. */
function link(target: string, label: string | undefined): string {
  const address = target.replace(/^(?:tel|mailto):/, '')
  if (!label) return address
  return address === target && !address.includes(label) ? `${label} (${address})` : label
}
