import { randomBytes } from 'node:crypto'
import type { Ground } from '../ground.ts'
import { ApiError, badRequest } from './error.ts'
import { limits } from './limits.ts'
import type { MessageRow } from './types.ts'

type Document = NonNullable<MessageRow['document']>

/** Files that the bot has uploaded. Only small text files keep their content. */
export interface Files {
  /** An upload, or the id of an earlier one. @throws ApiError 400 for ids it does not know and for addresses. */
  take(document: File | string): Promise<Document>
  find(id: string): Document | undefined
  /** The text of a file; empty for what was not kept. */
  content(id: string): string
}

interface FileRow {
  document: Document
  content: string
}

export function fileStore({ journal }: Ground): Files {
  const rows = journal.table<FileRow>('telegram.files')
  return {
    async take(document) {
      if (typeof document === 'string') {
        const known = rows.get(document)
        if (!known) throw badRequest('wrong file identifier/HTTP URL specified')
        return known.document
      }
      if (document.size === 0) throw badRequest('file must be non-empty')
      if (document.size > limits.upload) throw new ApiError(413, 'Request Entity Too Large')
      const id = `BQAC${randomBytes(24).toString('base64url')}`
      const mime = document.type.split(';')[0] || 'application/octet-stream'
      const row = {
        document: { id, name: document.name, mime, size: document.size },
        content: await readText(document),
      }
      rows.set(id, row)
      return row.document
    },
    find: (id) => rows.get(id)?.document,
    content: (id) => rows.get(id)?.content ?? '',
  }
}

async function readText(file: File): Promise<string> {
  if (file.size > limits.keptFile) return ''
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return text.includes('\0') ? '' : text
  } catch {
    return ''
  }
}
