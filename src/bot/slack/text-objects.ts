import { blockLimits } from './limits.ts'
import { cut, mrkdwn, shown } from './mrkdwn.ts'
import type { ContextBlock, MrkdwnElement, PlainTextElement, SectionBlock } from './slack-types.ts'

/** Already escaped text; Slack is told not to look for links and names in it by itself. */
export const verbatim = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text: shown(text), verbatim: true })

export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: cut(shown(text), max),
})

/** A paragraph of already escaped text. */
export const section = (text: string): SectionBlock => ({ type: 'section', text: verbatim(text) })

/** A paragraph of plain text. */
export const paragraph = (text: string): SectionBlock => section(mrkdwn(text, blockLimits.section.text.max_length))

/** Small print of already escaped text. */
export const context = (text: string): ContextBlock => ({ type: 'context', elements: [verbatim(text)] })
