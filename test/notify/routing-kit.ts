import { parse } from 'yaml'
import type { DeskConfig } from '../../src/config.ts'
import type { Notice } from '../../src/notify/notice.ts'
import type { Subscription } from '../../src/notify/notices.ts'
import { noticesSchema } from '../../src/notify/route-schema.ts'
import { targetsOf } from '../../src/notify/routes.ts'
import { type Routing, routingOf } from '../../src/notify/routing.ts'
import type { Target } from '../../src/notify/target.ts'

const partner = (id: string, telegram: DeskConfig['partners'][number]['telegram']): DeskConfig['partners'][number] => ({
  id,
  name: id,
  hub: { partner: `${id}PA`, key: 'HUB_KEY' },
  payment: 'direct',
  telegram,
})
const chat = (chat: number, timeZone = 'UTC', notices?: boolean) => ({ chat, language: 'en', timeZone, notices })

/** Two partners with chats in São Paulo and Berlin, one without any. */
export const desk = (notices = ''): DeskConfig => ({
  slack: { cases: 'C0CASES', alerts: 'C0ALERTS', language: 'en', timeZone: 'Europe/Berlin' },
  people: [{ slack: 'U0ANA', name: 'Ana', role: 'support', language: 'en', timeZone: 'UTC' }],
  partners: [
    partner('bright', [chat(7001, 'America/Sao_Paulo'), chat(-7002, 'America/Sao_Paulo')]),
    partner('nord', [chat(-8001), chat(-8002, 'Europe/Berlin', true), chat(-8003, 'UTC', true)]),
    partner('quiet', []),
  ],
  ...(notices && { notices: noticesSchema.parse(parse(notices)) }),
})

/** The routing of a `notices` part. */
export const routing = (notices = '', subscriptions: readonly Subscription[] = []): Routing =>
  routingOf(desk(notices), subscriptions)

/** `7001 subject phone:49…`, one line a target. */
export const heard = (notice: Notice, how: Routing): string[] =>
  targetsOf(notice, how).map(({ to, endsOnly }) => `${nameOf(to)}${endsOnly ? ' (ends)' : ''}`)

export const nameOf = ({ room, topic }: Target['to']) => `${room}${topic === undefined ? '' : `/${topic}`}`
