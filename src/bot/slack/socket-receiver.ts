import { type App, type Receiver, SocketModeReceiver, type webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { z } from 'zod'
import { boltLogger } from './bolt-logger.ts'
import { held, type Taker } from './held.ts'

export interface SocketReceiverOptions {
  appToken: string
  clientOptions: Omit<webApi.WebClientOptions, 'logger' | 'logLevel'>
  log: Logger
  /** Real milliseconds before an unfinished request is acknowledged. */
  holdMs: number
  /** Real milliseconds before the next try after a lost connection; doubled with every failure, up to a minute. */
  againMs?: number
}

export interface SocketReceiver extends Receiver {
  connected(): boolean
}

const envelope = z.object({
  body: z.record(z.string(), z.unknown()),
  ack: z.custom<(body?: unknown) => Promise<void>>((value) => typeof value === 'function'),
  retry_num: z.number().optional(),
  retry_reason: z.string().optional(),
})

/**
 * Slack over Socket Mode. Bolt's receiver makes the connection; acknowledging and coming back are ours: Bolt acks events
 * before their work is done, and gives up (with an unhandled rejection) when Slack cannot be reached while it reconnects.
 */
export function socketReceiver({
  appToken,
  clientOptions,
  log,
  holdMs,
  againMs = 500,
}: SocketReceiverOptions): SocketReceiver {
  const logger = boltLogger(log)
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  })
  const { client } = receiver
  let app: Taker | undefined
  let connected = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const comeBack = (wait: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      client.start().catch((error: unknown) => {
        log.warn({ err: error }, 'Slack cannot be reached over Socket Mode')
        comeBack(Math.min(wait * 2, 60_000))
      })
    }, wait)
  }
  client.on('connected', () => {
    connected = true
  })
  client.on('disconnected', () => {
    if (connected) comeBack(againMs)
    connected = false
  })
  client.on('slack_event', async (given: unknown) => {
    const { body, ack, retry_num, retry_reason } = envelope.parse(given)
    if (!app) return
    const retry = {
      ...(retry_num !== undefined && { retryNum: retry_num }),
      ...(retry_reason && { retryReason: retry_reason }),
    }
    const result = await held(app, { body, ...retry }, holdMs)
    // An event that is not done is not acknowledged: Slack delivers it again.
    if (body.type === 'event_callback' && (result === 'late' || result === 'failed')) return
    await ack(typeof result === 'object' ? result.acked : undefined).catch((error: unknown) =>
      log.warn({ err: error }, 'an acknowledgement did not reach Slack'),
    )
  })
  return {
    connected: () => connected,
    init(bolt: App) {
      app = bolt
    },
    start: () => client.start(),
    async stop() {
      stopped = true
      clearTimeout(timer)
      // Closing waits for Slack's own goodbye, which may not come.
      const closed = client.disconnect().catch(() => undefined)
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500).unref())])
    },
  }
}
