import type { Actor } from '../cases/actor.ts'
import type { DeskConfig } from '../config.ts'
import type { Chats } from './chats.ts'
import { plainName } from './plain-words.ts'

/** Finds out who somebody is. Rights come from here alone. */
export interface People {
  slack(user: string, channel: string): Actor | undefined
  /** A Telegram chat belongs to one partner with all its topics; who writes in it speaks for that partner. */
  telegram(
    user: { id: number; name: string; language?: string },
    chat: string,
    topic?: number,
  ): Promise<Actor | undefined>
}

/** `home`: by which id the set-up knows a Telegram chat; without it, by its own. */
export function peopleOf(config: DeskConfig, home: Chats['home'] = async (chat) => chat): People {
  const staff = new Map(config.people.map((person) => [person.slack, person]))
  const chats = new Map(
    config.partners.flatMap((partner) => partner.telegram.map((room) => [String(room.chat), { partner, room }])),
  )
  return {
    slack(user, channel) {
      const person = staff.get(user)
      if (!person) return undefined
      const { name, role, language, timeZone } = person
      return { surface: 'slack', id: `slack:${user}`, name, role, room: channel, language, timeZone }
    },
    async telegram(user, chat, topic) {
      const id = await home(chat)
      const known = chats.get(id ?? '')
      if (id === undefined || !known) return undefined
      const { partner, room } = known
      if (room.members && !room.members.includes(user.id)) return undefined
      return {
        surface: 'telegram',
        id: `telegram:${user.id}`,
        name: plainName(user.name),
        role: 'partner',
        partner: partner.id,
        partnerName: partner.name,
        room: chat,
        ...(id !== chat && { home: id }),
        ...(topic !== undefined && { topic }),
        language: room.language,
        timeZone: room.timeZone,
      }
    },
  }
}
