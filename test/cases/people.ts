import type { Actor } from '../../src/cases/actor.ts'
import type { DeskConfig } from '../../src/config.ts'

/** The desk's set-up in these tests: two partners with a chat each, one without. */
export const config: DeskConfig = {
  slack: { cases: 'C0CASES', alerts: 'C0ALERTS', language: 'en', timeZone: 'UTC' },
  people: [{ slack: 'U0ANA', name: 'Ana', role: 'support', language: 'en', timeZone: 'UTC' }],
  partners: [
    partner('brightline', 'Brightline', 'direct', 7001, 7002),
    partner('nordwind', 'Nordwind', 'partner', -100200300),
    partner('sabia', 'Sabiá', 'direct'),
  ],
}

function partner(id: string, name: string, payment: 'direct' | 'partner', ...chats: number[]) {
  const telegram = chats.map((chat) => ({ chat, language: 'en', timeZone: 'UTC' }))
  return { id, name, payment, telegram, hub: { partner: `${id.slice(0, 6)}PA`, key: `HUB_KEY_${id.toUpperCase()}` } }
}

const inSlack = (name: string, role: Actor['role']): Actor => ({
  surface: 'slack',
  id: `slack:U0${name.toUpperCase()}`,
  name,
  role,
  room: 'C0CASES',
  language: 'en',
  timeZone: 'UTC',
})

const inTelegram = (name: string, partner: string, room: string): Actor => ({
  ...inSlack(name, 'partner'),
  surface: 'telegram',
  id: `telegram:${name}`,
  partner,
  room,
})

export const ana = inSlack('Ana', 'support')
export const ben = inSlack('Ben', 'support')
export const cleo = inSlack('Cleo', 'lead')
export const dan = inSlack('Dan', 'admin')
/** Speaks for Brightline. */
export const paula = inTelegram('Paula', 'brightline', '7001')
/** Speaks for Nordwind. */
export const nora = inTelegram('Nora', 'nordwind', '-100200300')

/** Ten people of support. */
export const tenPeople: readonly Actor[] = Array.from({ length: 10 }, (_, n) => inSlack(`P${n}`, 'support'))
