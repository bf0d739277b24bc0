import { z } from 'zod'
import { detectEntities, trimText } from './entities.ts'
import { badRequest } from './error.ts'
import { parseHtml } from './html.ts'
import { limits } from './limits.ts'
import type { Entity } from './types.ts'

export const entitiesSchema = z.array(
  z
    .object({
      type: z.enum([
        'mention',
        'bot_command',
        'url',
        'email',
        'bold',
        'italic',
        'underline',
        'strikethrough',
        'spoiler',
        'blockquote',
        'expandable_blockquote',
        'code',
        'pre',
        'text_link',
      ]),
      offset: z.number().int().nonnegative(),
      length: z.number().int().positive(),
      url: z.string().optional(),
      language: z.string().optional(),
    })
    .transform(
      ({ url, language, ...entity }): Entity => ({
        ...entity,
        ...(url === undefined ? {} : { url }),
        ...(language === undefined ? {} : { language }),
      }),
    ),
)

interface Raw {
  text: string
  parse_mode?: string | undefined
  entities?: Entity[] | undefined
}

interface Content {
  text: string
  entities: Entity[]
}

/** The text of a message. @throws ApiError 400 for markup that Telegram refuses, and when it is empty or too long. */
export function readText(raw: Raw): Content {
  const content = read(raw)
  if (content.text === '') throw badRequest('message text is empty')
  if (characters(content.text) > limits.text) throw badRequest('message is too long')
  return content
}

/** The caption of a file. @throws ApiError 400 for markup that Telegram refuses, and when it is too long. */
export function readCaption(raw: Raw): Content {
  const content = read(raw)
  if (characters(content.text) > limits.caption) throw badRequest('message caption is too long')
  return content
}

/** Markup parsed, white space trimmed, commands and addresses marked. `MarkdownV2` and `Markdown` are not here. */
function read({ text, parse_mode, entities = [] }: Raw): Content {
  const mode = parse_mode?.toLowerCase() ?? ''
  if (mode !== '' && mode !== 'html') throw badRequest('unsupported parse_mode')
  const parsed = mode === 'html' ? parseHtml(text) : { text, entities }
  const trimmed = trimText(parsed.text, parsed.entities)
  return { text: trimmed.text, entities: detectEntities(trimmed.text, trimmed.entities) }
}

/** Length as Telegram counts it: Unicode characters, not UTF-16 units. */
export function characters(text: string): number {
  return [...text].length
}
