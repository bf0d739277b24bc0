import type { ChatMember, ChatMemberUpdated } from 'grammy/types'
import type { Logger } from 'pino'
import type { People } from '../people.ts'
import type { Talk } from '../talk.ts'
import { isGroup, nameOf, speakerOf } from './incoming.ts'
import type { CarryOut } from './replies.ts'

export interface OnMembershipOptions {
  talk: Talk
  people: People
  carryOut: CarryOut
  log: Logger
}

/** What happens when the bot is added to a chat or thrown out of it. */
export function onMembership({ talk, people, carryOut, log }: OnMembershipOptions) {
  return async ({ chat, from, old_chat_member, new_chat_member }: ChatMemberUpdated, key: string): Promise<void> => {
    const was = isInside(old_chat_member)
    const is = isInside(new_chat_member)
    if (was && !is) log.warn({ chat: chat.id }, 'The bot was removed from a chat, or blocked')
    if (was || !is || !isGroup(chat)) return
    log.info({ chat: chat.id, title: chat.title }, 'The bot was added to a group')
    const known = await people.telegram({ id: from.id, name: nameOf(from) }, String(chat.id))
    if (!known) await carryOut(talk.stranger('telegram', from.language_code), { speaker: speakerOf(from, chat), key })
  }
}

function isInside(member: ChatMember): boolean {
  return member.status === 'restricted' ? member.is_member : member.status !== 'left' && member.status !== 'kicked'
}
