/** Characters that have no shape of their own and can make a text look like another: controls, direction marks, joiners. */
const shapeless = /[\p{Cf}\p{Cc}]/gu

/** What a person is called, on one line and without tricks. */
export function plainName(name: string): string {
  return name.replace(shapeless, '').replace(/\s+/g, ' ').trim().slice(0, 64)
}

/** What a person said, with its line breaks and without tricks. */
export function plainWords(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(shapeless, ''))
    .join('\n')
    .trim()
}
