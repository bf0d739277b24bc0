import { setTimeout as pause } from 'node:timers/promises'
import { SendError } from '../surface.ts'
import type { Messages } from './messages.ts'

/**
 * Messages for a person who is waiting: a short "too many requests" is waited out once, and a group that has become a
 * supergroup is written to under its new id. `mostMs`: the longest wait.
 */
export function patient(messages: Messages, mostMs: number): Messages {
  const insist = async <T>(chat: string, call: (chat: string) => Promise<T>): Promise<T> => {
    try {
      return await call(chat)
    } catch (error) {
      const problem = error instanceof SendError ? error.problem : undefined
      if (problem?.kind === 'moved') return call(problem.to)
      if (problem?.kind !== 'retry' || problem.afterMs === undefined || problem.afterMs > mostMs) throw error
      await pause(problem.afterMs)
      return call(chat)
    }
  }
  return {
    send: (chat, message) => insist(chat, (to) => messages.send(to, message)),
    sendFile: (chat, file) => insist(chat, (to) => messages.sendFile(to, file)),
    edit: (chat, id, message) => insist(chat, (to) => messages.edit(to, id, message)),
    relabel: (chat, id, markup) => insist(chat, (to) => messages.relabel(to, id, markup)),
    remove: (chat, id) => insist(chat, (to) => messages.remove(to, id)),
  }
}
