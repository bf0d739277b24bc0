import type { TelegramMessage, TelegramState } from '../state.ts'
import type { CommandLists } from './commands.ts'
import type { Files } from './files.ts'
import { bot, people } from './people.ts'
import type { Presses } from './presses.ts'
import { renderHtml } from './render.ts'
import type { ChatRow, MessageRow } from './types.ts'
import type { World } from './world.ts'

interface PictureOptions {
  world: World
  commands: CommandLists
  presses: Presses
  files: Files
}

/** The visible Telegram, for the page and for tests. They look at all of it at each change, so a message is drawn once. */
export function picture({ world, commands, presses, files }: PictureOptions): () => TelegramState {
  /** A changed message is another row. */
  const drawn = new WeakMap<MessageRow, TelegramMessage>()
  const shown = (row: MessageRow): TelegramMessage => {
    const message = drawn.get(row) ?? draw(row, files)
    drawn.set(row, message)
    return message
  }
  const menu = (chat: ChatRow) => {
    const [reader = 0] = chat.members
    return commands.shown(chat, reader, world.user(reader).language_code ?? 'en')
  }
  return () => {
    const byChat = Map.groupBy(world.messages.values(), ({ chat }) => chat)
    const chats = world.chats().filter(({ movedTo }) => movedTo === undefined)
    return {
      users: people.map(({ id, first_name }) => ({ id, name: first_name })),
      chats: chats.map((chat) => ({
        id: chat.id,
        type: chat.type,
        title: chat.title,
        members: chat.members,
        messages: (byChat.get(chat.id) ?? []).filter(({ service }) => !service).map(shown),
        commands: menu(chat),
      })),
      toasts: presses.toasts(),
    }
  }
}

function draw(row: MessageRow, files: Files): TelegramMessage {
  return {
    message_id: row.id,
    from: row.from,
    bot: row.from === bot.id,
    date: new Date(row.at).toISOString(),
    text: row.text,
    html: renderHtml(row.text, row.entities),
    ...(row.keyboard ? { keyboard: row.keyboard.map((buttons) => buttons.map(shownButton)) } : {}),
    ...(row.forceReply ? { force_reply: true } : {}),
    ...(row.replyTo === undefined ? {} : { reply_to: row.replyTo }),
    ...(row.topic === undefined ? {} : { topic: row.topic }),
    ...(row.editedAt === undefined ? {} : { edited: new Date(row.editedAt).toISOString() }),
    ...(row.document ? { document: { name: row.document.name, content: files.content(row.document.id) } } : {}),
  }
}

function shownButton({ text, callback_data, url }: NonNullable<MessageRow['keyboard']>[number][number]) {
  return {
    text,
    ...(callback_data === undefined ? {} : { callback_data }),
    ...(url === undefined ? {} : { url }),
  }
}
