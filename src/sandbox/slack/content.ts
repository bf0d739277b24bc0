import { withIds } from './block-ids.ts'
import { messageBlocks } from './check-blocks.ts'
import { SlackError } from './errors.ts'
import { isJson, type Json } from './json.ts'
import { messageLimits } from './limits.ts'

/** The fields of a request that say what a message shows. */
export interface ContentArgs {
  text?: string | undefined
  markdown_text?: string | undefined
  /** A list, when the request was right. */
  blocks?: unknown
}

/**
 * What a new message shows.
 * @throws SlackError `no_text`, `markdown_text_conflict`, `invalid_blocks`, `invalid_blocks_format`.
 */
export function content({ text, markdown_text, blocks }: ContentArgs): { text: string; blocks: Json[] } {
  if (markdown_text !== undefined && (text !== undefined || blocks !== undefined)) {
    throw new SlackError('markdown_text_conflict')
  }
  const given = markdown_text === undefined ? blocks : [{ type: 'markdown', text: markdown_text }]
  const checked = given === undefined || given === null ? [] : withIds(messageBlocks(given))
  const shown = text ?? markdown_text ?? ''
  if (shown === '' && checked.length === 0) throw new SlackError('no_text')
  return { text: [...shown].slice(0, messageLimits.text).join(''), blocks: checked }
}

/**
 * The metadata of a message; an empty object stands for none.
 * @throws SlackError `invalid_metadata_format` or `metadata_too_large`.
 */
export function metadata(given: unknown): { metadata?: Json } {
  if (given === undefined || (isJson(given) && Object.keys(given).length === 0)) return {}
  if (!isJson(given) || typeof given.event_type !== 'string' || !isJson(given.event_payload)) {
    throw new SlackError('invalid_metadata_format')
  }
  if (Buffer.byteLength(JSON.stringify(given)) > messageLimits.metadata) throw new SlackError('metadata_too_large')
  return { metadata: given }
}
