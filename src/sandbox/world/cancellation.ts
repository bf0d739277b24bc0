import type { Ground } from '../ground.ts'
import type { ChannelRow } from './rows.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

/** Asks for the end of a subscription: it works on until the end of the month. A second request changes nothing. */
export function requestCancellation(ground: Ground, world: World, channel: ChannelRow): ChannelRow {
  if (channel.cancelled_at) return channel
  const now = zuluTime(ground.clock.now())
  const row = { ...channel, cancelled_at: now, modified_at: now, hub_status: 'pending_deletion' }
  return announce(ground, world, row, 'cancellation_request')
}

/** Takes the request back. Without a request nothing changes. */
export function revokeCancellation(ground: Ground, world: World, channel: ChannelRow): ChannelRow {
  if (!channel.cancelled_at) return channel
  const row = { ...channel, cancelled_at: null, modified_at: zuluTime(ground.clock.now()), hub_status: 'live' }
  return announce(ground, world, row, 'cancellation_revoke')
}

/** The end of the month has come: the subscription is over. */
export function processCancellation(ground: Ground, world: World, channel: ChannelRow): ChannelRow {
  const now = zuluTime(ground.clock.now())
  const cancelled_at = channel.cancelled_at ?? now
  const row = { ...channel, cancelled_at, terminated_at: now, modified_at: now, hub_status: 'terminated' }
  return announce(ground, world, row, 'cancellation_processed')
}

function announce(ground: Ground, world: World, row: ChannelRow, event: string): ChannelRow {
  const { id, client_id, cancelled_at, terminated_at, hub_status, status, setup_info } = row
  world.channels.set(id, row)
  world.webhooks.hub(
    event,
    { id, client_id, cancelled_at, terminated_at, hub_status, status, setup_info },
    row.partner_id,
  )
  ground.changed()
  return row
}
