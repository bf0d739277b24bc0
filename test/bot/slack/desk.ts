import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { pino } from 'pino'
import { vi } from 'vitest'
import { z } from 'zod'
import { peopleOf } from '../../../src/bot/people.ts'
import { slackApp } from '../../../src/bot/slack/app.ts'
import type { Talk } from '../../../src/bot/talk.ts'
import { stage } from '../../sandbox/slack/stage.ts'

const person = (slack: string, name: string) => ({
  slack,
  name,
  role: 'support' as const,
  language: 'en',
  timeZone: 'UTC',
})

const people = peopleOf({
  slack: { cases: 'C0CASES', alerts: 'C0ALERTS', language: 'en', timeZone: 'UTC' },
  people: [person('U0ANA', 'Ana'), person('U0BEN', 'Ben')],
  partners: [],
})

/** A talk that says nothing unless a test tells it what to say. */
export const silentTalk = () => ({
  command: vi.fn<Talk['command']>(async () => []),
  press: vi.fn<Talk['press']>(async () => []),
  submit: vi.fn<Talk['submit']>(async () => []),
  text: vi.fn<Talk['text']>(async () => []),
  stranger: vi.fn<Talk['stranger']>(() => [{ do: 'toast', text: 'I do not know you yet.' }]),
  home: vi.fn<Talk['home']>(async () => [{ do: 'show', card: { title: 'Your cases' } }]),
})

export const words = {
  sorry: (_: string | undefined, id: string) => `Sorry, that went wrong (${id}).`,
  oneMoment: () => 'One moment …',
  tooLate: () => 'That took too long.',
  oldButton: () => 'That button is too old.',
  unknownCommand: (_: string | undefined, word: string) => `There is no “${word}”.`,
}

const logLine = z.object({ level: z.number(), id: z.string().optional(), msg: z.string() })
type LogLine = z.infer<typeof logLine>

export interface DeskOptions {
  socket?: boolean
  slowMs?: number
  holdMs?: number
  /** Real milliseconds in which the desk has to answer. */
  withinMs?: number
}

/** The desk's Slack side against a fake Slack, with a talk that tests speak for. */
export async function desk({ socket = false, slowMs, holdMs, withinMs }: DeskOptions = {}) {
  const slack = await stage(withinMs ? { withinMs } : {})
  const { secrets } = slack.ground
  const talk = silentTalk()
  const known = new Set<string>()
  const lines: LogLine[] = []
  const write = (line: string) => void lines.push(logLine.parse(JSON.parse(line)))
  const log = pino({ level: 'debug' }, { write })
  const app = await slackApp({
    env: {
      SLACK_API_URL: `${slack.ground.ownUrl}/slack/api/`,
      SLACK_BOT_TOKEN: secrets.slackBotToken,
      SLACK_SIGNING_SECRET: socket ? undefined : [secrets.slackSigningSecret],
      SLACK_APP_TOKEN: secrets.slackAppToken,
      SLACK_MODE: socket ? 'socket' : 'http',
    },
    talk,
    people,
    words,
    casesChannel: 'C0CASES',
    log,
    seen: async (key) => known.size === known.add(key).size,
    ...(slowMs !== undefined && { slowMs }),
    ...(holdMs !== undefined && { holdMs }),
  })
  const server = serve({ fetch: new Hono().route('/slack', app.routes).fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => (server.listening ? resolve(undefined) : server.once('listening', resolve)))
  const address = server.address()
  slack.ground.botUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  await app.start()
  return {
    ...slack,
    app,
    talk,
    lines,
    /** What that person sees in the room and nobody else does. */
    whispers: (channel: string, user: string) => slack.messages(channel).filter((one) => one.ephemeral_to === user),
    modal: () => slack.slack.state().modals.at(-1),
    async close() {
      await app.stop()
      await new Promise((resolve) => server.close(resolve))
      await slack.close()
    },
  }
}

export type Desk = Awaited<ReturnType<typeof desk>>
