import { z } from 'zod'
import { badRequest } from '../error.ts'
import type { Files } from '../files.ts'
import { membershipChange } from '../membership.ts'
import { chatId, integer, type Methods, method } from '../method.ts'
import { bot } from '../people.ts'
import { namedChat, openChat } from '../rooms.ts'
import type { Updates } from '../updates.ts'
import type { World } from '../world.ts'

const actions = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]

interface ChatsOptions {
  world: World
  updates: Updates
  files: Files
}

/** `getChat`, `getChatMember`, `sendChatAction`, `leaveChat`, `getFile`. */
export function chatMethods({ world, updates, files }: ChatsOptions): Methods {
  const only = z.looseObject({ chat_id: chatId })
  return {
    getChat: method(only, ({ chat_id }) => {
      const chat = namedChat(world, chat_id)
      if (!chat.open && chat.type === 'private') throw badRequest('chat not found')
      return { ...world.apiChat(openChat(world, chat_id)), accent_color_id: 0, max_reaction_count: 11 }
    }),

    getChatMember: method(only.extend({ user_id: integer }), ({ chat_id, user_id }) => {
      const chat = openChat(world, chat_id)
      if (user_id === bot.id) return { user: world.user(bot.id), status: 'member' }
      if (!world.chats().some(({ members }) => members.includes(user_id))) throw badRequest('user not found')
      return { user: world.user(user_id), status: chat.members.includes(user_id) ? 'member' : 'left' }
    }),

    sendChatAction: method(only.extend({ action: z.string() }), ({ chat_id, action }) => {
      openChat(world, chat_id)
      if (!actions.includes(action)) throw badRequest('wrong parameter action in request')
      return true
    }),

    leaveChat: method(only, ({ chat_id }) => {
      const chat = openChat(world, chat_id)
      if (chat.type === 'private') throw badRequest("chat member status can't be changed in private chats")
      world.saveChat({ ...chat, open: false })
      updates.add('my_chat_member', chat.id, membershipChange(world, chat.id, bot.id, 'member', 'left'))
      world.ground.changed()
      return true
    }),

    getFile: method(z.looseObject({ file_id: z.string() }), ({ file_id }) => {
      const file = files.find(file_id)
      if (!file) throw badRequest('invalid file_id')
      return {
        file_id,
        file_unique_id: file_id.slice(-12),
        file_size: file.size,
        file_path: `documents/${file_id}`,
      }
    }),
  }
}
