/** Keys of a message that hold what people read in it. */
const readable = new Set(['text', 'fallback', 'pretext', 'title', 'value'])

/**
 * Every text of a message: its own, and those in blocks and attachments, where apps that report errors put them. Each is
 * there once. Bounded, because it comes from outside.
 */
export function textsIn(message: unknown): string[] {
  const found = new Set<string>()
  collect(message, found, 0)
  return [...found]
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 12 || found.size > 500) return
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') {
      if (readable.has(key) && inner.trim() !== '') found.add(inner)
    } else collect(inner, found, depth + 1)
  }
}
