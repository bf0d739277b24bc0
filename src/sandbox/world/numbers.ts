import type { NumberState } from '../state.ts'
import { entryOf } from './find.ts'
import type { World } from './world.ts'

/** All numbers of the world, as the page shows them beside their levers. */
export function numberStates(world: World): NumberState[] {
  return world.channels.values().flatMap(({ id }) => {
    const entry = entryOf(world, id)
    if (!entry) return []
    const { channel, aside, account, number } = entry
    return {
      phone: channel.setup_info.phone_number,
      name: channel.setup_info.phone_name ?? 'no display name yet',
      partner: channel.partner_id,
      client: channel.client_id,
      channel: id,
      waba: account.id,
      ownership: account.ownership_type === 'ON_BEHALF_OF' ? 'ON_BEHALF_OF' : 'CLIENT_OWNED',
      pin: typeof number?.is_pin_enabled === 'boolean' ? number.is_pin_enabled : null,
      status: number?.status ?? 'not yet at Meta',
      hub_status: channel.hub_status,
      quality: channel.current_quality_rating ?? 'UNKNOWN',
      note: aside.note,
    }
  })
}
