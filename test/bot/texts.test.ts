import { readdirSync, readFileSync } from 'node:fs'
import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openTexts } from '../../src/bot/texts.ts'

const folder = new URL('../../locales/', import.meta.url)

describe.each(readdirSync(folder))('the texts in %s', async (language) => {
  const files = readdirSync(new URL(`${language}/`, folder))
  const translation = Object.fromEntries(
    files.map((name) => [name.slice(0, -5), parse(readFileSync(new URL(`${language}/${name}`, folder), 'utf8'))]),
  )
  const plain = createInstance()
  await plain.init({ lng: language, resources: { [language]: { translation } }, interpolation: { escapeValue: false } })
  const texts = openTexts(folder)(language, 'UTC')
  const all = flat(translation)

  it('read as i18next reads them, with values and without', () => {
    for (const [key, text] of all) {
      const names = [...text.matchAll(/\{\{\s*([\w-]+)/g)].map(([, name = '']) => name)
      // What somebody wrote may look like a template.
      const params = Object.fromEntries(
        names.map((name, n) => [name, name === 'count' ? 2 : n % 2 ? `{{${name}}}` : n]),
      )
      expect(texts.t(key), key).toBe(plain.t(key))
      expect(texts.t(key, params), key).toBe(plain.t(key, params))
    }
  })

  it('take the first of several keys that there is, and the last one for all that are missing', () => {
    const [[key = ''] = []] = all
    expect(texts.t(['no.such', key, 'no.other'], { name: 'x' })).toBe(plain.t(key, { name: 'x' }))
    expect(texts.t(['no.such', 'no.other'], { name: 'x' })).toBe('no.other')
  })
})

/** Every text by its key. */
function flat(value: unknown, path: string[] = []): [string, string][] {
  if (typeof value === 'string') return [[path.join('.'), value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => flat(inner, [...path, name]))
}
