import type { Facts, Readings } from '../../src/meta/facts.ts'
import { known, notAsked } from './kit.ts'

/** A live number of a client-owned account with two-step verification on; each part can be told otherwise. */
export interface Told {
  channel?: Partial<Facts['channel']>
  phone?: Partial<Facts['phone']>
  /** `undefined`: nobody can tell. */
  owner?: 'CLIENT_OWNED' | 'ON_BEHALF_OF' | undefined
  balance?: number
}

export function world(told: Told = {}): Readings {
  const owner = 'owner' in told ? told.owner : 'CLIENT_OWNED'
  return {
    channel: known({ id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456', hubStatus: 'live', ...told.channel }),
    client: known({ id: 'Ab1CL', name: 'Bright Lights' }),
    waba: known({ id: 'Ab1WA' }),
    account: owner ? known({ id: '102290129340398', ownershipType: owner }) : notAsked,
    phone: known({ id: '106540352242922', isPinEnabled: true, ...told.phone }),
    balance: known({ amountMinor: told.balance ?? 0, currency: 'EUR' }),
    templates: known({ total: 3, byStatus: { approved: 3 } }),
  }
}
