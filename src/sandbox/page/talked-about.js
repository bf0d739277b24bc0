import { page } from './state.js'

/** How many of a room's newest messages count. */
const newest = 40

/** The phone numbers that people and the bot have just written about, in any room, as digits. */
export function talkedAbout() {
  const rooms = [...page.world.slack.channels, ...page.world.telegram.chats]
  const texts = rooms.flatMap((room) => room.messages.slice(-newest).map((message) => message.text))
  const numbers = texts.join('\n').match(/\+\d[\d ()-]{6,18}\d/g) ?? []
  return new Set(numbers.map((number) => number.replace(/\D/g, '')))
}
