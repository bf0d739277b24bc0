const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
const longest = 120

/**
 * The title of an HTML page as one line of plain text, at most 120 characters, without anything invisible. It is still a
 * stranger's text: whoever shows it has to escape it.
 */
export function pageTitle(html: string): string | undefined {
  // Everything is bounded: a page made of "<title<title…" must not cost more than reading it.
  const raw = /<title(?:\s[^>]{0,200})?>([^<]{0,1000})/i.exec(html)?.[1]
  const line = raw
    ?.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => character(name) ?? whole)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (!line) return undefined
  const letters = [...line]
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line
}

function character(name: string): string | undefined {
  if (!name.startsWith('#')) return named[name.toLowerCase()]
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
