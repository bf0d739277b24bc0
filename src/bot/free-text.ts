import { type Actor, homeOf } from '../cases/actor.ts'
import type { CaseView } from '../cases/case-view.ts'
import type { Desk } from '../cases/desk.ts'
import { type Attention, asks } from './attention.ts'
import type { CasePresses } from './case-presses.ts'
import type { DeskCommands } from './desk-commands.ts'
import { plainWords } from './plain-words.ts'
import type { Talk } from './talk.ts'

export interface FreeTextOptions {
  desk: Desk
  attention: Attention
  presses: Pick<CasePresses, 'answer' | 'act'>
  help: DeskCommands['help']
}

/** What people write without a command: an answer to an open question, else a word in a case's thread. */
export function freeText({ desk, attention, presses, help }: FreeTextOptions): Talk['text'] {
  /** The case whose question a free text answers: the one it replies to, or the newest that this person left open. */
  const askedIn = async (actor: Actor, id: number | undefined): Promise<CaseView | undefined> => {
    if (id !== undefined) return desk.view(actor, id)
    const own = await desk.list(actor, { own: true })
    return own.find((view) => asks(view) && view.state.origin?.room === homeOf(actor))
  }

  return async (actor, text, said) => {
    const id = said.about === undefined ? undefined : await desk.caseOfMessage(actor.surface, actor.room, said.about)
    const focus = await attention.focusOf(actor, id)
    if (focus) return presses.answer(actor, focus.case, focus.question, text, said)
    const asked = actor.surface === 'telegram' ? await askedIn(actor, id) : undefined
    if (asked?.plan.question && asks(asked))
      return presses.answer(actor, asked.id, asked.plan.question.question.id, text, said)
    if (id === undefined) return help(actor)
    const mark = actor.role === 'partner' ? undefined : (['//', '>>'] as const).find((each) => text.startsWith(each))
    const from = { surface: actor.surface, room: actor.room }
    const to = mark === '>>' && { to: 'destination-partner' as const }
    const words = plainWords(mark ? text.slice(mark.length) : text)
    return words ? presses.act(actor, id, { do: 'say', text: words, internal: mark === '//', ...to, from }, said) : []
  }
}
