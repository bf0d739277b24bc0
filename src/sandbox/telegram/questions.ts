import { covered } from './entities.ts'
import { findPerson } from './people.ts'
import type { ChatRow, MessageRow } from './types.ts'
import type { World } from './world.ts'

/** Which question each person's client is about to answer: the reply bar that `force_reply` opens. */
export interface Questions {
  /** Opens the bar for the people whom the question addresses. */
  ask(chat: ChatRow, question: MessageRow, selective: boolean): void
  /** The question that this person answers by writing now in that topic, if any; the bar closes. */
  take(chat: ChatRow, user: number, topic: number | undefined): MessageRow | undefined
}

export function openQuestions(world: World): Questions {
  const bars = world.ground.journal.table<number>('telegram.questions')
  const key = (chat: ChatRow, user: number) => `${chat.id}/${user}`
  return {
    ask(chat, question, selective) {
      const named = selective ? addressed(world, question) : []
      const targets = chat.members.filter((user) => named.includes(user))
      // A selective question that addresses nobody goes to everyone: better one reply bar too many than none.
      for (const user of targets.length > 0 ? targets : chat.members) bars.set(key(chat, user), question.id)
    },
    take(chat, user, topic) {
      const id = bars.get(key(chat, user))
      if (id === undefined) return undefined
      const question = world.message(chat.id, id)
      if (question && question.topic !== topic) return undefined
      bars.delete(key(chat, user))
      return question
    },
  }
}

/** Whom a message addresses: who is mentioned, and who wrote the message it replies to. */
function addressed(world: World, { chat, text, entities, replyTo }: MessageRow): number[] {
  const mentioned = entities.flatMap((entity) => {
    const link = /^tg:\/\/user\?id=(\d+)$/.exec(entity.url ?? '')?.[1]
    if (link) return [Number(link)]
    return entity.type === 'mention' ? [findPerson(covered(text, entity))?.id ?? 0] : []
  })
  const asker = replyTo === undefined ? undefined : world.message(chat, replyTo)?.from
  return asker === undefined ? mentioned : [...mentioned, asker]
}
