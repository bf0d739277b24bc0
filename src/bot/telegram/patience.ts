import { setTimeout as pause } from 'node:timers/promises'
import { SendError } from '../surface.ts'
import type { Messages } from './messages.ts'

/**
 * Messages for a person who is waiting: a short "too many requests" is waited out once, and a group that has become a
 * supergroup is written to under its new id, as new messages. `mostMs`: the longest wait.
 */
export function patient(messages: Messages, mostMs: number): Messages {
  const insist = async <T>(call: () => Promise<T>, there: (to: string) => Promise<T>): Promise<T> => {
    try {
      return await call()
    } catch (error) {
      const problem = error instanceof SendError ? error.problem : undefined
      if (problem?.kind === 'moved') return there(problem.to)
      if (problem?.kind !== 'retry' || problem.afterMs === undefined || problem.afterMs > mostMs) throw error
      await pause(problem.afterMs)
      return call()
    }
  }
  return {
    send: (chat, message) =>
      insist(
        () => messages.send(chat, message),
        (to) => messages.send(to, { ...message, replyTo: undefined }),
      ),
    sendFile: (chat, file) =>
      insist(
        () => messages.sendFile(chat, file),
        (to) => messages.sendFile(to, file),
      ),
    edit: (chat, id, message) => insist(() => messages.edit(chat, id, message), leftBehind),
    relabel: (chat, id, markup) => insist(() => messages.relabel(chat, id, markup), leftBehind),
    remove: (chat, id) => insist(() => messages.remove(chat, id), leftBehind),
  }
}

/** The new chat counts its messages anew: the same number is another message there. */
async function leftBehind(): Promise<never> {
  throw new SendError({ kind: 'gone', words: 'The message stayed in the group that became a supergroup' })
}
