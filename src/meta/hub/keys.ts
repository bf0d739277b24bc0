import { z } from 'zod'
import { given, id, maybeText } from '../loose.ts'
import { type Secret, secretOf } from '../secret.ts'
import type { HubLine } from './line.ts'

/** A channel's API key, without its value. */
export interface ApiKeyEntry {
  id: string
  /** Where it is used: `https://waba-v2.360dialog.io`. */
  address?: string
  appId?: string
}

/** A new key; the only moment at which its value is told. */
export interface NewApiKey extends ApiKeyEntry {
  value: Secret
}

/** API keys of channels, on behalf of the client (platform/360dialog.md 2.3). Without the client's permission: `NotAllowed`. */
export interface HubKeys {
  list(channelId: string): Promise<ApiKeyEntry[]>
  /**
   * Makes a key and ends every earlier one of the channel. Never to be repeated: after an unclear outcome list the keys and
   * ask a person.
   */
  create(channelId: string): Promise<NewApiKey>
  /** Ends all keys of the channel. */
  removeAll(channelId: string): Promise<void>
}

export function hubKeys({ http, at }: HubLine): HubKeys {
  const path = (channelId: string) => at('channels', channelId, 'api_keys')
  // Key creation is throttled per channel, not per partner.
  const account = (channelId: string) => `keys:${channelId}`
  return {
    list: async (channelId) => http.get(path(channelId), { schema: apiKeys, account: account(channelId) }),
    create: async (channelId) =>
      http.post(path(channelId), { schema: newApiKey, body: {}, account: account(channelId) }),
    removeAll: async (channelId) => {
      await http.delete(path(channelId), { schema: z.unknown(), account: account(channelId) })
    },
  }
}

const fields = { id, address: maybeText, app_id: maybeText }

/** Old answers hold the values of keys; they are dropped here. */
export const apiKeys = z
  .looseObject({ api_keys: z.array(z.looseObject(fields)) })
  .transform(({ api_keys }): ApiKeyEntry[] =>
    api_keys.map(({ id, address, app_id }) => given({ id, address, appId: app_id })),
  )

export const newApiKey = z.looseObject({ ...fields, api_key: z.string().min(1) }).transform(
  ({ id, address, app_id, api_key }): NewApiKey => ({
    ...given({ id, address, appId: app_id }),
    value: secretOf(api_key),
  }),
)
