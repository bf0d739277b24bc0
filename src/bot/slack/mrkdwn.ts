/** The text in at most `max` code points; what is cut away leaves an ellipsis. */
export function cut(text: string, max: number): string {
  const points = [...text]
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A plain text for mrkdwn, at most `max` code points long once `&`, `<` and `>` are escaped. No entity is ever cut in two. */
export function mrkdwn(text: string, max: number): string {
  const pieces = [...text].map((point) => entities[point] ?? point)
  const length = (piece: string | undefined) => (piece && piece.length > 2 ? piece.length : 1)
  let total = 0
  for (const piece of pieces) total += length(piece)
  if (total <= max) return pieces.join('')
  while (total > max - 1) total -= length(pieces.pop())
  return `${pieces.join('').trimEnd()}…`
}

/** The text on one line. */
export const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Slack refuses empty texts. */
export const shown = (text: string) => (text.trim() === '' ? '–' : text)
