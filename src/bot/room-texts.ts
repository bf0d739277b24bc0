import type { DeskConfig } from '../config.ts'
import type { Database } from '../store/db.ts'
import { movedRooms } from '../store/moved-rooms.ts'
import type { Texts, TextsOf } from './texts.ts'

/** The texts of a room, by what the set-up says about it; it may name the room as it was called before it moved. */
export function roomTexts(options: { config: DeskConfig; textsOf: TextsOf; db: Database }) {
  const { config, textsOf, db } = options
  const chats = config.partners.flatMap(({ telegram }) => telegram)
  const movedHere = async (room: string) => {
    const moved = await movedRooms(db)
    return chats.find((each) => moved.get(String(each.chat)) === room)
  }
  return async (surface: 'slack' | 'telegram', room: string): Promise<Texts> => {
    if (surface === 'slack') return textsOf(config.slack.language, config.slack.timeZone)
    const known = chats.find((each) => String(each.chat) === room)
    const chat = known ?? (await movedHere(room))
    return textsOf(chat?.language ?? 'en', chat?.timeZone ?? 'UTC')
  }
}
