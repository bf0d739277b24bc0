import { fold } from './fold.ts'

/** What people write in several ways, as one word. */
const spellings: readonly [RegExp, string][] = [
  [/\\u00a0|\\[nrt]|\\+["']|&quot;|&nbsp;/g, ' '],
  [/\\u201[89cd]|[“”„‘’´`]/g, "'"],
  [/&amp;/g, '&'],
  [/\b(?:two|2)[\s-]*(?:step|factor|faktor)s?\b|\b2fa\b/g, '2fa'],
  [/\b(?:six|6)[\s-]*digits?\b/g, '6digit'],
  [/\be-mails?\b/g, 'email'],
  [/\bgr[ae]y(?:ed)?(?:[\s-]*out)?\b/g, 'greyed'],
  [/\bwhats\s?app business accounts?\b|\bwabas\b/g, 'waba'],
  [/\bport(?:ed|ing)?[\s-]out\b/g, 'ported'],
  [/\bre-/g, 're'],
  [/\bon[\s-]behalf[\s-]of\b/g, 'on behalf'],
  [/\bcan(?:\s?not|'?t)\b/g, 'cannot'],
  [/\b(\p{L}+)n't\b/gu, '$1 not'],
  [/\b(?:an|one|1) hour\b/g, '1h'],
  [/\b(\d+)\s*(?:h|hrs?|hours?)\b/g, '$1h'],
]

/** One word of a text: as it stands, and its parts when it is a name such as `rejected_reason`. */
export interface Word {
  readonly forms: readonly string[]
}

/** The words of a text, folded, with spellings made one. */
export function wordsOf(text: string): Word[] {
  const plain = spellings.reduce((left, [pattern, instead]) => left.replace(pattern, instead), fold(text))
  return Array.from(plain.matchAll(/[\p{L}\p{N}_]+/gu), ([word]) => ({ forms: formsOf(word) }))
}

function formsOf(word: string): string[] {
  if (!word.includes('_')) return [singular(word)]
  return [word, ...word.split('_').filter(Boolean).map(singular)]
}

const singular = (word: string) => (/[^sui]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word)

/** The text as its words, to compare whole texts by. */
export const wordsAsText = (words: readonly Word[]): string => words.map(({ forms }) => forms[0]).join(' ')
