import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTexts } from '../src/bot/texts.ts'
import { flowsDocument } from '../src/flows-document.ts'

test('docs/flows.md says what the flows do; write it anew with `npm run -s portdesk -- flows > docs/flows.md`', async () => {
  const written = readFileSync(new URL('../docs/flows.md', import.meta.url), 'utf8')
  expect(written).toBe(await flowsDocument(openTexts(new URL('../locales/', import.meta.url))))
})
