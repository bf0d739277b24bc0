import type Keyv from 'keyv'
import type { Clock } from '../../time.ts'
import type { Form } from '../form.ts'
import type { Speaker } from './speaker.ts'

/** A form that is being filled in, one message a field. */
export interface Conversation {
  form: Form
  /** Fields that are still to be asked; the first one is being asked. */
  todo: string[]
  values: Record<string, string | string[]>
  /** What was wrong with the last answers, by field. */
  errors: Record<string, string>
  /** The message that asks. */
  prompt: number
  /** Key of the update after which it was asked: when that update comes again, its work is done. */
  askedFor: string
  /** ms since the epoch. */
  at: number
}

/** What people have half filled in: one form a person and chat, forgotten after a day. */
export interface Conversations {
  of(speaker: Speaker): Promise<Conversation | undefined>
  keep(speaker: Speaker, conversation: Conversation): Promise<void>
  forget(speaker: Speaker): Promise<void>
}

const day = 24 * 3_600_000

export function openConversations(store: Keyv, clock: Clock): Conversations {
  const key = ({ chat, user }: Speaker) => `${chat}:${user.id}`
  return {
    async of(speaker) {
      const found = await store.get<Conversation>(key(speaker))
      return found && clock.now() - found.at < day ? found : undefined
    },
    keep: async (speaker, conversation) => void (await store.set(key(speaker), conversation, day)),
    forget: async (speaker) => void (await store.delete(key(speaker))),
  }
}
