import { covered } from './entities.ts'
import { bot } from './people.ts'
import type { ChatRow, MessageRow } from './types.ts'
import type { World } from './world.ts'

/** Whether the bot, which runs in privacy mode, is told of a person's message. */
export function reachesBot(world: World, chat: ChatRow, message: MessageRow): boolean {
  if (!chat.open) return false
  if (chat.type === 'private') return true
  if (message.replyTo !== undefined && world.message(chat.id, message.replyTo)?.from === bot.id) return true
  return message.entities.some((entity) => {
    const words = covered(message.text, entity).toLowerCase()
    if (entity.type === 'mention') return words === `@${bot.username}`
    // A command counts only where the message starts with it, and not when it names another bot.
    if (entity.type !== 'bot_command' || entity.offset !== 0) return false
    const named = words.split('@')[1]
    return named === undefined || named === bot.username
  })
}
