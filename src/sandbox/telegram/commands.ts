import { z } from 'zod'
import type { Journal } from '../journal.ts'
import { integer } from './method.ts'
import type { ChatRow } from './types.ts'

interface Command {
  command: string
  description: string
}

export const scopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('default') }),
  z.object({ type: z.literal('all_private_chats') }),
  z.object({ type: z.literal('all_group_chats') }),
  z.object({ type: z.literal('all_chat_administrators') }),
  z.object({ type: z.literal('chat'), chat_id: integer }),
  z.object({ type: z.literal('chat_administrators'), chat_id: integer }),
  z.object({ type: z.literal('chat_member'), chat_id: integer, user_id: integer }),
])

/** For whom a list of commands is meant. */
export type Scope = z.output<typeof scopeSchema>

export interface CommandLists {
  set(scope: Scope, language: string, commands: Command[]): void
  get(scope: Scope, language: string): Command[]
  /** The list a person sees in a chat: the narrowest scope that has one, in their language before any. */
  shown(chat: ChatRow, user: number, language: string): Command[]
}

export function commandLists(journal: Journal): CommandLists {
  const table = journal.table<Command[]>('telegram.commands')
  const key = (scope: Scope, language: string) => [...Object.values(scope), language].join('/')
  const get = (scope: Scope, language: string) => table.get(key(scope, language)) ?? []
  return {
    set(scope, language, commands) {
      if (commands.length > 0) table.set(key(scope, language), commands)
      else table.delete(key(scope, language))
    },
    get,
    shown(chat, user, language) {
      const own = { type: 'chat', chat_id: chat.id } as const
      const scopes: Scope[] =
        chat.type === 'private'
          ? [own, { type: 'all_private_chats' }]
          : [{ type: 'chat_member', chat_id: chat.id, user_id: user }, own, { type: 'all_group_chats' }]
      return (
        [...scopes, { type: 'default' } as const]
          .flatMap((scope) => [get(scope, language.slice(0, 2)), get(scope, '')])
          .find((list) => list.length > 0) ?? []
      )
    },
  }
}
