import { ApiError, badRequest, forbidden } from './error.ts'
import type { ChatRow } from './types.ts'
import type { World } from './world.ts'

/** Why the bot is shut out of a chat: the user blocked it, or the group threw it out. */
export type Bar = 'blocked' | 'kicked'

/** Who has shut the bot out, by chat id. */
export function barred(world: World) {
  return world.ground.journal.table<Bar>('telegram.barred')
}

/**
 * The chat a call names.
 * @throws ApiError 400 when there is none, or when it has become a supergroup.
 */
export function namedChat(world: World, id: number | string): ChatRow {
  if (id === '') throw badRequest('chat_id is empty')
  const chat = typeof id === 'number' ? world.chat(id) : undefined
  if (!chat) throw badRequest('chat not found')
  if (chat.movedTo) {
    const moved = { migrate_to_chat_id: chat.movedTo }
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', moved)
  }
  return chat
}

/**
 * The chat a call names, where the bot may act.
 * @throws ApiError 403 when it is blocked, kicked, has left, or was never written to.
 */
export function openChat(world: World, id: number | string): ChatRow {
  const chat = namedChat(world, id)
  const bar = barred(world).get(String(chat.id))
  if (bar === 'blocked') throw forbidden('bot was blocked by the user')
  if (bar === 'kicked') throw forbidden(`bot was kicked from the ${chat.type} chat`)
  if (chat.open) return chat
  throw forbidden(
    chat.type === 'private'
      ? "bot can't initiate conversation with a user"
      : `bot is not a member of the ${chat.type} chat`,
  )
}
