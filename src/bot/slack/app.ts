import { App, type ViewSubmitAction, webApi } from '@slack/bolt'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Env } from '../../config.ts'
import type { People } from '../people.ts'
import type { WriteInPrivate } from '../private-message.ts'
import type { Surface } from '../surface.ts'
import type { Talk } from '../talk.ts'
import { boltLogger } from './bolt-logger.ts'
import { onCommand } from './commands.ts'
import { onHomeOpened } from './home.ts'
import { httpReceiver } from './http-receiver.ts'
import { type Identity, whoAmI } from './identity.ts'
import { messageListener } from './messages.ts'
import { onPress } from './presses.ts'
import { slackInPrivate } from './private-message.ts'
import { onShortcut } from './shortcuts.ts'
import type { Side } from './side.ts'
import { socketReceiver } from './socket-receiver.ts'
import { onSubmission } from './submissions.ts'
import { slackSurface } from './surface.ts'
import type { SlackWords } from './words.ts'

export interface SlackAppOptions {
  env: Pick<Env, 'SLACK_API_URL' | 'SLACK_BOT_TOKEN' | 'SLACK_SIGNING_SECRET' | 'SLACK_APP_TOKEN' | 'SLACK_MODE'>
  talk: Talk
  people: People
  words: SlackWords
  /** Channel of the case cards. */
  casesChannel: string
  log: Logger
  /** Whether that key was handled before; from now on it was. */
  seen: (key: string) => Promise<boolean>
  /** Real milliseconds before an unfinished request is answered. */
  holdMs?: number
  /** Real milliseconds before a person hears that something takes a while. */
  slowMs?: number
}

export interface SlackApp {
  /** `POST /events` for HTTP mode, to be mounted at `/slack`; nothing in Socket Mode. */
  routes: Hono
  surface: Surface
  inPrivate: WriteInPrivate
  /** Asks Slack who the bot is and, in Socket Mode, connects. @throws Error with a sentence on what is wrong. */
  start(): Promise<void>
  /** Takes nothing new and waits up to five seconds for what is being worked on. */
  stop(): Promise<void>
  ready(): boolean
}

/** The desk in Slack: Bolt in front of `talk`. */
export async function slackApp(options: SlackAppOptions): Promise<SlackApp> {
  const { env, talk, people, words, casesChannel, log, seen, holdMs = 2500, slowMs = 1500 } = options
  const clientOptions = {
    slackApiUrl: env.SLACK_API_URL,
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  }
  const logger = boltLogger(log)
  const client = new webApi.WebClient(env.SLACK_BOT_TOKEN, { ...clientOptions, logger })
  let me: Identity | undefined
  let running = false

  const socket = isSocketMode(env)
    ? socketReceiver({ appToken: env.SLACK_APP_TOKEN ?? '', clientOptions, log, holdMs })
    : undefined
  const http = httpReceiver({
    secrets: env.SLACK_SIGNING_SECRET ?? [],
    wallTime: Date.now,
    ready: () => running,
    holdMs,
  })
  const bolt = new App({
    receiver: socket ?? http,
    authorize: async () => {
      if (!me) throw new Error('the app has not started')
      return { botToken: env.SLACK_BOT_TOKEN, botId: me.bot, botUserId: me.user }
    },
    clientOptions: { ...clientOptions },
    logger,
    convoStore: false,
  })
  const work = new Set<Promise<void>>()
  const side: Side = { client, talk, people, words, casesChannel, log, seen, slowMs, botUser: () => me?.user }
  listen(bolt, side, work)

  return {
    routes: socket ? new Hono() : http.routes,
    surface: slackSurface(client, { botId: () => me?.bot }),
    inPrivate: slackInPrivate(client),
    async start() {
      me = await whoAmI(client, env.SLACK_API_URL)
      await bolt.start()
      running = true
    },
    async stop() {
      running = false
      await bolt.stop()
      const patience = new Promise((resolve) => setTimeout(resolve, 5000).unref())
      await Promise.race([Promise.allSettled(work), patience])
    },
    ready: () => running && (socket?.connected() ?? true),
  }
}

const isSocketMode = ({ SLACK_MODE: mode, SLACK_SIGNING_SECRET: secrets }: SlackAppOptions['env']) =>
  mode === 'socket' || (!mode && !secrets)

/** Every kind of request has its listener, so that none is left waiting. */
function listen(bolt: App, side: Side, running: Set<Promise<void>>): void {
  const tracked = (work: Promise<void>) => {
    running.add(work)
    return work.finally(() => running.delete(work))
  }
  const onMessage = messageListener(side)
  bolt.command(/.*/, ({ body, ack }) => tracked(onCommand(side, body, ack)))
  bolt.action(/.*/, ({ body, ack }) => tracked(onPress(side, body, () => ack())))
  bolt.view<ViewSubmitAction>({ callback_id: /.*/, type: 'view_submission' }, ({ body, ack }) =>
    tracked(onSubmission(side, body, ack)),
  )
  bolt.view({ callback_id: /.*/, type: 'view_closed' }, ({ ack }) => ack())
  bolt.options(/.*/, ({ ack }) => ack({ options: [] }))
  bolt.shortcut(/.*/, ({ body, ack }) => tracked(onShortcut(side, body, () => ack())))
  bolt.event('message', ({ body }) => tracked(onMessage(body)))
  bolt.event('app_mention', ({ body }) => tracked(onMessage(body)))
  bolt.event('app_home_opened', ({ body }) => tracked(onHomeOpened(side, body)))
  bolt.error(async (error) => side.log.error({ err: error }, 'a request from Slack could not be handled'))
}
