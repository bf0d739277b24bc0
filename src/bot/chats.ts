import type { Logger } from 'pino'
import type { DeskConfig } from '../config.ts'
import type { Database } from '../store/db.ts'
import { formerRooms, moveRoom } from '../store/moved-rooms.ts'
import type { Clock } from '../time.ts'

/** The Telegram chats of the set-up, under whatever id they have by now. */
export interface Chats {
  /** The id by which the set-up knows a chat; `undefined` when it does not. */
  home(chat: string): Promise<string | undefined>
  /** Telegram itself says that a group has another id now. Only a chat of the set-up is followed. */
  follow(from: string, to: string): Promise<void>
}

export interface ChatsOptions {
  config: Pick<DeskConfig, 'partners' | 'notices'>
  db: Database
  clock: Clock
  log: Logger
}

/** A group that becomes a supergroup stays who it is; what the set-up itself says about an id comes first. */
export function openChats({ config, db, clock, log }: ChatsOptions): Chats {
  const ofPartners = config.partners.flatMap(({ telegram }) => telegram.map(({ chat }) => chat))
  const ofReceivers = Object.values(config.notices?.receivers ?? {}).flatMap(({ telegram }) => telegram ?? [])
  const known = new Set([...ofPartners, ...ofReceivers].map(String))

  const home = async (chat: string) =>
    known.has(chat) ? chat : (await formerRooms(db, chat)).find((former) => known.has(former))

  return {
    home,
    async follow(from, to) {
      if ((await home(from)) === undefined) return
      await moveRoom(db, { surface: 'telegram', from, to }, clock.now())
      log.info({ chat: from, to }, 'A group became a supergroup and has another id now: the desk follows it')
    },
  }
}
