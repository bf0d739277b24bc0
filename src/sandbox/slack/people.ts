/** The one workspace of the sandbox. */
export const team = { id: 'T0SANDBOX', name: 'Sandbox', domain: 'sandbox' } as const

/** The app under test. */
export const bot = { user: 'U0PORTDESK', id: 'B0PORTDESK', app: 'A0PORTDESK', name: 'portdesk' } as const

/** Who speaks when Slack itself tells a person something. */
export const slackbot = 'USLACKBOT'

export interface Person {
  id: string
  name: string
  title: string
}

export const people: readonly Person[] = [
  { id: 'U0ANA', name: 'Ana', title: 'Support' },
  { id: 'U0BEN', name: 'Ben', title: 'Support' },
  { id: 'U0CLEO', name: 'Cleo', title: 'Support lead' },
  { id: 'U0DAN', name: 'Dan', title: 'Workspace admin' },
  { id: 'U0EVE', name: 'Eve', title: 'Works here, not on the desk' },
]

export interface Room {
  id: string
  name: string
  /** The bot is a member. */
  bot: boolean
  /** A direct message: the one person who talks with the bot there. Without it, a public channel that everyone is in. */
  dm?: string
}

const channels: readonly Room[] = [
  { id: 'C0CASES', name: 'cases', bot: true },
  { id: 'C0ALERTS', name: 'alerts', bot: true },
  { id: 'C0LOUNGE', name: 'lounge', bot: false },
]

const directMessages: readonly Room[] = people.map(({ id, name }) => ({
  id: `D${id.slice(1)}`,
  name: `@${name.toLowerCase()}`,
  bot: true,
  dm: id,
}))

/** Public channels first, then each person's direct messages with the bot. */
export const rooms: readonly Room[] = [...channels, ...directMessages]

/** The handle that payloads carry next to the id. */
export const handle = (person: Person) => person.name.toLowerCase()

/** A person by id, or by name without case. */
export function findPerson(ref: string): Person | undefined {
  const wanted = ref.replace(/^@/, '').toLowerCase()
  return people.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted)
}

/** The direct messages of that user id with the bot. */
export const directMessageOf = (user: string) => rooms.find((room) => room.dm === user)

/** A room by exact id, as the Web API wants it. */
export const roomById = (id: string) => rooms.find((room) => room.id === id)

/** A room by id or name without case; for that person `portdesk` means the direct messages with the bot. */
export function findRoom(ref: string, person?: Person): Room | undefined {
  const wanted = ref.replace(/^#/, '').toLowerCase()
  if (person && wanted.replace(/^@/, '') === bot.name) return directMessageOf(person.id)
  return rooms.find(({ id, name }) => id.toLowerCase() === wanted || name === wanted)
}

/** Whether that user is in the room; `bot` counts as one. */
export const isMember = (room: Room, user: string) =>
  user === bot.user ? room.bot : room.dm === undefined || room.dm === user
