import { z } from 'zod'
import { entitiesSchema, readCaption, readText } from '../content.ts'
import { badRequest } from '../error.ts'
import type { Files } from '../files.ts'
import { markupSchema, readMarkup } from '../markup.ts'
import { chatId, flag, integer, json, type Methods, method } from '../method.ts'
import { bot } from '../people.ts'
import type { Questions } from '../questions.ts'
import type { RateLimit } from '../rate.ts'
import { openChat } from '../rooms.ts'
import type { ApiMessage, ChatRow, MessageRow } from '../types.ts'
import type { World } from '../world.ts'

const commonSchema = z.looseObject({
  chat_id: chatId,
  parse_mode: z.string().optional(),
  message_thread_id: integer.optional(),
  reply_parameters: json(
    z.looseObject({ message_id: integer, allow_sending_without_reply: flag.optional() }),
  ).optional(),
  reply_markup: json(markupSchema).optional(),
  /** Would change who sees the message: refused rather than ignored. */
  ephemeral_message_parameters: z.undefined().optional(),
  business_connection_id: z.undefined().optional(),
})

const messageSchema = commonSchema.extend({ text: z.string(), entities: json(entitiesSchema).optional() })

const documentSchema = commonSchema.extend({
  document: z.union([z.string(), z.instanceof(File)]),
  caption: z.string().default(''),
  caption_entities: json(entitiesSchema).optional(),
})

type Common = z.output<typeof commonSchema>

interface SendingOptions {
  world: World
  rate: RateLimit
  questions: Questions
  files: Files
}

/** `sendMessage`, `sendDocument`. */
export function sendingMethods({ world, rate, questions, files }: SendingOptions): Methods {
  const send = (chat: ChatRow, params: Common, content: Pick<MessageRow, 'text' | 'entities' | 'document'>) => {
    const { keyboard, forceReply } = readMarkup(params.reply_markup)
    const { message_thread_id: thread } = params
    if (thread && !world.hasTopic(chat.id, thread)) throw badRequest('message thread not found')
    const replyTo = repliedTo(world, chat, params.reply_parameters)
    const topic = thread || world.message(chat.id, replyTo ?? 0)?.topic
    rate.take(chat)
    const message = world.post({
      chat: chat.id,
      from: bot.id,
      ...content,
      ...(keyboard ? { keyboard } : {}),
      ...(forceReply ? { forceReply: true } : {}),
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(topic === undefined ? {} : { topic }),
    })
    if (forceReply) questions.ask(chat, message, forceReply.selective)
    world.ground.changed()
    return world.apiMessage(message)
  }

  return {
    sendMessage: method(messageSchema, (params): ApiMessage => {
      const chat = openChat(world, params.chat_id)
      return send(chat, params, readText(params))
    }),

    sendDocument: method(documentSchema, async ({ document, caption, caption_entities, ...params }) => {
      const chat = openChat(world, params.chat_id)
      const content = readCaption({ text: caption, parse_mode: params.parse_mode, entities: caption_entities })
      return send(chat, params, { ...content, document: await files.take(document) })
    }),
  }
}

function repliedTo(world: World, chat: ChatRow, reply: Common['reply_parameters']): number | undefined {
  if (!reply) return undefined
  if (world.message(chat.id, reply.message_id)) return reply.message_id
  if (reply.allow_sending_without_reply) return undefined
  throw badRequest('message to be replied not found')
}
