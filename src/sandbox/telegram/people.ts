import type { ChatRow, User } from './types.ts'

/** The bot, as `getMe` describes it. It runs in privacy mode, as bots do by default. */
export const bot = {
  id: 4242,
  is_bot: true,
  first_name: 'Portdesk',
  username: 'portdesk_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
} as const

/** The people of the fake Telegram. */
export const people: readonly User[] = [
  { id: 7001, is_bot: false, first_name: 'Paula', username: 'paula_brightline' },
  { id: 7002, is_bot: false, first_name: 'Nils', username: 'nils_nordwind' },
  { id: 7003, is_bot: false, first_name: 'Bruno' },
  { id: 7004, is_bot: false, first_name: 'Nora' },
  { id: 7009, is_bot: false, first_name: 'Zoe' },
]

const privateChat = (user: User, open: boolean): ChatRow => ({
  id: user.id,
  type: 'private',
  title: user.first_name,
  members: [user.id],
  open,
})

/** The chats on the first day: Paula and Bruno have pressed start, the others have not. */
export function firstChats(): ChatRow[] {
  const started = new Set([7001, 7003])
  const nordwind: ChatRow = {
    id: -100200300,
    type: 'group',
    title: 'Nordwind x Portdesk',
    members: [7002, 7004],
    open: true,
  }
  const own = people.map((user) => privateChat(user, started.has(user.id)))
  return [...own.slice(0, 1), nordwind, ...own.slice(1)]
}

/** The person with that id or (without case) that first name or username. */
export function findPerson(who: string | number): User | undefined {
  const name = String(who).replace(/^@/, '').toLowerCase()
  return people.find(
    (user) =>
      String(user.id) === name || user.first_name.toLowerCase() === name || user.username?.toLowerCase() === name,
  )
}
