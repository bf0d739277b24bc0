import type { MessagingRow } from './rows-hub.ts'
import type { World } from './world.ts'

/** What the Messaging API knows of a channel, with what it starts from. */
export function messagingOf(world: World, channel: string): MessagingRow {
  const known = world.messaging.get(channel)
  if (known) return known
  const row = world.channels.get(channel)
  const client = row && world.clients.get(row.client_id)
  return {
    id: channel,
    profile: {
      about: 'Hey there! I am using WhatsApp.',
      address: client?.contact_info.city ?? '',
      description: `${client?.organisation ?? ''} on WhatsApp`.trim(),
      email: client?.contact_info.email ?? '',
      vertical: 'RETAIL',
      websites: client ? [world.siteOf(client.id)] : [],
    },
    commerce: { is_cart_enabled: true, is_catalog_visible: false },
    webhook: { url: '', headers: {} },
  }
}
