import type { Actor } from '../cases/actor.ts'
import type { DeskConfig } from '../config.ts'
import { plainName } from './plain-words.ts'

/** Finds out who somebody is. Rights come from here alone. */
export interface People {
  slack(user: string, channel: string): Actor | undefined
  /** A Telegram chat belongs to one partner; who writes in it speaks for that partner. */
  telegram(user: { id: number; name: string; language?: string }, chat: string): Actor | undefined
}

export function peopleOf(config: DeskConfig): People {
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
    telegram(user, chat) {
      const known = chats.get(chat)
      if (!known) return undefined
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
        language: room.language,
        timeZone: room.timeZone,
      }
    },
  }
}
