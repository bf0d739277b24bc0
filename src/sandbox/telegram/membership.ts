import { bot } from './people.ts'
import { Refusal } from './refusal.ts'
import { type Bar, barred } from './rooms.ts'
import type { ChatRow } from './types.ts'
import type { Updates } from './updates.ts'
import type { World } from './world.ts'

/** What happens to the bot's place in its chats. Each throws a Refusal for what cannot happen. */
export interface Membership {
  /** Shuts the bot out, or (`null`) lets it in again. */
  bar(chat: ChatRow, kind: Bar | null): void
  /** Turns a group into a supergroup with a new id. */
  upgrade(chat: ChatRow): ChatRow
  /** Opens a topic in a supergroup, which the first one makes a forum. Answers its `message_thread_id`. */
  openTopic(chat: ChatRow, name: string): number
}

export function membership(world: World, updates: Updates): Membership {
  return {
    bar(chat, kind) {
      const wanted = chat.type === 'private' ? 'blocked' : 'kicked'
      if (kind && kind !== wanted) throw new Refusal(400, `In ${chat.title} the bot can only be ${wanted}`)
      const table = barred(world)
      const before = table.get(String(chat.id)) ? 'kicked' : chat.open || chat.type === 'private' ? 'member' : 'left'
      const after = kind ? 'kicked' : 'member'
      if (kind) table.set(String(chat.id), kind)
      else table.delete(String(chat.id))
      if (chat.type !== 'private') world.saveChat({ ...chat, open: !kind })
      const [by] = chat.members
      if (before !== after && by !== undefined) {
        updates.add('my_chat_member', chat.id, membershipChange(world, chat.id, by, before, after))
      }
      world.ground.changed()
    },

    upgrade(chat) {
      if (chat.type !== 'group') throw new Refusal(409, `${chat.title} is not a plain group`)
      const moved: ChatRow = { ...chat, id: -1_000_000_000_000 + chat.id, type: 'supergroup' }
      const tell = (id: number, service: Record<string, unknown>) => {
        const note = world.post({ chat: id, from: chat.members[0] ?? bot.id, text: '', entities: [], service })
        if (chat.open) updates.add('message', id, world.apiMessage(note))
      }
      world.saveChat(moved)
      tell(chat.id, { migrate_to_chat_id: moved.id })
      tell(moved.id, { migrate_from_chat_id: chat.id })
      world.saveChat({ ...chat, movedTo: moved.id })
      world.ground.changed()
      return moved
    },

    openTopic(chat, name) {
      if (chat.type !== 'supergroup') throw new Refusal(409, `${chat.title} is not a supergroup, so it has no topics`)
      world.saveChat({ ...chat, forum: true })
      const service = { forum_topic_created: { name, icon_color: 0x6fb9f0 } }
      const { id, ...row } = world.post({
        chat: chat.id,
        from: chat.members[0] ?? bot.id,
        text: '',
        entities: [],
        service,
      })
      const opening = { ...row, id, topic: id }
      world.saveMessage(opening)
      if (chat.open) updates.add('message', chat.id, world.apiMessage(opening))
      world.ground.changed()
      return id
    },
  }
}

/** The content of a `my_chat_member` update. */
export function membershipChange(world: World, chat: number, by: number, from: string, to: string) {
  const row = world.chat(chat)
  const user = world.user(bot.id)
  const member = (status: string) => ({ user, status, ...(status === 'kicked' ? { until_date: 0 } : {}) })
  return {
    ...(row ? { chat: world.apiChat(row) } : {}),
    from: world.user(by),
    date: Math.floor(world.ground.clock.now() / 1000),
    old_chat_member: member(from),
    new_chat_member: member(to),
  }
}
