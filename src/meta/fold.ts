const withoutMarks: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe' }

/** A text as people compare it: without case, accents and doubled spaces. `São  Paulo` and `sao paulo` are the same. */
export function fold(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[ßøłđıæœ]/g, (letter) => withoutMarks[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
}
