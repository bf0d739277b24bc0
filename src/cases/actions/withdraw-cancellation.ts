import type { ActionCall } from '../action-call.ts'
import { channelOf } from './channel-of.ts'
import type { Platforms } from './index.ts'

/** Takes a cancellation back while the month lasts (procedures.md 7 ca-s3). */
export const withdrawCancellation = (platforms: Platforms): ActionCall => ({
  async run(state) {
    const { hub, channel } = channelOf(platforms, state)
    await hub.channels.reactivate(channel.clientId, channel.id)
    return { channel: channel.id }
  },
  async happened(state) {
    const { hub, channel } = channelOf(platforms, state)
    const now = await hub.channels.byId(channel.id)
    return now && now.channel.cancelledAt === undefined && now.channel.terminatedAt === undefined
  },
})
