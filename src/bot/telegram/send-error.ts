import { GrammyError, HttpError } from 'grammy'
import { SendError, type SendProblem } from '../surface.ts'

/** Waits for a call to Telegram. @throws SendError when Telegram refuses it or cannot be reached. */
export async function calling<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw sendErrorOf(error) ?? error
  }
}

/** What a failed call to Telegram means; `undefined` for errors that are not about Telegram. */
export function sendErrorOf(error: unknown): SendError | undefined {
  if (error instanceof SendError) return error
  if (error instanceof GrammyError) return new SendError(problemOf(error), { cause: new Error(error.message) })
  if (!(error instanceof HttpError)) return undefined
  // The inner error names the address that was called, and the token is part of it.
  const inner = error.error instanceof Error ? error.error.message : ''
  const cause = new Error(`${error.message} ${inner.replace(/\/bot[^/\s]+/g, '/bot***')}`.trim())
  return new SendError({ kind: 'retry', words: 'Telegram could not be reached', unsure: true }, { cause })
}

function problemOf({ error_code: code, description, parameters }: GrammyError): SendProblem {
  const words = `Telegram says: ${description}`
  if (parameters.migrate_to_chat_id !== undefined) {
    const to = String(parameters.migrate_to_chat_id)
    return { kind: 'moved', words: `The group became a supergroup and has the id ${to} now`, to }
  }
  if (code === 429) return { kind: 'retry', words, afterMs: (parameters.retry_after ?? 1) * 1000 }
  if (code === 403) return { kind: 'broken', words: `The bot may not write in this chat. ${words}` }
  if (code === 401 || code === 404) {
    return { kind: 'retry', words: 'Telegram does not accept the bot token: check TELEGRAM_BOT_TOKEN', afterMs: 60_000 }
  }
  if (code >= 500) return { kind: 'retry', words, unsure: true }
  if (code !== 400) return { kind: 'retry', words }
  if (goneWords.test(description)) return { kind: 'gone', words }
  if (brokenWords.test(description)) return { kind: 'broken', words: `This chat cannot be written to. ${words}` }
  // A message that Telegram does not take is no fault of the room: other messages still get through.
  return { kind: 'retry', words: `Telegram refused the message. ${words}` }
}

const goneWords = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID|no text in the message to edit/i
const brokenWords =
  /chat not found|PEER_ID_INVALID|was deactivated|have no rights|not enough rights|CHAT_WRITE_FORBIDDEN|TOPIC_CLOSED|CHAT_RESTRICTED|thread not found/i

/** Telegram's answer to an edit that changes nothing. */
export function isUnchanged(error: unknown): boolean {
  return error instanceof GrammyError && error.description.includes('message is not modified')
}
