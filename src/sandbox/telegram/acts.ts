import { createHash } from 'node:crypto'
import { characters } from './content.ts'
import { detectEntities, trimText } from './entities.ts'
import { limits } from './limits.ts'
import { findPerson } from './people.ts'
import type { PressAnswer, Presses } from './presses.ts'
import { reachesBot } from './privacy.ts'
import type { Questions } from './questions.ts'
import { Refusal } from './refusal.ts'
import { barred } from './rooms.ts'
import type { ChatRow, MessageRow, User } from './types.ts'
import type { Updates } from './updates.ts'
import type { World } from './world.ts'

/** What people do in the fake Telegram. Each throws a Refusal where the client app would not let them. */
export interface Acts {
  write(who: User, chat: ChatRow, text: string, where?: Place): MessageRow
  /** Resolves with the bot's answer, or undefined when it does not come within `ms` milliseconds. */
  press(who: User, chat: ChatRow, id: number, label: string, ms: number): Promise<PressAnswer | undefined>
  person(who: string | number): User
  chat(which: string | number): ChatRow
}

/** What a message answers (`null`: nothing, even if the bot has just asked), and the topic of the forum that it is in. */
interface Place {
  replyTo?: number | null | undefined
  topic?: number | undefined
}

interface ActsOptions {
  world: World
  updates: Updates
  questions: Questions
  presses: Presses
}

export function acts({ world, updates, questions, presses }: ActsOptions): Acts {
  return {
    write(who, chat, raw, { replyTo, topic: chosen } = {}) {
      inside(world, who, chat)
      const { text } = trimText(raw, [])
      const size = characters(text)
      if (size < 1 || size > limits.text) throw new Refusal(400, `A message has 1 to ${limits.text} characters`)
      if (typeof replyTo === 'number' && !world.message(chat.id, replyTo)) {
        throw new Refusal(404, `There is no message ${replyTo} in ${chat.title}`)
      }
      if (chosen !== undefined && !world.hasTopic(chat.id, chosen)) {
        throw new Refusal(404, `There is no topic ${chosen} in ${chat.title}`)
      }
      const topic = chosen ?? world.message(chat.id, replyTo ?? 0)?.topic
      const question = questions.take(chat, who.id, topic)?.id
      const answers = replyTo === undefined ? question : (replyTo ?? undefined)
      if (chat.type === 'private' && !chat.open) world.saveChat({ ...chat, open: true })
      const message = world.post({
        chat: chat.id,
        from: who.id,
        text,
        entities: detectEntities(text),
        ...(answers === undefined ? {} : { replyTo: answers }),
        ...(topic === undefined ? {} : { topic }),
      })
      const now = world.chat(chat.id) ?? chat
      if (reachesBot(world, now, message)) updates.add('message', chat.id, world.apiMessage(message))
      world.ground.changed()
      return message
    },

    press(who, chat, id, label, ms) {
      inside(world, who, chat)
      const message = world.message(chat.id, id)
      if (!message) throw new Refusal(409, `There is no message ${id} in ${chat.title} any more`)
      const button = message.keyboard?.flat().find(({ text }) => text === label)
      if (!button) throw new Refusal(409, `Message ${id} has no button "${label}" any more`)
      if (button.callback_data === undefined) throw new Refusal(409, `"${label}" opens a page and asks the bot nothing`)
      if (!chat.open) throw new Refusal(409, `The bot is not in ${chat.title} any more`)
      const query = presses.open(who.id)
      const answer = presses.wait(query.id, ms)
      updates.add('callback_query', chat.id, {
        id: query.id,
        from: who,
        message: world.apiMessage(message),
        chat_instance: chatInstance(chat.id),
        data: button.callback_data,
      })
      return answer
    },

    person(who) {
      const found = findPerson(who)
      if (!found) throw new Refusal(404, `There is no user "${who}" in the sandbox's Telegram`)
      return world.user(found.id)
    },

    chat(which) {
      const name = String(which).toLowerCase()
      const open = world.chats().filter(({ movedTo }) => movedTo === undefined)
      const found = open.find(({ id, title }) => String(id) === name || title.toLowerCase() === name)
      if (!found) throw new Refusal(404, `There is no chat "${which}" in the sandbox's Telegram`)
      return found
    },
  }
}

/** @throws Refusal for people who are not in the chat, or who have blocked the bot. */
function inside(world: World, who: User, chat: ChatRow) {
  if (!chat.members.includes(who.id)) throw new Refusal(409, `${who.first_name} is not in ${chat.title}`)
  if (barred(world).get(String(chat.id)) === 'blocked') {
    throw new Refusal(409, `${who.first_name} has blocked the bot and has to let it in first`)
  }
}

function chatInstance(chat: number): string {
  return createHash('sha256').update(`chat ${chat}`).digest().readBigInt64BE().toString()
}
