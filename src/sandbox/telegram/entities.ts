import type { Entity } from './types.ts'

const detectors: [type: string, pattern: RegExp][] = [
  ['bot_command', /(?<![\w/<>@])\/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z][a-zA-Z0-9_]{2,31})?(?![\w/])/g],
  ['mention', /(?<![\w@/])@[a-zA-Z][a-zA-Z0-9_]{3,31}(?!\w)/g],
  ['email', /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['url', /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g],
]

/** Finds what Telegram marks by itself: commands, mentions, addresses. Never inside code or another find. */
export function detectEntities(text: string, marked: readonly Entity[] = []): Entity[] {
  const closed = marked.filter(({ type }) => type === 'code' || type === 'pre' || type === 'text_link')
  const found: Entity[] = []
  for (const [type, pattern] of detectors) {
    for (const hit of text.matchAll(pattern)) {
      const entity = { type, offset: hit.index, length: hit[0].length }
      if (![...closed, ...found].some((other) => overlap(other, entity))) found.push(entity)
    }
  }
  return [...marked, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length)
}

/** Takes white space off both ends, as Telegram does, and moves the entities along. */
export function trimText(text: string, entities: readonly Entity[]): { text: string; entities: Entity[] } {
  const start = text.length - text.trimStart().length
  const trimmed = text.trim()
  const kept = entities.flatMap((entity) => {
    const from = Math.max(0, entity.offset - start)
    const to = Math.min(trimmed.length, entity.offset + entity.length - start)
    return to > from ? [{ ...entity, offset: from, length: to - from }] : []
  })
  return { text: trimmed, entities: kept }
}

/** The text an entity covers. */
export function covered(text: string, { offset, length }: Entity): string {
  return text.slice(offset, offset + length)
}

function overlap(a: Entity, b: Entity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
