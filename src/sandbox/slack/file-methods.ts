import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Ground } from '../ground.ts'
import { json, type Method, method, needed, optional } from './arguments.ts'
import { knownRoom } from './chat-methods.ts'
import { SlackError } from './errors.ts'
import { filePayload } from './message-payload.ts'
import type { Messages } from './messages.ts'
import { bot } from './people.ts'
import type { Tables } from './tables.ts'

const chosen = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)

/** The two calls around an upload: ask for an address, then share what was sent there. */
export function fileMethods(ground: Ground, { files }: Tables, messages: Messages): Record<string, Method> {
  return {
    'files.getUploadURLExternal': method(
      't4',
      z.object({ filename: needed, length: z.coerce.number().int().positive() }),
      ({ filename }) => {
        const id = `F0${randomBytes(5).toString('hex').toUpperCase()}`
        files.set(id, { id, name: filename })
        return { upload_url: `${ground.ownUrl}/slack/upload/${id}`, file_id: id }
      },
    ),
    'files.completeUploadExternal': method(
      't4',
      z.object({
        files: json.refine((value) => value !== undefined, 'missing required field: files'),
        channel_id: optional,
        initial_comment: optional,
        thread_ts: optional,
      }),
      ({ files: given, channel_id, initial_comment = '', thread_ts }) => {
        const list = chosen.safeParse(given)
        if (!list.success) throw new SlackError('invalid_arguments', ['[ERROR] files'])
        const rows = list.data.map(({ id, title }) => {
          const row = files.get(id)
          if (row?.content === undefined) throw new SlackError('file_not_found')
          return { row, title: title ?? row.name, content: row.content }
        })
        if (channel_id) {
          const room = knownRoom(channel_id)
          if (!room.bot) throw new SlackError('not_in_channel')
          messages.post({
            channel: room.id,
            user: bot.user,
            bot: true,
            text: initial_comment,
            blocks: [],
            files: rows.map(({ row, content }) => ({ name: row.name, content })),
            ...(thread_ts && { thread_ts: messages.rootOf(room.id, thread_ts) }),
          })
        }
        return { files: rows.map(({ row, title }) => filePayload(row, title)) }
      },
    ),
  }
}

/** Takes the bytes of an upload, as text. Answers whether that address exists. */
export function receiveFile({ files }: Tables, id: string, content: string): boolean {
  const row = files.get(id)
  if (!row) return false
  files.set(id, { ...row, content })
  return true
}
