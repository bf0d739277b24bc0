import { z } from 'zod'
import type { Reply } from '../reply.ts'
import type { Said } from '../talk.ts'
import { type Answer, answerInModal, answerInRoom, open, type Person } from './answer.ts'
import { conduct } from './conduct.ts'
import { waitingView } from './modal.ts'
import type { Ack, Side } from './side.ts'
import { spoken } from './spoken.ts'
import { unmark } from './unmark.ts'

const commandSchema = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
})

/** `/portdesk …`, in any room. */
export async function onCommand(side: Side, body: unknown, ack: Ack): Promise<void> {
  const { user_id: user, channel_id: channel, text, trigger_id: trigger, response_url: url } = commandSchema.parse(body)
  const language = side.people.slack(user, channel)?.language
  const person: Person = { user, language, origin: { channel, url }, trigger }
  const words = unmark(text)
  const meant = spoken(words)
  const asks = 'command' in meant && meant.command === 'new'
  await conduct(side, {
    work: () => command(side, { user, channel, words }, { key: `slack:${trigger}` }),
    ack,
    answer: answerInRoom(side, person),
    slow: () => oneMoment(side, person, asks),
    language,
  })
}

/** What the desk says to a command, typed after `/portdesk` or after a mention. */
export async function command(
  { people, talk, words: texts }: Side,
  { user, channel, words }: { user: string; channel: string; words: string },
  said: Said,
): Promise<Reply[]> {
  const actor = people.slack(user, channel)
  if (!actor) return talk.stranger('slack')
  const meant = spoken(words)
  if ('command' in meant) return talk.command(actor, meant.command, meant.text, said)
  const help = await talk.command(actor, 'help', '', said)
  return [{ do: 'toast', text: texts.unknownCommand(actor.language, meant.unknown) }, ...help]
}

/** Says that the work goes on: in a modal when it may end in a form, because a trigger does not wait. */
export async function oneMoment(side: Side, person: Person, mayAsk: boolean): Promise<Answer | undefined> {
  const text = side.words.oneMoment(person.language)
  if (!mayAsk || !person.trigger) {
    await answerInRoom(side, person)([{ do: 'toast', text: `⏳ ${text}` }])
    return undefined
  }
  const view = await open(side, person.trigger, waitingView(text))
  return view ? answerInModal(side, person, view) : undefined
}
