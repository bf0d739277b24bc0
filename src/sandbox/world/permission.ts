import type { World } from './world.ts'

/** The client shares the API-key permission of a number with its partner, or takes it back (360dialog.md 7.5). */
export function sharePermission(world: World, channelId: string, shared: boolean): void {
  const [channel, aside] = [world.channels.get(channelId), world.asides.get(channelId)]
  if (!channel || !aside || aside.shared === shared) return
  world.asides.set(channelId, { ...aside, shared })
  const { id, client_id, status, account_mode, partner_id } = channel
  const event = shared ? 'channel_permission_granted' : 'channel_permission_revoked'
  world.webhooks.hub(event, { id, client_id, status, account_mode }, partner_id)
}
