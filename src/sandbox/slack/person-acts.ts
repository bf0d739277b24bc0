import { Refusal } from './errors.ts'
import type { Json } from './json.ts'
import { sees } from './messages.ts'
import type { Parts } from './parts.ts'
import {
  bot,
  findPerson,
  findRoom,
  handle,
  isMember,
  type Person,
  people,
  type Room,
  rooms,
  slackbot,
  team,
} from './people.ts'
import type { MessageRow, ViewRow } from './tables.ts'

/** @throws Refusal 404 with the names that would do. */
export function personBy(ref: string): Person {
  const person = findPerson(ref)
  if (person) return person
  throw new Refusal(404, `Nobody here is called "${ref}". There are ${people.map(({ name }) => name).join(', ')}.`)
}

/** A room that the person is in. @throws Refusal 404 or 403. */
export function roomBy(ref: string, person: Person): Room {
  const room = findRoom(ref, person)
  if (!room)
    throw new Refusal(404, `There is no channel "${ref}". There are ${rooms.map(({ name }) => name).join(', ')}.`)
  if (!isMember(room, person.id)) throw new Refusal(403, `${person.name} is not in ${room.name}.`)
  return room
}

/** A message that the person sees. @throws Refusal 404 or 403. */
export function messageBy({ messages }: Parts, room: Room, ts: string, person: Person): MessageRow {
  const message = messages.find(room.id, ts)
  if (!message) throw new Refusal(404, `There is no message ${ts} in ${room.name}.`)
  if (!sees(person, room, message)) throw new Refusal(403, `${person.name} cannot see that message.`)
  return message
}

/** A modal or App Home of that person. @throws Refusal 404 or 403. */
export function viewBy({ views }: Parts, id: string, person: Person): ViewRow {
  const view = views.find(id)
  if (!view) throw new Refusal(404, `There is no open view ${id}.`)
  if (view.user !== person.id) throw new Refusal(403, `${person.name} does not have that view open.`)
  const top = views.modals(person.id).at(-1)
  if (view.kind === 'modal' && top?.id !== id) throw new Refusal(409, 'Another modal lies on top of that one.')
  return view
}

/** Fields that every payload of an interaction has. */
export const interactionBase = (person: Person): Json => ({
  user: { id: person.id, username: handle(person), name: handle(person), team_id: team.id },
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
  api_app_id: bot.app,
  token: 'sandbox',
})

/** Slack itself says something to one person. */
export function slackbotSays({ messages }: Parts, person: Person, room: Room, text: string, thread_ts?: string): void {
  messages.post({
    channel: room.id,
    user: slackbot,
    bot: true,
    text,
    blocks: [],
    ephemeral_to: person.id,
    ...(thread_ts && { thread_ts }),
  })
}
