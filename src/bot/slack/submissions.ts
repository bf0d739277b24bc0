import { createHash } from 'node:crypto'
import type { ViewResponseAction } from '@slack/bolt'
import { z } from 'zod'
import type { Reply } from '../reply.ts'
import { answerInModal, answerInRoom, askAgain, type Person, sentence } from './answer.ts'
import { quietly, settled, within } from './conduct.ts'
import { formCallback, formView, readValues, waitingView } from './modal.ts'
import { cut } from './mrkdwn.ts'
import { unpackMetadata } from './origin.ts'
import type { Side } from './side.ts'

const submissionSchema = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    hash: z.string().default(''),
    callback_id: z.string(),
    private_metadata: z.string(),
    title: z.object({ text: z.string() }),
    blocks: z.array(z.object({ type: z.string(), block_id: z.string().default('') })),
    state: z.unknown(),
  }),
})

/** Tells Slack that a form was taken, and what its modal does now. */
type Ack = (action: ViewResponseAction) => Promise<void>

type Submission = z.infer<typeof submissionSchema>

/** A form that was filled in. */
export async function onSubmission(side: Side, body: unknown, ack: Ack): Promise<void> {
  const submission = submissionSchema.parse(body)
  const { user, view } = submission
  if (view.callback_id !== formCallback) return ack({ response_action: 'clear' })
  const { origin } = unpackMetadata(view.private_metadata)
  const language = side.people.slack(user.id, origin?.channel ?? user.id)?.language
  const person: Person = { user: user.id, language, origin }
  const pending = settled(side, () => submit(side, submission), language)
  const inTime = await within(pending, side.slowMs)
  if (inTime) return finish(side, submission, person, inTime, ack)
  await quietly(side, () => ack({ response_action: 'update', view: waitingView(side.words.oneMoment(language)) }))
  const late = await pending
  await quietly(side, () => answerInModal(side, person, view.id)(withoutErrors(late, submission)))
}

async function submit({ people, talk, words }: Side, { user, view }: Submission): Promise<Reply[]> {
  const { ref, origin } = unpackMetadata(view.private_metadata)
  const actor = people.slack(user.id, origin?.channel ?? user.id)
  if (!actor) return talk.stranger('slack')
  if (!ref) return [{ do: 'toast', text: words.oldButton(actor.language) }]
  const values = readValues(view.state)
  // The same values sent twice from the same state of a view are one act.
  const digest = createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22)
  return talk.submit(actor, ref, values, { key: `slack:${view.id}:${view.hash}:${digest}` })
}

/** The modal shows what is wrong, or the next form, or closes; the rest is said in the room. */
async function finish(side: Side, submission: Submission, person: Person, replies: Reply[], ack: Ack): Promise<void> {
  const room = answerInRoom(side, person)
  const inputs = submission.view.blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : []))
  const errors = replies.find((reply) => reply.do === 'errors')
  const form = replies.find((reply) => reply.do === 'form')
  const [first] = inputs
  if (errors && first) {
    await quietly(side, () => ack({ response_action: 'errors', errors: placedErrors(errors.errors, inputs, first) }))
  } else if (form) {
    const view = formView(form.form, person.origin)
    await quietly(side, () => ack({ response_action: 'update', view }))
  } else {
    await quietly(side, () => ack({ response_action: 'clear' }))
  }
  const told = errors && first ? errors : form
  await quietly(side, () => room(replies.filter((reply) => reply !== told)))
}

/** Slack takes errors for inputs of the modal only; any other goes to the first input. */
function placedErrors(errors: Record<string, string>, inputs: string[], first: string): Record<string, string> {
  const placed: Record<string, string> = {}
  for (const [id, text] of Object.entries(errors)) {
    const at = inputs.includes(id) ? id : first
    placed[at] = cut([placed[at], text].filter(Boolean).join(' '), 1000)
  }
  return placed
}

/** The form has gone by now: what was wrong with it becomes a card that asks anew. */
function withoutErrors(replies: Reply[], { view }: Submission): Reply[] {
  const { ref } = unpackMetadata(view.private_metadata)
  return replies.map((reply) =>
    reply.do === 'errors' && ref
      ? { do: 'show', card: askAgain(ref, view.title.text, sentence(reply).split('\n')) }
      : reply,
  )
}
