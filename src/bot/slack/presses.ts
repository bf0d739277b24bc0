import { z } from 'zod'
import { decodePress, type Verb } from '../press.ts'
import type { Reply } from '../reply.ts'
import { type Answer, answerInModal, answerInNewModal, answerInRoom, type Person } from './answer.ts'
import { oneMoment } from './commands.ts'
import { conduct, quietly } from './conduct.ts'
import { publishHome } from './home.ts'
import { type Origin, unpackMetadata } from './origin.ts'
import type { Ack, Side } from './side.ts'

const pressSchema = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({
    message_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  view: z.object({ id: z.string(), type: z.string(), private_metadata: z.string().optional() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), action_ts: z.string(), value: z.string().optional() })).min(1),
})

type Pressed = z.infer<typeof pressSchema>

/** Presses that are answered by a form. */
const asking = new Set<Verb>([
  'new',
  'questions',
  'answer',
  'ask',
  'edit',
  'decline',
  'skip',
  'add-item',
  'notice-quiet',
])

/** A button of a message, a modal or the App Home. */
export async function onPress(side: Side, body: unknown, ack: Ack): Promise<void> {
  const pressed = pressSchema.parse(body)
  const [action] = pressed.actions
  // Buttons that open a link report their press, too; the browser does the rest.
  if (action?.value === undefined) return ack()
  const origin = originOf(pressed)
  const user = pressed.user.id
  const language = side.people.slack(user, origin?.channel ?? user)?.language
  const person: Person = { user, language, origin, trigger: pressed.trigger_id }
  const verb = decodePress(action.value)?.verb
  const inModal = pressed.view?.type === 'modal'
  await conduct(side, {
    work: () => press(side, pressed, origin),
    ack,
    answer: place(side, pressed, person),
    ...(!inModal && { slow: () => oneMoment(side, person, (verb && asking.has(verb)) || pressed.view !== undefined) }),
    language,
  })
  if (pressed.view?.type === 'home') await quietly(side, () => publishHome(side, user))
}

async function press({ people, talk, words }: Side, pressed: Pressed, origin: Origin | undefined): Promise<Reply[]> {
  const [action] = pressed.actions
  const user = pressed.user.id
  const actor = people.slack(user, origin?.channel ?? user)
  if (!actor) return talk.stranger('slack')
  const meant = decodePress(action?.value ?? '')
  if (!action || !meant) return [{ do: 'toast', text: words.oldButton(actor.language) }]
  const about = pressed.container.message_ts
  const key = `slack:${action.action_ts}:${user}:${action.action_id}`
  return talk.press(actor, meant, { key, ...(about && { about }) })
}

function originOf({ channel, container, response_url: url, view }: Pressed): Origin | undefined {
  if (view) return unpackMetadata(view.private_metadata ?? '').origin
  const thread = container.thread_ts
  return channel && { channel: channel.id, ...(thread && { thread }), ...(url && { url }) }
}

function place(side: Side, { view, container }: Pressed, person: Person): Answer {
  if (view?.type === 'modal') return answerInModal(side, person, view.id)
  if (view) return answerInNewModal(side, person)
  return answerInRoom(side, person, { pressed: container.is_ephemeral ?? false })
}
