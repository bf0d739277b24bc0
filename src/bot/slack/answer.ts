import type { Card } from '../card.ts'
import type { Form, FormRef } from '../form.ts'
import { encodePress, type Press } from '../press.ts'
import type { Reply } from '../reply.ts'
import { cardBlocks, cardText } from './blocks.ts'
import { type WithoutFile, withFilesSent } from './file.ts'
import { blockLimits } from './limits.ts'
import { cardsView, formView } from './modal.ts'
import { mrkdwn, shown } from './mrkdwn.ts'
import type { Origin } from './origin.ts'
import { slackCode } from './send-problem.ts'
import type { Side } from './side.ts'
import type { ModalView } from './slack-types.ts'
import { paragraph } from './text-objects.ts'
import { whisper } from './whisper.ts'

/** Shows one person the replies to what they did. */
export type Answer = (replies: Reply[]) => Promise<void>

export interface Person {
  user: string
  language: string | undefined
  origin?: Origin | undefined
  /** Opens one modal within three seconds. */
  trigger?: string | undefined
}

/** In the room: cards and sentences as ephemeral messages, forms as modals. `pressed` is set for an ephemeral message. */
export function answerInRoom(side: Side, person: Person, { pressed = false } = {}): Answer {
  const { client } = side
  const { user, origin, trigger } = person
  const show = (card: Card, replace = false) =>
    whisper(client, { user, origin, text: cardText(card), blocks: cardBlocks(card), replace })
  const say = (text: string) =>
    whisper(client, { user, origin, text: mrkdwn(shown(text), blockLimits.text.max_length), blocks: [paragraph(text)] })
  const ask = async (form: Form) => {
    if (!trigger) return show(askAgain(form.ref, form.title, form.intro))
    const opened = await open(side, trigger, formView(form, origin))
    if (!opened) await show(askAgain(form.ref, form.title, [side.words.tooLate(person.language)]))
  }
  return async (replies) => {
    for (const reply of await withFilesSent(side, user, replies)) {
      if (reply.do === 'show') await show(reply.card)
      else if (reply.do === 'replace') await show(reply.card, pressed)
      else if (reply.do === 'form') await ask(reply.form)
      else await say(sentence(reply))
    }
  }
}

/** In an open modal: a form takes its place, or all the rest together does. Once it is closed, in the room. */
export function answerInModal(side: Side, person: Person, viewId: string): Answer {
  const room = answerInRoom(side, { ...person, trigger: undefined })
  return async (replies) => {
    if (!replies.length) return
    const told = await withFilesSent(side, person.user, replies)
    const { view, rest } = asView(told, person.origin)
    try {
      await side.client.views.update({ view_id: viewId, view })
    } catch (error) {
      if (!slackCode(error)) throw error
      return room(told)
    }
    await room(rest)
  }
}

/** From the App Home: in a modal that opens for it. */
export function answerInNewModal(side: Side, person: Person): Answer {
  const room = answerInRoom(side, { ...person, trigger: undefined })
  return async (replies) => {
    if (!replies.length) return
    const told = await withFilesSent(side, person.user, replies)
    const { view, rest } = asView(told, person.origin)
    const opened = person.trigger && (await open(side, person.trigger, view))
    await room(opened ? rest : told)
  }
}

/** Opens a modal; answers its id, or `undefined` when the trigger was too old. */
export async function open({ client }: Side, trigger: string, view: ModalView): Promise<string | undefined> {
  try {
    return (await client.views.open({ trigger_id: trigger, view })).view?.id
  } catch (error) {
    if (slackCode(error)?.endsWith('_trigger_id')) return undefined
    throw error
  }
}

/** One modal can show a form, or any number of cards. */
function asView(replies: WithoutFile[], origin: Origin | undefined): { view: ModalView; rest: Reply[] } {
  const form = replies.find((reply) => reply.do === 'form')
  if (form) return { view: formView(form.form, origin), rest: replies.filter((reply) => reply !== form) }
  const cards = replies.flatMap((reply) => {
    if (reply.do === 'form') return []
    return 'card' in reply ? [reply.card] : [{ title: sentence(reply) }]
  })
  return { view: cardsView(cards, origin), rest: [] }
}

/** A toast or the refusal of a form as one text. */
export function sentence(reply: Extract<Reply, { do: 'toast' | 'errors' }>): string {
  if (reply.do === 'errors') return Object.values(reply.errors).join('\n')
  return reply.alert ? `⚠️ ${reply.text}` : reply.text
}

/** A card with a button that asks for the same input anew. */
export const askAgain = (ref: FormRef, title: string, text: string[] = []): Card => ({
  title,
  text,
  buttons: [{ label: title, press: encodePress(pressFor(ref)), style: 'primary' }],
})

function pressFor(ref: FormRef): Press {
  if (ref.form === 'open') return { verb: 'new', target: ref.flow }
  if (ref.form === 'answers') return { verb: 'questions', case: ref.case }
  if (ref.form === 'quiet') return { verb: 'notice-quiet', target: String(ref.notice) }
  if (ref.form === 'item') return { verb: 'add-item', case: ref.case }
  return { verb: ref.verb, case: ref.case, target: ref.step }
}
