import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { App, HTTPReceiver, type Logger, LogLevel, webApi } from '@slack/bolt'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Ground } from '../../../src/sandbox/ground.ts'
import { type FakeSlack, type FakeSlackOptions, fakeSlack } from '../../../src/sandbox/slack/index.ts'
import type { SlackMessage } from '../../../src/sandbox/state.ts'
import { testGround } from '../ground.ts'

const answer = z.looseObject({
  ok: z.boolean().optional(),
  acknowledged: z.boolean().optional(),
  error: z.string().optional(),
  errors: z.record(z.string(), z.string()).optional(),
  ts: z.string().default(''),
})

/** The failures that the tests provoke are not worth a line each. */
const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}

/** A fake Slack on a free port, with the real client packages on the other side. */
export async function stage(options: FakeSlackOptions = {}, overrides: Partial<Ground> = {}) {
  const ground = testGround(overrides)
  const http = createServer()
  ground.ownUrl = `http://127.0.0.1:${await listening(http)}`
  const slack = fakeSlack(ground, { withinMs: 10_000, retryMs: [5, 10, 20], ...options })
  const routes = new Hono().route('/slack', slack.routes).route('/api/slack', slack.control)
  http.on('request', getRequestListener(routes.fetch, { overrideGlobalObjects: false }))
  http.on('upgrade', (request, socket, head) => {
    if (!slack.upgrade(request, socket, head)) socket.destroy()
  })
  const slackApiUrl = `${ground.ownUrl}/slack/api/`
  const clientOptions: webApi.WebClientOptions = {
    slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  }
  const apps: App[] = []
  const settings = { clientOptions, logger: quiet, token: ground.secrets.slackBotToken }

  return {
    ground,
    slack,
    web: client(ground.secrets.slackBotToken, clientOptions),
    /** A client with another token. */
    webAs: (token: string) => client(token, clientOptions),
    /** A Bolt app behind its own HTTP receiver; the fake Slack knows where it is. */
    async bolt(setup: (app: App) => void, { unhandledMs = 5000 } = {}) {
      const receiver = new HTTPReceiver({
        signingSecret: ground.secrets.slackSigningSecret,
        logger: quiet,
        unhandledRequestTimeoutMillis: unhandledMs,
      })
      const app = new App({ ...settings, receiver })
      setup(app)
      const server = await receiver.start({ port: 0, host: '127.0.0.1' })
      ground.botUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      apps.push(app)
      return app
    },
    /** A Bolt app in Socket Mode. */
    async socketBolt(setup: (app: App) => void) {
      const app = new App({ ...settings, socketMode: true, appToken: ground.secrets.slackAppToken })
      setup(app)
      await app.start()
      apps.push(app)
      return app
    },
    async act(what: string, body: Record<string, unknown>) {
      const response = await fetch(`${ground.ownUrl}/api/slack/${what}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: response.status, ...answer.parse(await response.json()) }
    },
    messages: (channel: string) => messagesIn(slack, channel),
    async close() {
      for (const app of apps) await app.stop()
      await slack.close()
      http.closeAllConnections()
      await new Promise((done) => http.close(done))
    },
  }
}

export type Stage = Awaited<ReturnType<typeof stage>>

const client = (token: string, options: webApi.WebClientOptions) => new webApi.WebClient(token, options)

const messagesIn = (slack: FakeSlack, channel: string): SlackMessage[] =>
  slack.state().channels.find(({ id }) => id === channel)?.messages ?? []

function listening(http: Server): Promise<number> {
  return new Promise((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port))
  })
}

/** The error code of a call that Slack refuses, with its messages. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) {
      const messages = error.data.response_metadata?.messages ?? []
      return [error.data.error, ...messages].join(' ')
    }
    throw error
  }
  return 'not refused'
}

/** A section with a button. */
export const card = (text: string, action_id = 'approve', value = 'PD-1') => [
  { type: 'section', text: { type: 'mrkdwn', text } },
  { type: 'actions', block_id: 'acts', elements: [buttonOf(action_id, value)] },
]

const buttonOf = (action_id: string, value: string) => ({
  type: 'button' as const,
  action_id,
  value,
  text: { type: 'plain_text' as const, text: 'Approve' },
})
