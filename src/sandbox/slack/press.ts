import { z } from 'zod'
import { elementsIn, type Placed } from './block-ids.ts'
import { Refusal } from './errors.ts'
import { currentValues, entry, holdsValue, option, withEntry } from './form-values.ts'
import { type Json, objects } from './json.ts'
import { messagePayload } from './message-payload.ts'
import { type Outcome, outcome } from './outcome.ts'
import type { Parts } from './parts.ts'
import type { Person, Room } from './people.ts'
import { interactionBase, messageBy, personBy, roomBy, slackbotSays, viewBy } from './person-acts.ts'
import { viewPayload } from './views.ts'

export const pressSchema = z.object({
  user: z.string(),
  action_id: z.string(),
  /** The chosen option of a menu; for buttons it tells apart those with the same action id. */
  value: z.unknown().optional(),
  /** Tells apart elements with the same action id. */
  block_id: z.string().optional(),
  /** Where: a modal or an App Home … */
  view_id: z.string().optional(),
  /** … or a message. */
  channel: z.string().optional(),
  ts: z.string().optional(),
})

type Given = Pick<z.infer<typeof pressSchema>, 'action_id' | 'value' | 'block_id'>

/** A person presses a button or chooses from a menu: in a message, a modal or the App Home. */
export async function press(parts: Parts, given: z.infer<typeof pressSchema>): Promise<Outcome> {
  const person = personBy(given.user)
  const { view_id, channel, ts } = given
  if (view_id) return pressInView(parts, person, { ...given, view_id })
  if (channel && ts) return pressInMessage(parts, person, roomBy(channel, person), { ...given, ts })
  throw new Refusal(400, 'Say where to press: a view_id, or a channel and a ts.')
}

async function pressInMessage(
  parts: Parts,
  person: Person,
  room: Room,
  given: Given & { ts: string },
): Promise<Outcome> {
  const message = messageBy(parts, room, given.ts, person)
  const placed = pressed(message.blocks, given)
  const entered = holdsValue(placed) ? withEntry({}, placed, entry(placed, given.value)) : {}
  const ephemeral = message.ephemeral_to !== undefined
  const taken = await parts.deliver.interaction({
    type: 'block_actions',
    ...interactionBase(person),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: room.id,
      is_ephemeral: ephemeral,
      ...(message.thread_ts && { thread_ts: message.thread_ts }),
    },
    channel: { id: room.id, name: room.dm ? 'directmessage' : room.name },
    // Slack does not send the message along when only one person sees it.
    ...(!ephemeral && { message: messagePayload(message) }),
    state: { values: currentValues(message.blocks, entered) },
    response_url: parts.replies.make({ channel: room.id, user: person.id, original: message.ts }),
    trigger_id: parts.triggers.make(person.id),
    actions: [action(placed, given.value, parts.messages.stamp())],
  })
  if (!taken.ok) slackbotSays(parts, person, room, `That did not work: ${taken.error}.`, message.thread_ts)
  return outcome(taken)
}

async function pressInView(parts: Parts, person: Person, given: Given & { view_id: string }): Promise<Outcome> {
  const found = viewBy(parts, given.view_id, person)
  const placed = pressed(objects(found.view.blocks), given)
  const row = holdsValue(placed)
    ? parts.views.enter(found, withEntry(found.entered, placed, entry(placed, given.value)))
    : found
  const payload = viewPayload(row)
  const taken = await parts.deliver.interaction({
    type: 'block_actions',
    ...interactionBase(person),
    container: { type: 'view', view_id: row.id },
    view: payload,
    trigger_id: parts.triggers.make(person.id, row.kind === 'modal' ? row.id : undefined),
    actions: [action(placed, given.value, parts.messages.stamp())],
  })
  return outcome(taken)
}

/** @throws Refusal 409 when the element is not there (any more). */
function pressed(blocks: Json[], { action_id, block_id, value }: Given): Placed {
  const found = elementsIn(blocks).filter(
    ({ block, element: one }) => one.action_id === action_id && (block_id === undefined || block.block_id === block_id),
  )
  const meant = found.find(({ element: one }) => one.type === 'button' && one.value === value) ?? found[0]
  if (!meant) throw new Refusal(409, `There is no "${action_id}" to press here (any more).`)
  if (meant.block.type === 'input' && meant.block.dispatch_action !== true) {
    throw new Refusal(409, `"${action_id}" is an input: its value is sent with the form.`)
  }
  return meant
}

/** The element as `actions[0]` carries it. */
function action(placed: Placed, value: unknown, action_ts: string): Json {
  const { block, element: one } = placed
  const base = { action_id: one.action_id, block_id: block.block_id, type: one.type, action_ts }
  if (holdsValue(placed)) return { ...entry(placed, value), ...base }
  if (one.type === 'overflow') return { ...base, selected_option: option(one, value) }
  const { text, value: own, style, url } = one
  return {
    ...base,
    text,
    ...(own !== undefined && { value: own }),
    ...(style !== undefined && { style }),
    ...(url !== undefined && { url }),
  }
}
