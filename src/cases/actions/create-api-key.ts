import type { SecretCall } from '../action-call.ts'
import { channelOf } from './channel-of.ts'
import type { Platforms } from './index.ts'

/**
 * Makes a new API key and ends every earlier one (procedures.md 6 ak-s4). Whoever started it gets the key; the case keeps
 * only its id. Never to be called twice for one decision.
 */
export const createApiKey = (platforms: Platforms): SecretCall => ({
  receiver: (state, { step }) => state.steps[step]?.action?.by,
  async runInPrivate(state, { step }) {
    const { hub, channel } = channelOf(platforms, state)
    const { id, value } = await hub.keys.create(channel.id)
    const receiver = state.steps[step]?.action?.by.name ?? '?'
    return { evidence: { key_id: id, receiver }, secret: value }
  },
})
