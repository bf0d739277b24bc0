import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { callLog } from './calls.ts'
import { type SandboxClock, sandboxClock } from './clock.ts'
import { faultSwitch } from './faults.ts'
import type { Ground } from './ground.ts'
import { ownHosts } from './guard.ts'
import { openJournal } from './journal.ts'
import { coalesced } from './live.ts'
import { sandboxSecrets } from './secrets.ts'
import { type SandboxServer, sandboxServer } from './server.ts'
import type { SandboxState } from './state.ts'
import { hubWebhookSecret } from './world/hub-webhook-secret.ts'
import { ownApp } from './world/sides.ts'

export interface SandboxOptions {
  /** 0 takes any free port. */
  port?: number
  /** Where the bot listens; a function when that is known only later. */
  botUrl: string | (() => string)
  /** Journal file; without it the sandbox forgets everything when it closes. */
  file?: string
}

export interface Sandbox {
  /** `http://127.0.0.1:3001` */
  url: string
  clock: SandboxClock
  ground: Ground
  /** The whole visible world, as `GET /api/state` answers it. */
  state(): SandboxState
  /** Called at each visible change. Returns the way to stop listening. */
  onChange(listener: () => void): () => void
  /** The environment that points a Portdesk at this sandbox. */
  env: Record<string, string>
  /** Ends streams, sockets and long polls, then stops listening. */
  close(): Promise<void>
}

/**
 * Starts the fake outside world on loopback.
 *
 * @throws Error when the port is taken; the message names the port and `SANDBOX_PORT`.
 */
export async function startSandbox({ port = 3001, botUrl, file }: SandboxOptions): Promise<Sandbox> {
  const http = createServer()
  // The port first: a second sandbox must not touch the journal of the one that runs.
  const url = `http://127.0.0.1:${await listen(http, port)}`
  const journal = openJournal(file)
  const clock = sandboxClock(journal)
  let server: SandboxServer | undefined
  const listeners = new Set<() => void>()
  const tellPages = coalesced(() => server?.tellPages(), 50)
  const ground: Ground = {
    journal,
    clock,
    calls: callLog(),
    faults: faultSwitch(),
    changed() {
      for (const listener of listeners) listener()
      tellPages()
    },
    get botUrl() {
      return typeof botUrl === 'string' ? botUrl : botUrl()
    },
    ownUrl: url,
    secrets: sandboxSecrets(journal),
  }
  const running = sandboxServer(ground)
  server = running
  clock.onJump(ground.changed)
  connect(http, running, url)
  return {
    url,
    clock,
    ground,
    state: running.state,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    env: environment(ground),
    close: () => close(http, running),
  }
}

/** Resolves with the port that was taken. */
function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} for the sandbox is taken. Set SANDBOX_PORT to another port.`
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error)
    })
    http.listen(port, '127.0.0.1', () => resolve((http.address() as AddressInfo).port))
  })
}

function connect(http: Server, server: SandboxServer, url: string): void {
  // The bot may live in this process: its global Request and Response stay the originals.
  http.on('request', getRequestListener(server.app.fetch, { overrideGlobalObjects: false }))
  http.on('upgrade', (request, socket, head) => {
    const ours = ownHosts(url).includes(request.headers.host ?? '')
    if (!ours || !server.upgrade(request, socket, head)) socket.destroy()
  })
}

async function close(http: Server, server: SandboxServer): Promise<void> {
  await server.close()
  await new Promise<void>((resolve) => {
    http.close(() => resolve())
    http.closeAllConnections()
  })
}

/** Base URLs, tokens and secrets under the names that Portdesk reads. */
function environment(ground: Ground): Record<string, string> {
  const { ownUrl, secrets } = ground
  const hubKey = (partner: string) => secrets.hubKeys[partner] ?? ''
  return {
    SLACK_API_URL: `${ownUrl}/slack/api/`,
    SLACK_BOT_TOKEN: secrets.slackBotToken,
    SLACK_SIGNING_SECRET: secrets.slackSigningSecret,
    SLACK_APP_TOKEN: secrets.slackAppToken,
    TELEGRAM_API_ROOT: `${ownUrl}/telegram`,
    TELEGRAM_BOT_TOKEN: secrets.telegramToken,
    TELEGRAM_WEBHOOK_SECRET: secrets.telegramWebhookSecret,
    HUB_API_URL: `${ownUrl}/hub/api/v2`,
    HUB_KEY_BRIGHTLINE: hubKey('BrghtlPA'),
    HUB_KEY_NORDWIND: hubKey('NordwnPA'),
    HUB_KEY_SABIA: hubKey('SabiaxPA'),
    HUB_WEBHOOK_SECRET: hubWebhookSecret(ground),
    GRAPH_API_URL: `${ownUrl}/graph`,
    GRAPH_TOKEN: secrets.graphToken,
    META_APP_ID: ownApp.id,
    META_APP_SECRET: secrets.metaAppSecret,
    META_VERIFY_TOKEN: secrets.metaVerifyToken,
    WEBSITE_PROBE_ALLOW: new URL(ownUrl).host,
    PORTDESK_CONFIG: fileURLToPath(new URL('./portdesk.yaml', import.meta.url)),
    CLOCK_URL: `${ownUrl}/api/clock`,
  }
}
