import { openTexts } from '../bot/texts.ts'
import { flowsDocument } from '../flows-document.ts'

/** `portdesk flows`: prints what `docs/flows.md` has to say. */
export async function flows(): Promise<void> {
  process.stdout.write(await flowsDocument(openTexts(new URL('../../locales/', import.meta.url))))
}
