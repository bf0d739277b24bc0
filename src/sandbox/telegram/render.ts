import type { Entity } from './types.ts'

const tagOf = new Map([
  ['bold', 'b'],
  ['italic', 'i'],
  ['underline', 'u'],
  ['strikethrough', 's'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['spoiler', 'tg-spoiler'],
  ['blockquote', 'blockquote'],
  ['expandable_blockquote', 'blockquote'],
])

/** Text and entities as HTML that a page may show as it is: everything is escaped, links go to http(s) and tg only. */
export function renderHtml(text: string, entities: readonly Entity[]): string {
  const tags = entities
    .map((entity) => ({ from: entity.offset, to: entity.offset + entity.length, tag: tagFor(entity) }))
    .filter(({ tag }) => tag !== undefined)
    .sort((a, b) => a.from - b.from || b.to - a.to)
  const cuts = new Set([0, text.length, ...tags.flatMap(({ from, to }) => [from, to])])
  const points = [...cuts].sort((a, b) => a - b)
  let html = ''
  let open: typeof tags = []
  points.forEach((point, index) => {
    // Entities may overlap; whatever lies above one that ends here is closed and opened again.
    const lowest = open.findIndex(({ to }) => to <= point)
    if (lowest >= 0) {
      const above = open.slice(lowest)
      html += above
        .toReversed()
        .map(({ tag }) => tag?.close)
        .join('')
      const again = above.filter(({ to }) => to > point)
      html += again.map(({ tag }) => tag?.open).join('')
      open = [...open.slice(0, lowest), ...again]
    }
    for (const starting of tags.filter(({ from }) => from === point)) {
      html += starting.tag?.open
      open.push(starting)
    }
    html += escapeHtml(text.slice(point, points[index + 1] ?? point))
  })
  return html
}

function tagFor({ type, url }: Entity): { open: string; close: string } | undefined {
  if (type === 'text_link') {
    const safe = url && /^(https?|tg):/i.test(url)
    return safe ? { open: `<a href="${escapeHtml(url)}">`, close: '</a>' } : undefined
  }
  const tag = tagOf.get(type)
  return tag ? { open: `<${tag}>`, close: `</${tag}>` } : undefined
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
