import type { Ground } from '../ground.ts'
import { hubId, metaId } from './ids.ts'
import { businessRow } from './plant-meta.ts'
import type { ClientRow } from './rows.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

export interface NewClient {
  /** 360dialog partner id. */
  partner: string
  name: string
  email: string
  contact?: string
  country?: string
  /** Meta's business portfolio; without it a new, verified one. */
  business?: string | undefined
}

/** A client registers under a partner, and 360dialog says so. */
export function newClient(ground: Ground, world: World, given: NewClient): ClientRow {
  const now = zuluTime(ground.clock.now())
  const { partner, name, contact = name, country = 'DE', business = metaId() } = given
  if (!world.businesses.get(business)) world.businesses.set(business, businessRow(business, name))
  const email = given.email.toLowerCase()
  const row: ClientRow = {
    id: hubId('CL', 10),
    partner_id: partner,
    name,
    organisation: name,
    status: 'active',
    max_channels: 5,
    partner_payload: null,
    contact_info: {
      city: null,
      country,
      email,
      full_name: contact,
      language: 'en',
      phone: null,
      street_name: null,
      webpage_url: null,
      zip_code: null,
    },
    contact_user: { email, name: contact, phone: null },
    meta_info: { about: null, business_description: null, business_vertical: null, timezone: null, use_case: null },
    created_at: now,
    modified_at: now,
    business_id: business,
  }
  world.clients.set(row.id, row)
  const { partner_id, business_id: _, meta_info: __, ...shown } = row
  world.webhooks.hub('client_created', { client: shown }, partner_id)
  ground.changed()
  return row
}
