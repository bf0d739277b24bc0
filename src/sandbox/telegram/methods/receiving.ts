import { z } from 'zod'
import { ApiError, badRequest } from '../error.ts'
import { limits } from '../limits.ts'
import { flag, integer, json, type Methods, method } from '../method.ts'
import { bot } from '../people.ts'
import type { Polling } from '../polling.ts'
import type { Updates } from '../updates.ts'
import type { Webhook } from '../webhook.ts'

const kinds = json(z.array(z.string())).optional()

const pollSchema = z.looseObject({
  offset: integer.optional(),
  limit: integer.optional(),
  timeout: integer.optional(),
  allowed_updates: kinds,
})

const hookSchema = z.looseObject({
  url: z.string().default(''),
  secret_token: z.string().optional(),
  max_connections: integer.default(40),
  allowed_updates: kinds,
  drop_pending_updates: flag.optional(),
})

interface ReceivingOptions {
  updates: Updates
  poller: Polling
  hook: Webhook
}

/** `getMe`, `getUpdates`, `setWebhook`, `deleteWebhook`, `getWebhookInfo`. */
export function receivingMethods({ updates, poller, hook }: ReceivingOptions): Methods {
  const dropIf = (drop: boolean | undefined) => {
    if (drop) updates.clear()
  }
  return {
    getMe: () => bot,

    getUpdates: method(pollSchema, ({ allowed_updates, ...request }, gone) => {
      if (hook.get()) {
        const conflict =
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        throw new ApiError(409, `Conflict: ${conflict}`)
      }
      if (allowed_updates) updates.allow(allowed_updates)
      return poller.take(request, gone)
    }),

    setWebhook: method(hookSchema, ({ url, secret_token, max_connections, allowed_updates, drop_pending_updates }) => {
      if (url) checkUrl(url)
      if (secret_token !== undefined && !limits.secretToken.test(secret_token)) {
        throw badRequest('secret token contains unallowed characters')
      }
      dropIf(drop_pending_updates)
      if (allowed_updates) updates.allow(allowed_updates)
      const connections = Math.min(Math.max(max_connections, 1), limits.maxConnections)
      if (url) poller.interrupt('terminated by setWebhook request')
      hook.set(url ? { url, secret: secret_token, connections } : undefined)
      return true
    }),

    deleteWebhook: method(z.looseObject({ drop_pending_updates: flag.optional() }), ({ drop_pending_updates }) => {
      dropIf(drop_pending_updates)
      hook.set(undefined)
      return true
    }),

    getWebhookInfo() {
      const current = hook.get()
      const kindsSet = updates.allowed()
      return {
        url: current?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: updates.pending().length,
        ...(current ? { max_connections: current.connections, ip_address: '127.0.0.1' } : {}),
        ...(current?.error ? { last_error_date: current.error.at, last_error_message: current.error.message } : {}),
        ...(kindsSet.length > 0 ? { allowed_updates: kindsSet } : {}),
      }
    },
  }
}

/** Plain HTTP and any port are fine here, but only on this machine: the sandbox never reaches outside. */
function checkUrl(url: string) {
  if (!URL.canParse(url)) throw badRequest('bad webhook: invalid webhook URL specified')
  const { hostname, protocol } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') throw badRequest('bad webhook: invalid webhook URL specified')
  const own = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  if (!own) throw badRequest('bad webhook: the sandbox reaches loopback addresses only')
}
