/** What 360dialog remembers beside clients and channels. Plain JSON. */

/** A change of the integration partner (360dialog.md 2.6). */
export interface PartnerChangeRow {
  id: string
  status: 'created' | 'pending' | 'completed' | 'failed'
  is_full_migration: boolean
  source_client_id: string
  /** The client's clone under the new partner, for partial moves. */
  target_client_id: string | null
  source_partner_id: string
  target_partner_id: string
  /** Channel ids. */
  channels: string[]
  created_at: string
  modified_at: string
}

/** The API key of a channel (360dialog.md 2.3). Revoked ones are deleted. */
export interface ApiKeyRow {
  id: string
  channel_id: string
  api_key: string
  app_id: string
  created_at: string
}

/** What only the Messaging API knows of a number. */
export interface MessagingRow {
  /** Channel id. */
  id: string
  profile: Record<string, unknown>
  commerce: { is_cart_enabled: boolean; is_catalog_visible: boolean }
  webhook: { url: string; headers: Record<string, string> }
}
