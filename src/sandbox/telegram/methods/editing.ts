import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { entitiesSchema, readText } from '../content.ts'
import { badRequest } from '../error.ts'
import { limits } from '../limits.ts'
import { markupSchema, readMarkup } from '../markup.ts'
import { chatId, integer, json, type Methods, method } from '../method.ts'
import { bot } from '../people.ts'
import type { RateLimit } from '../rate.ts'
import { openChat } from '../rooms.ts'
import type { ChatRow, InlineButton, MessageRow } from '../types.ts'
import type { World } from '../world.ts'
import { reactionEmoji } from './reaction-emoji.ts'

const target = { chat_id: chatId, message_id: integer }

const textSchema = z.looseObject({
  ...target,
  text: z.string(),
  parse_mode: z.string().optional(),
  entities: json(entitiesSchema).optional(),
  reply_markup: json(markupSchema).optional(),
})

const reactionsSchema = json(z.array(z.looseObject({ type: z.string(), emoji: z.string().optional() })))

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

/** `editMessageText`, `editMessageReplyMarkup`, `deleteMessage`, `setMessageReaction`. */
export function editingMethods({ world, rate }: { world: World; rate: RateLimit }): Methods {
  const change = (
    chat: ChatRow,
    message: MessageRow,
    text: Pick<MessageRow, 'text' | 'entities'>,
    keyboard: InlineButton[][] | undefined,
  ) => {
    const before = [message.text, message.entities, message.keyboard]
    if (isDeepStrictEqual(before, [text.text, text.entities, keyboard])) throw badRequest(notModified)
    rate.take(chat)
    const { keyboard: _old, ...kept } = message
    const edited = { ...kept, ...text, ...(keyboard ? { keyboard } : {}), editedAt: world.ground.clock.now() }
    world.saveMessage(edited)
    world.ground.changed()
    return world.apiMessage(edited)
  }

  return {
    editMessageText: method(textSchema, (params) => {
      const chat = openChat(world, params.chat_id)
      const content = readText(params)
      const { keyboard } = readMarkup(params.reply_markup)
      const message = ownMessage(world, chat, params.message_id)
      if (message.document) throw badRequest('there is no text in the message to edit')
      return change(chat, message, content, keyboard)
    }),

    editMessageReplyMarkup: method(
      z.looseObject({ ...target, reply_markup: json(markupSchema).optional() }),
      (params) => {
        const chat = openChat(world, params.chat_id)
        const { keyboard } = readMarkup(params.reply_markup)
        const message = ownMessage(world, chat, params.message_id)
        return change(chat, message, { text: message.text, entities: message.entities }, keyboard)
      },
    ),

    deleteMessage: method(z.looseObject(target), (params) => {
      const chat = openChat(world, params.chat_id)
      const message = world.message(chat.id, params.message_id)
      if (!message) throw badRequest('message to delete not found')
      const late = world.ground.clock.now() - message.at > limits.deleteMs
      const foreign = message.from !== bot.id && chat.type !== 'private'
      if (late || foreign) throw badRequest("message can't be deleted")
      world.forget(message)
      world.ground.changed()
      return true
    }),

    setMessageReaction: method(z.looseObject({ ...target, reaction: reactionsSchema.optional() }), (params) => {
      const chat = openChat(world, params.chat_id)
      const message = world.message(chat.id, params.message_id)
      if (!message) throw badRequest('message to react not found')
      const wanted = params.reaction ?? []
      if (wanted.length > 1) throw badRequest('REACTIONS_TOO_MANY')
      const [reaction] = wanted
      if (reaction && !(reaction.type === 'emoji' && reactionEmoji.has(reaction.emoji ?? ''))) {
        throw badRequest('REACTION_INVALID')
      }
      const { reaction: _old, ...kept } = message
      world.saveMessage({ ...kept, ...(reaction?.emoji ? { reaction: reaction.emoji } : {}) })
      world.ground.changed()
      return true
    }),
  }
}

/** A message that the bot may edit. @throws ApiError 400 */
function ownMessage(world: World, chat: ChatRow, id: number): MessageRow {
  const message = world.message(chat.id, id)
  if (!message) throw badRequest('message to edit not found')
  if (message.from !== bot.id) throw badRequest("message can't be edited")
  return message
}
