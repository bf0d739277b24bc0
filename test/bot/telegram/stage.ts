import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import Keyv from 'keyv'
import { pino } from 'pino'
import { afterEach } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import { peopleOf } from '../../../src/bot/people.ts'
import type { Press } from '../../../src/bot/press.ts'
import type { Reply } from '../../../src/bot/reply.ts'
import type { Talk } from '../../../src/bot/talk.ts'
import { type TelegramBot, type TelegramBotOptions, telegramBot } from '../../../src/bot/telegram/bot.ts'
import type { DeskConfig } from '../../../src/config.ts'
import type { TelegramMessage } from '../../../src/sandbox/state.ts'
import { type Served, serve, until } from '../../sandbox/telegram/served.ts'
import { texts } from './words.ts'

export const group = -100200300

/** What the desk was asked: `command`, `press`, `submit` or `text`, by whom, what, and how it was said. */
type Asked = [what: string, by: string, ...more: unknown[]]

export interface Stage {
  world: Served
  bot: TelegramBot
  asked: Asked[]
  /** What the desk answers next; a function is called with what was asked. */
  answers(answer: Reply[] | ((...asked: Asked) => Reply[] | Promise<Reply[]>)): void
  cards: Map<string, Card>
  seen: Set<string>
  logged: string[]
  /** Chats that Telegram said have another id: from, to. */
  moved: [string, string][]
  paula: Person
  nils: Person
  /** Nobody the desk knows. */
  zoe: Person
}

interface Person {
  says(text: string, more?: object): Promise<void>
  /** Presses a button of the newest message that has it. Resolves with the toast, if any. */
  presses(button: string): Promise<string | undefined>
  /** The chat's messages that the bot wrote. */
  sees(): string[]
  /** Waits for a message of the bot that contains it. */
  waitsFor(text: string): Promise<void>
}

const language = 'en'
const timeZone = 'UTC'
const desk: DeskConfig = {
  slack: { cases: 'C1', alerts: 'C2', language, timeZone },
  people: [],
  partners: [
    {
      id: 'brightline',
      name: 'Brightline',
      hub: { partner: 'BrghtlPA', key: 'KEY' },
      payment: 'direct',
      telegram: [
        { chat: 7001, language, timeZone },
        { chat: group, language, timeZone },
      ],
    },
  ],
}

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

export type Way = 'webhook' | 'polling'

/** The real bot against the fake Telegram, with a desk that says what the test wants. */
export async function stage(
  way: Way,
  options: Partial<TelegramBotOptions> & { silent?: boolean } = {},
): Promise<Stage> {
  const world = await serve()
  world.telegram.limits({ rate: false })
  const asked: Asked[] = []
  const logged: string[] = []
  const moved: Stage['moved'] = []
  let answer: Parameters<Stage['answers']>[0] = []
  const ask = async (...what: Asked): Promise<Reply[]> => {
    asked.push(what)
    return typeof answer === 'function' ? answer(...what) : answer
  }
  const talk: Talk = {
    command: (actor, command, text, said) => ask('command', actor.id, command, text, said),
    press: (actor, press, said) => ask('press', actor.id, press, said),
    submit: (actor, ref, values, said) => ask('submit', actor.id, ref, values, said),
    text: (actor, text, said) => ask('text', actor.id, text, said),
    stranger: () => [{ do: 'toast', text: 'I do not know you yet' }],
    home: async () => [],
  }
  const cards = new Map<string, Card>()
  const seen = new Set<string>()
  const app = new Hono()
  const server = createAdaptorServer({ fetch: (request: Request) => app.fetch(request) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const bot = telegramBot({
    env: {
      TELEGRAM_API_ROOT: world.apiRoot,
      TELEGRAM_BOT_TOKEN: world.token,
      ...(way === 'webhook' && { PUBLIC_URL: url, TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-the-webhook' }),
    },
    clock: world.ground.clock,
    talk,
    people: peopleOf(desk),
    chats: { follow: async (from, to) => void moved.push([from, to]) },
    conversations: new Keyv(),
    seen: { has: async (key) => seen.has(key), add: async (key) => seen.add(key) },
    texts,
    cardOf: async (_actor, press: Press) => cards.get(press.target ?? ''),
    menu: [{ command: 'help', description: 'What I can do' }],
    log: pino({ level: 'info' }, { write: (row: string) => void logged.push(row) }),
    times: { webhook: 1000, press: 40, retry: 5, throttled: 50 },
    ...options,
  })
  app.route('/telegram', bot.routes)
  opened.push(async () => {
    await bot.stop()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  if (!options.silent) await bot.start()

  const person = (user: string, chat: number): Person => {
    const own = () => world.messages(chat).filter((message) => message.bot)
    return {
      async says(text, more = {}) {
        await world.does('message', { user, chat: String(chat), text, ...more })
      },
      async presses(button) {
        const has = ({ keyboard }: TelegramMessage) => keyboard?.flat().some(({ text }) => text === button) === true
        await until(() => world.messages(chat).some(has))
        const message = world.messages(chat).findLast(has)
        const answer = await world.does('press', { user, chat: String(chat), message_id: message?.message_id, button })
        if (answer.unanswered) return '(no answer)'
        return (answer.toast ?? answer.alert) as string | undefined
      },
      sees: () => own().map(({ text }) => text),
      async waitsFor(text) {
        await until(() => own().some((message) => message.text.includes(text)))
      },
    }
  }
  return {
    world,
    bot,
    asked,
    answers: (next) => {
      answer = next
    },
    cards,
    seen,
    logged,
    moved,
    paula: person('paula', 7001),
    nils: person('nils', group),
    zoe: person('zoe', 7009),
  }
}
