import { PlatformError } from '../../meta/problem.ts'
import type { ActionCall } from '../action-call.ts'
import { channelOf } from './channel-of.ts'
import type { Platforms } from './index.ts'

/** Asks for the end of the number's subscription (procedures.md 7 ca-s2b), only where the set-up allows it. */
export const requestCancellation = (platforms: Platforms): ActionCall => ({
  async run(state) {
    if (!platforms.cancelByApi) {
      const answered = 'switched off in the set-up (cancellation.byApi)'
      throw new PlatformError({ kind: 'NotAllowed', asked: 'a cancellation', answered })
    }
    const { hub, channel } = channelOf(platforms, state)
    const now = await hub.channels.requestCancellation(channel.clientId, channel.id)
    return { channel: channel.id, ...(now?.channel.cancelledAt && { cancelled_at: now.channel.cancelledAt }) }
  },
  async happened(state) {
    const { hub, channel } = channelOf(platforms, state)
    const now = await hub.channels.byId(channel.id)
    return now && now.channel.cancelledAt !== undefined
  },
})
