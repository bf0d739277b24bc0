/** Plain text as it may stand in Telegram's HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** Text that Telegram takes: well-formed, without control characters except line breaks, cut to `max` UTF-16 units. */
export function plain(text: string, max: number): string {
  const clean = text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim()
  return clean.length > max ? `${wholeCharacters(clean, max - 1).trimEnd()}…` : clean
}

/** The same on one line. */
export function line(text: string, max: number): string {
  return plain(text.replace(/\s+/g, ' '), max)
}

/** The first `max` UTF-16 units without half a character at the end. */
function wholeCharacters(text: string, max: number): string {
  const last = text.charCodeAt(max - 1)
  const half = last >= 0xd800 && last < 0xdc00
  return text.slice(0, half ? max - 1 : max)
}
