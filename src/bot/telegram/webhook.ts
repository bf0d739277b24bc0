import { type Bot, webhookCallback } from 'grammy'
import type { Update } from 'grammy/types'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Logger } from 'pino'
import { within } from './taker.ts'

export interface WebhookOptions {
  bot: Bot
  secret: string
  /** Rejects while the update should come again. */
  take(update: Update): Promise<void>
  /** Milliseconds of real time after which Telegram is asked to send the update again; the work goes on meanwhile. */
  limitMs: number
  listening: () => boolean
  log: Logger
}

const megabyte = 1024 * 1024

/**
 * `POST /webhook`: 200 once the work on an update is done, 401 without the secret, 500 when Telegram should send the
 * update again. Telegram holds back the later updates of that chat until then, so their order is kept.
 */
export function webhookRoutes({ bot, secret, take, limitMs, listening, log }: WebhookOptions): Hono {
  const routes = new Hono()
  // The limit is ours, not grammY's: work that outlives it must not fail unheard, and its outcome still counts.
  bot.use((ctx) => within(take(ctx.update), limitMs))
  const callback = webhookCallback(bot, 'hono', {
    secretToken: secret,
    timeoutMilliseconds: Number.POSITIVE_INFINITY,
  })
  const limit = bodyLimit({ maxSize: megabyte, onError: (c) => c.text('Too large', 413) })
  routes.post('/webhook', limit, async (c) => (listening() ? callback(c) : c.text('Not listening', 503)))
  routes.onError((error, c) => {
    log.info({ reason: error.message }, 'Telegram is asked to send an update again')
    return c.text('Please send it again', 500)
  })
  return routes
}
